internal import CXML

/// Reads a part of a workbook element by element. Nothing outside the part is ever read: there is no network, and a part
/// that declares a document type, and with it entities, is refused.
@safe final class XMLReader {
  enum Event: Equatable {
    /// An element's name without its prefix.
    case start(String)
    case end(String)
    case text(String)
  }

  private let reader: xmlTextReaderPtr
  /// The reader reads from it, and keeps no copy.
  private let bytes: UnsafeMutableBufferPointer<CChar>
  private let part: String
  /// Whether the start of an empty element was told, and its end is next.
  private var pending: Event?

  /// - Parameter part: What it is called in errors.
  init(_ source: [UInt8], part: String) throws(SpreadsheetError) {
    let utf8 = TextEncoding.utf8(source)
    guard !XMLReader.declaresType(utf8) else {
      throw SpreadsheetError(
        "its part '\(part)' declares a document type, which no spreadsheet program writes",
        hint: "do not open it: it may be an attack; ask for the file again")
    }
    self.part = part
    unsafe bytes = UnsafeMutableBufferPointer.allocate(capacity: max(1, utf8.count))
    for index in utf8.indices { unsafe bytes[index] = CChar(bitPattern: utf8[index]) }
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
    // What it says of its encoding is not asked: it was made UTF-8, and is held to it.
    guard
      let reader = unsafe xmlReaderForMemory(
        bytes.baseAddress, Int32(clamping: utf8.count), nil, "UTF-8", Int32(options))
    else {
      unsafe bytes.deallocate()
      throw SpreadsheetError("its part '\(part)' cannot be read: out of memory")
    }
    unsafe self.reader = reader
  }

  deinit {
    unsafe xmlFreeTextReader(reader)
    unsafe bytes.deallocate()
  }

  private static func declaresType(_ utf8: [UInt8]) -> Bool {
    let sign = Array("<!DOCTYPE".utf8)
    guard utf8.count >= sign.count else { return false }
    for start in 0...(utf8.count - sign.count) where utf8[start] == sign[0] && utf8[start + 1] == sign[1] {
      if utf8[start..<(start + sign.count)].elementsEqual(sign, by: { ($0 & 0xdf) == ($1 & 0xdf) }) { return true }
    }
    return false
  }

  /// What comes next; nil at the end.
  func next() throws(SpreadsheetError) -> Event? {
    if let event = pending {
      pending = nil
      return event
    }
    while true {
      let code = unsafe xmlTextReaderRead(reader)
      if code == 0 { return nil }
      guard code == 1 else { throw SpreadsheetError("its part '\(part)' is not well-formed XML, or was cut off") }
      switch unsafe xmlTextReaderNodeType(reader) {
      case Int32(XML_READER_TYPE_ELEMENT.rawValue):
        let name = name
        if unsafe xmlTextReaderIsEmptyElement(reader) == 1 { pending = .end(name) }
        return .start(name)
      case Int32(XML_READER_TYPE_END_ELEMENT.rawValue): return .end(name)
      case Int32(XML_READER_TYPE_TEXT.rawValue), Int32(XML_READER_TYPE_CDATA.rawValue),
        Int32(XML_READER_TYPE_WHITESPACE.rawValue), Int32(XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue):
        return .text(unsafe XMLReader.string(xmlTextReaderConstValue(reader)) ?? "")
      case Int32(XML_READER_TYPE_ENTITY_REFERENCE.rawValue), Int32(XML_READER_TYPE_DOCUMENT_TYPE.rawValue):
        throw SpreadsheetError("its part '\(part)' has an entity, which no spreadsheet program writes")
      default: continue
      }
    }
  }

  /// An attribute of the element that was told last, by its name with the prefix.
  func attribute(_ name: String) -> String? {
    guard let value = unsafe xmlTextReaderGetAttribute(reader, name) else { return nil }
    defer { unsafe custody_xml_free(value) }
    return unsafe XMLReader.string(UnsafePointer(value))
  }

  /// An attribute of a namespace.
  func attribute(_ name: String, in namespace: String) -> String? {
    guard let value = unsafe xmlTextReaderGetAttributeNs(reader, name, namespace) else { return nil }
    defer { unsafe custody_xml_free(value) }
    return unsafe XMLReader.string(UnsafePointer(value))
  }

  private var name: String { unsafe XMLReader.string(xmlTextReaderConstLocalName(reader)) ?? "" }

  private static func string(_ text: UnsafePointer<xmlChar>?) -> String? {
    unsafe text.map {
      unsafe String(decoding: UnsafeBufferPointer(start: $0, count: Int(xmlStrlen($0))), as: UTF8.self)
    }
  }
}
