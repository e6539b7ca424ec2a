internal import FoundationEssentials

/// A head and a body as they go over a pipe: the lengths of both, 4 bytes each, the most significant first; the head in JSON;
/// the body as it is.
package enum WireFrame {
  /// Nothing longer goes over the pipe: what is, goes through a file.
  package static let limit = 32 << 20

  /// - Throws: What `JSONEncoder` does.
  package static func bytes(_ head: some Encodable, body: [UInt8] = []) throws -> [UInt8] {
    let text = [UInt8](try JSONEncoder().encode(head))
    return number(text.count) + number(body.count) + text + body
  }

  private static func number(_ count: Int) -> [UInt8] {
    let value = UInt32(truncatingIfNeeded: count)
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
  }

  /// The next frame of what was read; nil where it is not all there yet.
  ///
  /// - Parameter bytes: What was read and not yet used; the frame is taken off.
  /// - Throws: ``Malformed``, and what `JSONDecoder` does.
  package static func take<Head: Decodable>(
    _ type: Head.Type, from bytes: inout ArraySlice<UInt8>
  ) throws -> (head: Head, body: [UInt8])? {
    guard bytes.count >= 8 else { return nil }
    let lengths = [0, 4].map { offset in
      bytes.dropFirst(offset).prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
    guard lengths[0] + lengths[1] <= limit else { throw Malformed() }
    guard bytes.count >= 8 + lengths[0] + lengths[1] else { return nil }
    let rest = bytes.dropFirst(8)
    let head = try JSONDecoder().decode(type, from: Data(rest.prefix(lengths[0])))
    let body = [UInt8](rest.dropFirst(lengths[0]).prefix(lengths[1]))
    bytes = rest.dropFirst(lengths[0] + lengths[1])
    return (head, body)
  }

  /// What came over the pipe is no frame.
  package struct Malformed: Error {}
}
