package import Crypto
internal import RemoteWire
internal import TreeLog

/// Objects of a store that lies elsewhere.
extension BucketContents {
  /// An object of at most so many bytes comes with the answer; a longer one goes through a file.
  private static let answerLimit = 1 << 20
  /// A small object of at most so many bytes is asked for in one piece.
  private static let pieceLimit = 16 << 20
  /// So many requests are under way at once.
  package var readsAtOnce: Int? { 32 }

  package func readObject(_ digest: Digest, _ consume: (UnsafeRawBufferPointer) throws -> Void) throws -> Int? {
    try unsafe readObject(digest, expecting: nil, consume)
  }

  package func readObject(
    _ digest: Digest, expecting size: Int?, _ consume: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int? {
    let name = ObjectPath.path(digest)
    if size ?? 0 <= BucketContents.answerLimit {
      let limit = size ?? BucketContents.answerLimit
      guard let answer = try read(name, limit: limit) else { return nil }
      if answer.body.count <= limit {
        guard size == nil || size == answer.body.count else { return answer.body.count }
        try unsafe answer.body.withUnsafeBytes { try unsafe consume($0) }
        return answer.body.count
      }
      if size != nil { return max(answer.wire.size ?? 0, answer.body.count) }
    }
    return try unsafe download(name, expecting: size, consume)
  }

  /// Reads an object through a file.
  private func download(
    _ name: String, expecting size: Int?, _ consume: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int? {
    let place = try TemporaryDownload(in: downloads)
    defer { place.remove() }
    var request = HostRequest(.get, name)
    request.wire.file = place.path
    request.wire.limit = size
    let answer = try host.perform(request)
    guard answer.wire.isDone else {
      if answer.wire.status == 404 { return nil }
      throw StorageError(answer.wire, "read '\(name)'", at: location)
    }
    if let size, let found = try place.size(), found != size { return max(answer.wire.size ?? 0, found) }
    return try unsafe place.read(consume)
  }

  /// Those that rules and reports are read from are kept at hand.
  package func smallObject(_ digest: Digest, limit: Int) throws -> [UInt8]? {
    let name = ObjectPath.path(digest)
    if let bytes = kept?.bytes(name), SHA256.hash(bytes) == digest { return bytes.count <= limit ? bytes : nil }
    guard let answer = try read(name, limit: min(limit, BucketContents.pieceLimit)) else { return nil }
    var bytes = answer.body
    if bytes.count > min(limit, BucketContents.pieceLimit) {
      guard limit > BucketContents.pieceLimit, let size = answer.wire.size, size <= limit else { return nil }
      bytes = []
      _ = try unsafe download(name, expecting: size) { unsafe bytes.append(contentsOf: $0) }
    }
    guard SHA256.hash(bytes) == digest else { return nil }
    kept?.keep(bytes, as: name)
    return bytes
  }

  package func objectSize(_ digest: Digest) throws -> Int? {
    let name = ObjectPath.path(digest)
    let answer = try host.perform(HostRequest(.head, name)).wire
    if answer.isDone { return answer.size }
    if answer.status == 404 { return nil }
    throw StorageError(answer, "look at '\(name)'", at: location)
  }

  /// Removes from what is at hand what was removed from the store.
  package func forget(_ objects: some Sequence<Digest>) { kept?.forget(objects.map { ObjectPath.path($0) }) }
}
