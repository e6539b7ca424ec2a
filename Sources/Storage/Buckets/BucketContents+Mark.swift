internal import Crypto
internal import RemoteWire

/// What a bucket says of the store in it, under the name of a folder's lock file, which is no part of the store.
extension BucketContents {
  private static let markName = "lock"

  /// The store's whole address, as it is marked with it; nil for one that is not. Nothing vouches for it.
  package func mark() throws -> CopyMark? {
    try read(BucketContents.markName, limit: CopyMark.limit).flatMap { CopyMark(parsing: $0.body) }
  }

  /// Marks it, where it is not. It may be replaced at any time, so that it is not kept from being deleted.
  package func write(_ mark: CopyMark) throws {
    guard try self.mark() != mark else { return }
    var request = HostRequest(.put, BucketContents.markName, body: mark.bytes)
    request.wire.digest = SHA256.hash(mark.bytes).hex
    let answer = try host.perform(request).wire
    guard answer.isDone else { throw StorageError(answer, "write '\(BucketContents.markName)'", at: location) }
  }

  /// Whether there is a checkpoint in the bucket of the files, wherever it is read from.
  package func hasCheckpointBesideFiles() throws -> Bool {
    var isThere = false
    try list("checkpoint") { isThere = isThere || $0.name == "checkpoint" }
    return isThere
  }
}
