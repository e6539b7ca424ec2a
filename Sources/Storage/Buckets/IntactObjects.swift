internal import Crypto
internal import RemoteWire
internal import TreeLog

/// Reads objects back from a bucket, to see whether they are what their names say: how long one is does not show it.
struct IntactObjects {
  let host: PatientHost
  /// Where those are for a moment that are too long to come with the answer.
  let downloads: StagingFolder

  /// An object of at most so many bytes comes with the answer.
  private static let answerLimit = 1 << 20
  /// So many bytes are on the way at once, as far as one object is not longer.
  private static let groupLimit = 64 << 20

  /// - Parameter objects: Those to look at, each with its length there.
  /// - Returns: Those of them that are right.
  func among(_ objects: [(digest: Digest, size: Int)]) throws -> Set<Digest> {
    var right: Set<Digest> = []
    var rest = objects[...]
    while !rest.isEmpty {
      var bytes = 0
      let group = rest.prefix { object in
        defer { bytes += object.size }
        return bytes == 0 || bytes + object.size <= IntactObjects.groupLimit
      }
      right.formUnion(try look(Array(group)))
      rest = rest.dropFirst(group.count)
    }
    return right
  }

  private func look(_ objects: [(digest: Digest, size: Int)]) throws -> Set<Digest> {
    var places: [TemporaryDownload?] = []
    defer { for place in places { place?.remove() } }
    var requests: [HostRequest] = []
    for (digest, size) in objects {
      var request = HostRequest(.get, ObjectPath.path(digest))
      let place = size > IntactObjects.answerLimit ? try TemporaryDownload(in: downloads) : nil
      request.wire.limit = size
      request.wire.file = place?.path
      requests.append(request)
      places.append(place)
    }
    var right: Set<Digest> = []
    for (index, answer) in try host.perform(requests).enumerated() where answer.wire.status != 404 {
      let digest = objects[index].digest
      guard answer.wire.isDone else {
        throw StorageError(answer.wire, "read '\(ObjectPath.path(digest))'", at: host.address)
      }
      var hasher = SHA256Hasher()
      if let place = places[index] {
        _ = try unsafe place.read { unsafe hasher.update($0) }
      } else {
        unsafe answer.body.withUnsafeBytes { unsafe hasher.update($0) }
      }
      if hasher.finalize() == digest { right.insert(digest) }
    }
    return right
  }
}
