/// Why a document cannot be read.
package enum XMLFault: Error, Sendable, Equatable {
  /// It declares a document type, with which it could ask for anything.
  case documentType
  /// It has an entity beside the five of XML and the numbers (XML 1.0, section 4.6).
  case entity
  /// It is not well-formed, or was cut off.
  case malformed
  case noMemory
}
