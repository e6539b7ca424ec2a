package import Crypto
internal import Synchronization

/// Objects that are not in a store: those of a rehearsal, of a request, of an offer.
package final class Shelf: Sendable {
  private let objects = Mutex<[Digest: [UInt8]]>([:])

  package func put(_ bytes: [UInt8]) {
    let digest = SHA256.hash(bytes)
    objects.withLock { $0[digest] = bytes }
  }

  package func bytes(_ digest: Digest) -> [UInt8]? { objects.withLock { $0[digest] } }
}
