package import Crypto
package import TreeLog

/// The store in a pack: its log as a store's folder, its objects there or, as evidence, under their names.
package final class PackContents: StoreContents {
  private let log: DirectoryContents
  private let pack: DirectoryContents
  private let evidence: [Digest: String]

  /// Where in a pack its log lies.
  package static let log = "log"

  /// - Parameter evidence: Where objects lie below the pack's folder. Nobody is believed: what lies there is hashed.
  package init(_ pack: DirectoryContents, evidence: [Digest: String]) throws {
    self.pack = pack
    self.evidence = evidence
    log = try DirectoryContents(layout: StoreLayout(root: "\(pack.layout.root)/\(PackContents.log)"))
  }

  package var location: String { pack.location }
  package func configuration() throws -> [UInt8]? { try log.configuration() }
  package func checkpoint() throws -> [UInt8]? { try log.checkpoint() }

  package func file(at coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? {
    try log.file(at: coordinate, limit: limit)
  }

  package func widerFile(than coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? {
    try log.widerFile(than: coordinate, limit: limit)
  }

  package func readObject(_ digest: Digest, _ consume: (UnsafeRawBufferPointer) throws -> Void) throws -> Int? {
    // As evidence first: a right copy in the log must not hide a wrong one under a name that people open.
    if let path = evidence[digest] { return try unsafe pack.readFile(path, consume) }
    return try unsafe log.readObject(digest, consume)
  }

  package func objectSize(_ digest: Digest) throws -> Int? {
    if let path = evidence[digest] { return try pack.fileSize(path) }
    return try log.objectSize(digest)
  }

  package func objectPlace(_ digest: Digest) -> String {
    evidence[digest] ?? "\(PackContents.log)/\(ObjectPath.path(digest))"
  }

  package func forEachPath(_ body: (StorePath) throws -> Void) throws { try log.forEachPath(body) }
}
