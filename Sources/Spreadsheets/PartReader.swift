internal import XML

/// Reads a part of a workbook element by element, and tells what is wrong with it by the part's name.
final class PartReader {
  private let reader: XMLReader
  private let part: String

  /// - Parameter part: What it is called in errors.
  init(_ source: [UInt8], part: String) throws(SpreadsheetError) {
    self.part = part
    do throws(XMLFault) {
      reader = try XMLReader(TextEncoding.utf8(source))
    } catch {
      throw PartReader.error(error, part)
    }
  }

  /// What comes next; nil at the end.
  func next() throws(SpreadsheetError) -> XMLReader.Event? {
    do throws(XMLFault) {
      return try reader.next()
    } catch {
      throw PartReader.error(error, part)
    }
  }

  /// An attribute of the element that was told last, by its name with the prefix.
  func attribute(_ name: String) -> String? { reader.attribute(name) }

  /// An attribute of a namespace.
  func attribute(_ name: String, in namespace: String) -> String? { reader.attribute(name, in: namespace) }

  private static func error(_ fault: XMLFault, _ part: String) -> SpreadsheetError {
    switch fault {
    case .documentType:
      SpreadsheetError(
        "its part '\(part)' declares a document type, which no spreadsheet program writes",
        hint: "do not open it: it may be an attack; ask for the file again")
    case .entity: SpreadsheetError("its part '\(part)' has an entity, which no spreadsheet program writes")
    case .malformed: SpreadsheetError("its part '\(part)' is not well-formed XML, or was cut off")
    case .noMemory: SpreadsheetError("its part '\(part)' cannot be read: out of memory")
    }
  }
}
