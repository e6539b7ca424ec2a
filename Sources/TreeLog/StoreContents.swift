package import Crypto

/// What can be read of a store, wherever it lies: a folder, a pack, a bucket, a test double.
///
/// Nothing that comes out of it is believed before it is checked. "Absent" is an answer (nil); a thrown error means
/// that no answer could be had.
package protocol StoreContents: Sendable {
  /// The bytes of `custody.json`; nil where there is none.
  func configuration() throws -> [UInt8]?
  /// The bytes of `checkpoint`; nil where there is none.
  func checkpoint() throws -> [UInt8]?
  /// The bytes of exactly this hash tile or entry bundle, of the width that the coordinate says; nil where it is absent.
  ///
  /// - Parameter limit: More bytes than this are not read: what is longer is given cut to `limit` + 1 bytes.
  func file(at coordinate: TileCoordinate, limit: Int) throws -> [UInt8]?
  /// The narrowest file of this index at or above the coordinate's width, the full one last; nil if there is none.
  ///
  /// The narrowest, because a wider one may be what a crashed append left beyond the checkpoint.
  func widerFile(than coordinate: TileCoordinate, limit: Int) throws -> [UInt8]?
  /// Streams an object to a consumer in chunks of at most 1 MiB, in order, under a buffer that is reused.
  ///
  /// - Returns: The number of bytes; nil where the object is absent.
  func readObject(_ digest: Digest, _ consume: (UnsafeRawBufferPointer) throws -> Void) throws -> Int?
  /// Streams an object as ``readObject(_:_:)`` does, of which it is known how long it must be.
  ///
  /// - Parameter size: In bytes; nil where it is not known. Of an object of another size nothing is given.
  /// - Returns: The size of what is there; nil where the object is absent.
  func readObject(
    _ digest: Digest, expecting size: Int?, _ consume: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int?
  /// A whole object that is known to be small: a catalog, a document, a schedule, a list.
  ///
  /// - Returns: nil where it is absent, longer than `limit` bytes, or not what its name says.
  func smallObject(_ digest: Digest, limit: Int) throws -> [UInt8]?
  /// The object's size in bytes; nil where it is absent.
  func objectSize(_ digest: Digest) throws -> Int?
  /// Where an object lies, for people; whether it is there or not.
  func objectPlace(_ digest: Digest) -> String
  /// Every path below the store's root, each once: files by their relative path, in byte order within a folder.
  ///
  /// `inbox` and `lock` are left out. Folders are not listed, but for those that hold nothing.
  func forEachPath(_ body: (StorePath) throws -> Void) throws
  /// Where the store is, for people.
  var location: String { get }
  /// How many objects are worth asking for at once, where whoever is asked takes longer than reading; nil for one a core.
  var readsAtOnce: Int? { get }
  /// Waits until the newest checkpoint would outlast a power cut, where it is this machine's to see to that.
  func waitForCheckpoint() throws
}

extension StoreContents {
  package func waitForCheckpoint() throws {}
  package var readsAtOnce: Int? { nil }

  package func readObject(
    _ digest: Digest, expecting size: Int?, _ consume: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int? {
    // Of a wrong size it is wrong, whatever it holds: it may be too long to be read at all.
    if let size {
      guard let found = try objectSize(digest) else { return nil }
      guard found == size else { return found }
    }
    return try unsafe readObject(digest, consume)
  }

  /// Whether the newest checkpoint would outlast a power cut, once it was waited for.
  package func isCheckpointDurable() -> Bool { (try? waitForCheckpoint()) != nil }
}

/// One path of a store, relative to its root, and what lies there.
package struct StorePath: Sendable, Hashable {
  /// What kind of thing lies at a path.
  package enum Kind: Sendable, Hashable {
    case file
    /// A folder with nothing in it.
    case emptyFolder
    /// A symbolic link, device, socket or pipe: never followed or opened.
    case other
  }

  /// Segments joined by `/`, as the file system spells them.
  package let path: String
  package let kind: Kind

  package init(path: String, kind: Kind) {
    self.path = path
    self.kind = kind
  }
}

extension StoreContents {
  /// A store has one place for every object.
  package func objectPlace(_ digest: Digest) -> String { ObjectPath.path(digest) }

  package func smallObject(_ digest: Digest, limit: Int) throws -> [UInt8]? {
    guard let size = try objectSize(digest), size <= limit else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    guard
      try unsafe readObject(
        digest,
        { chunk in
          guard bytes.count + chunk.count <= limit else { return }
          unsafe bytes.append(contentsOf: chunk)
        }) != nil
    else { return nil }
    return SHA256.hash(bytes) == digest ? bytes : nil
  }
}

/// A hash tile or bundle as it was found: the file that was asked for, or a wider one that begins with it.
package struct TileFile: Sendable {
  package let bytes: [UInt8]
  /// Whether it is the file of exactly this width, which then holds nothing more.
  package let isExact: Bool
}

extension StoreContents {
  /// The file of a coordinate, or, where a partial one is absent, a wider one of its index (C2SP tlog-tiles, "Partial
  /// Tiles").
  ///
  /// - Returns: Its bytes, cut to one more than a full one may have; nil where there is none.
  package func tileFile(_ coordinate: TileCoordinate) throws -> TileFile? {
    let limit = coordinate.with(width: 256).sizeLimit
    if let exact = try file(at: coordinate, limit: limit) { return TileFile(bytes: exact, isExact: true) }
    guard coordinate.isPartial else { return nil }
    return try widerFile(than: coordinate, limit: limit).map { TileFile(bytes: $0, isExact: false) }
  }
}
