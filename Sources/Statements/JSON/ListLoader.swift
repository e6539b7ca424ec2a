package import Crypto

/// Reads arrays that a predicate keeps in objects of their own, and remembers what it met.
///
/// One loader serves one payload.
package final class ListLoader {
  /// Gives an object's bytes; nil where it is absent, too large or not what its name says.
  package typealias Source = (Digest) -> [UInt8]?

  /// The longest object that holds an array, in bytes.
  package static let sizeLimit = 4 << 20
  /// The most elements in such an object.
  package static let elementLimit = 20_000

  private let source: Source
  private let subjects: JSONValue
  /// The sizes in bytes that the statement gives for the lists that it brings; few statements have any.
  private lazy var sizes = ListLoader.sizes(subjects)
  /// The objects that hold arrays, under the names of the fields.
  package private(set) var referenced: [(field: String, digest: Digest)] = []
  /// Those that could not be read.
  package private(set) var missing: [Digest] = []

  /// - Parameter subjects: A statement's subjects, not checked yet: what they say of the lists' sizes.
  init(_ source: @escaping Source, subjects: JSONValue = .array([])) {
    self.source = source
    self.subjects = subjects
  }

  private static func sizes(_ subjects: JSONValue) -> [Digest: Int] {
    guard case .array(let subjects) = subjects else { return [:] }
    var sizes: [Digest: Int] = [:]
    for case .object(let subject) in subjects {
      guard case .string(MediaType.list)? = subject["mediaType"],
        case .object(let annotations)? = subject["annotations"],
        case .integer(let size)? = annotations["size"], case .object(let digests)? = subject["digest"],
        case .string(let hex)? = digests["sha256"], let digest = Digest(hex: hex)
      else { continue }
      sizes[digest] = max(size, sizes[digest] ?? 0)
    }
    return sizes
  }

  /// The elements of the array in an object.
  ///
  /// The size that the statement gives is asked first: what is too long for a list is not read at all.
  func load(_ digest: Digest, field: String, path: String) throws(StatementSyntaxError) -> [JSONValue]? {
    // One object may hold several arrays that are the same.
    if !referenced.contains(where: { $0.digest == digest && ByteOrder.areEqual($0.field, field) }) {
      referenced.append((field, digest))
    }
    guard let size = sizes[digest] else {
      throw StatementSyntaxError(path: path, reason: "names a list that the statement does not bring")
    }
    guard size <= ListLoader.sizeLimit else {
      throw StatementSyntaxError(
        path: path, reason: "names a list of \(size) bytes, and one has at most \(ListLoader.sizeLimit)")
    }
    guard let bytes = source(digest) else {
      missing.append(digest)
      return nil
    }
    guard bytes.count <= ListLoader.sizeLimit else {
      throw StatementSyntaxError(
        path: path, reason: "names a list of \(bytes.count) bytes, and one has at most \(ListLoader.sizeLimit)")
    }
    return try ListLoader.elements(bytes, path)
  }

  private static func elements(_ bytes: [UInt8], _ path: String) throws(StatementSyntaxError) -> [JSONValue] {
    let value: JSONValue
    do {
      value = try JSONValue(canonical: bytes)
    } catch {
      throw StatementSyntaxError(path: path, reason: "names a list that is not canonical JSON: \(error)")
    }
    guard case .array(let values) = value else {
      throw StatementSyntaxError(path: path, reason: "names a list that is not an array")
    }
    guard values.count <= elementLimit else {
      throw StatementSyntaxError(
        path: path, reason: "names a list of \(values.count) elements, and one has at most \(elementLimit)")
    }
    var seen: Set<[UInt8]> = []
    for (index, value) in values.enumerated() where !seen.insert(value.canonicalBytes).inserted {
      throw StatementSyntaxError(path: "\(path)[\(index)]", reason: "stands in its list twice")
    }
    return values
  }
}
