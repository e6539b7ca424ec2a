internal import Crypto
internal import RemoteWire
internal import TreeLog

/// Reads objects that were in a bucket before they were submitted again, and replaces those whose bytes are not their own:
/// somebody has spoilt them, or they are gone by now.
struct ObjectMending {
  /// Objects of at most so many bytes are read together, and so many of them.
  private static let small = (bytes: 1 << 20, count: 16)

  private let contents: BucketContents
  private let host: PatientHost

  init(_ contents: BucketContents, _ host: PatientHost) {
    self.contents = contents
    self.host = host
  }

  func mend(_ objects: [StagedObject], put: (StagedObject) -> HostRequest) throws {
    var small: [StagedObject] = []
    for object in objects {
      if object.size <= ObjectMending.small.bytes {
        small.append(object)
        if small.count == ObjectMending.small.count { try mendSmall(&small, put) }
      } else if try !isWhole(object) {
        try replace(object, put)
      }
    }
    try mendSmall(&small, put)
  }

  private func mendSmall(_ objects: inout [StagedObject], _ put: (StagedObject) -> HostRequest) throws {
    let answers = try host.perform(
      objects.map { object in
        var request = HostRequest(.get, ObjectPath.path(object.digest))
        request.wire.limit = object.size
        return request
      })
    for (object, answer) in zip(objects, answers) {
      guard answer.wire.isDone || answer.wire.status == 404 else {
        throw StorageError(answer.wire, "read '\(ObjectPath.path(object.digest))'", at: host.address)
      }
      if !answer.wire.isDone || SHA256.hash(answer.body) != object.digest { try replace(object, put) }
    }
    objects = []
  }

  private func isWhole(_ object: StagedObject) throws -> Bool {
    var hash = SHA256Hasher()
    guard try unsafe contents.readObject(object.digest, expecting: object.size, { unsafe hash.update($0) }) != nil
    else { return false }
    return hash.finalize() == object.digest
  }

  private func replace(_ object: StagedObject, _ put: (StagedObject) -> HostRequest) throws {
    let answer = try host.perform(put(object)).wire
    guard answer.isDone else {
      throw StorageError(answer, "replace '\(ObjectPath.path(object.digest))'", at: host.address)
    }
  }
}
