internal import Crypto
internal import RemoteWire

/// Objects that lie elsewhere, brought to files here to be sent on: many side by side, and few bytes at a time.
struct CopiedObjects {
  let source: BucketContents
  /// Where the files are.
  let folder: StagingFolder
  /// So many bytes are on the disk at once, as far as one object is not longer.
  var limit = 64 << 20

  /// An object as it was brought.
  struct Copy {
    let object: LogObjects.Named
    let path: String
    /// In bytes.
    let size: Int
  }

  /// One to be brought.
  private struct Wanted {
    let object: LogObjects.Named
    /// No more bytes than these are fetched; nil for all that come.
    let room: Int?
    /// Whether it had too little room before.
    var comesAgain = false
  }

  /// Brings some objects, group by group, and hands each group on; its files are gone afterwards.
  ///
  /// - Parameter missing: What is thrown for one that is not there, or is not what its name says.
  func forEachGroup(
    of objects: [LogObjects.Named], missing: (LogObjects.Named) -> StorageError, _ body: ([Copy]) throws -> Void
  ) throws {
    // Of what no statement gives a length most is short, and what is longer comes again.
    var rest = objects.map { Wanted(object: $0, room: $0.size ?? limit / 128) }
    while !rest.isEmpty {
      var bytes = 0
      let group = Array(
        rest.prefix { wanted in
          let (fits, isFirst) = ((wanted.room ?? limit) <= limit - bytes, bytes == 0)
          bytes += min(limit, wanted.room ?? limit)
          return fits || isFirst
        })
      rest.removeFirst(group.count)
      rest = try bring(group, missing, body) + rest
    }
  }

  /// - Returns: Those that are longer than was said: they come again, in a group that has room for them.
  private func bring(
    _ group: [Wanted], _ missing: (LogObjects.Named) -> StorageError, _ body: ([Copy]) throws -> Void
  ) throws -> [Wanted] {
    let places = try group.map { _ in try TemporaryDownload(in: folder) }
    defer { for place in places { place.remove() } }
    let requests = zip(group, places).map { wanted, place in
      var request = HostRequest(.get, wanted.object.name)
      (request.wire.file, request.wire.limit) = (place.path, wanted.room)
      return request
    }
    var copies: [Copy] = []
    var again: [Wanted] = []
    for ((wanted, place), answer) in zip(zip(group, places), try source.host.perform(requests)) {
      guard answer.wire.status != 404 else { throw missing(wanted.object) }
      guard answer.wire.isDone, let size = try place.size() else {
        throw StorageError(answer.wire, "read '\(wanted.object.name)'", at: source.location)
      }
      guard size <= wanted.room ?? size else {
        guard !wanted.comesAgain else { throw missing(wanted.object) }
        again.append(Wanted(object: wanted.object, room: answer.wire.size, comesAgain: true))
        place.remove()
        continue
      }
      var hasher = SHA256Hasher()
      _ = try unsafe place.read { unsafe hasher.update($0) }
      guard hasher.finalize() == wanted.object.digest else { throw missing(wanted.object) }
      copies.append(Copy(object: wanted.object, path: place.path, size: size))
    }
    if !copies.isEmpty { try body(copies) }
    return again
  }
}
