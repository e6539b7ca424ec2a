package import Crypto

/// Reads arrays that a predicate keeps in objects of their own, and remembers what it met.
///
/// One loader serves one payload.
package final class ListLoader {
  /// Gives an object's bytes; nil where it is absent, too large or not what its name says.
  package typealias Source = (Digest) -> [UInt8]?

  private let source: Source
  /// The objects that hold arrays, under the names of the fields.
  package private(set) var referenced: [(field: String, digest: Digest)] = []
  /// Those that could not be read.
  package private(set) var missing: [Digest] = []

  package init(_ source: @escaping Source) {
    self.source = source
  }

  /// The elements of the array in an object.
  func load(_ digest: Digest, field: String, path: String) throws(StatementSyntaxError) -> [JSONValue]? {
    // One object may hold several arrays that are the same.
    if !referenced.contains(where: { $0.digest == digest && ByteOrder.areEqual($0.field, field) }) {
      referenced.append((field, digest))
    }
    guard let bytes = source(digest) else {
      missing.append(digest)
      return nil
    }
    let value: JSONValue
    do {
      value = try JSONValue(canonical: bytes)
    } catch {
      throw StatementSyntaxError(path: path, reason: "names a list that is not canonical JSON: \(error)")
    }
    guard case .array(let values) = value else {
      throw StatementSyntaxError(path: path, reason: "names a list that is no array")
    }
    return values
  }
}
