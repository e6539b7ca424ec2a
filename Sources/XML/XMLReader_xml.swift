internal import CXML

/// Reads a document that somebody else wrote element by element. Nothing outside it is ever read: there is no network, and one
/// that declares a document type, and with it entities, is refused.
@safe package final class XMLReader {
  package enum Event: Equatable {
    /// An element's name without its prefix.
    case start(String)
    case end(String)
    case text(String)
  }

  private let reader: xmlTextReaderPtr
  /// The reader reads from it, and keeps no copy.
  private let bytes: UnsafeMutableBufferPointer<CChar>
  /// Whether the start of an empty element was told, and its end is next.
  private var pending: Event?
  private let takesSections: Bool

  /// - Parameters:
  ///   - utf8: The document; what it says of its own encoding is not asked.
  ///   - takesSections: Whether CDATA is text, as XML has it, or malformed, of whoever never writes any.
  package init(_ utf8: [UInt8], takesSections: Bool = true) throws(XMLFault) {
    self.takesSections = takesSections
    guard !XMLReader.declaresType(utf8) else { throw .documentType }
    unsafe bytes = UnsafeMutableBufferPointer.allocate(capacity: max(1, utf8.count))
    for index in utf8.indices { unsafe bytes[index] = CChar(bitPattern: utf8[index]) }
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
    guard
      let reader = unsafe xmlReaderForMemory(
        bytes.baseAddress, Int32(clamping: utf8.count), nil, "UTF-8", Int32(options))
    else {
      unsafe bytes.deallocate()
      throw .noMemory
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
  package func next() throws(XMLFault) -> Event? {
    if let event = pending {
      pending = nil
      return event
    }
    while true {
      let code = unsafe xmlTextReaderRead(reader)
      if code == 0 { return nil }
      guard code == 1 else { throw .malformed }
      switch unsafe xmlTextReaderNodeType(reader) {
      case Int32(XML_READER_TYPE_ELEMENT.rawValue):
        let name = name
        if unsafe xmlTextReaderIsEmptyElement(reader) == 1 { pending = .end(name) }
        return .start(name)
      case Int32(XML_READER_TYPE_END_ELEMENT.rawValue): return .end(name)
      case Int32(XML_READER_TYPE_CDATA.rawValue) where !takesSections: throw .malformed
      case Int32(XML_READER_TYPE_TEXT.rawValue), Int32(XML_READER_TYPE_CDATA.rawValue),
        Int32(XML_READER_TYPE_WHITESPACE.rawValue), Int32(XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue):
        return .text(unsafe XMLReader.string(xmlTextReaderConstValue(reader)) ?? "")
      case Int32(XML_READER_TYPE_ENTITY_REFERENCE.rawValue), Int32(XML_READER_TYPE_DOCUMENT_TYPE.rawValue):
        throw .entity
      default: continue
      }
    }
  }

  /// An attribute of the element that was told last, by its name with the prefix.
  package func attribute(_ name: String) -> String? {
    guard let value = unsafe xmlTextReaderGetAttribute(reader, name) else { return nil }
    defer { unsafe custody_xml_free(value) }
    return unsafe XMLReader.string(UnsafePointer(value))
  }

  /// An attribute of a namespace.
  package func attribute(_ name: String, in namespace: String) -> String? {
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
