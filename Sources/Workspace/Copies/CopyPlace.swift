internal import Findings
internal import FoundationEssentials
internal import Statements
internal import Storage
internal import TreeLog

/// Where copies lie, and what they are pulled from.
enum CopyPlace {
  /// The folder that is named, which need not be there, else the nearest copy at or above the working folder.
  static func find(_ named: String?) throws -> StoreLayout {
    if let named { return StoreLayout(root: try StoreLocation.absolute(named)) }
    guard let nearest = try StoreLocation.nearest() else {
      throw Failure(
        .usage, "there is no copy at or above the working folder",
        hint: "name the folder where the copy is to be: custody pull STORE COPY")
    }
    return nearest
  }

  /// What a source is remembered by: its address, or its path from the root on.
  static func name(_ source: String) throws -> String {
    guard let address = StoreAddress(source) else { return try StoreLocation.absolute(source) }
    try address.check()
    return address.text
  }

  /// Refuses a place inside a store, whose folder holds nothing but its own files: what lies there is told as stray, or taken
  /// for something that waits.
  static func refuseInsideStore(_ root: String) throws {
    // A link among the parents leads elsewhere than its spelling.
    var folder = URL(filePath: StoreLayout.parent(root)).resolvingSymlinksInPath().path
    while folder != "/", !folder.isEmpty {
      if try RegularFile.sizeWithoutFollowing(StoreLayout(root: folder).configuration) != nil {
        throw Failure(
          .usage, "'\(root)' lies inside the store '\(folder)', where no copy has a place",
          hint: "name a folder beside it: custody pull STORE COPY")
      }
      folder = StoreLayout.parent(folder)
    }
  }

  /// What is pulled from: a store elsewhere, a store's folder, a pack, or an archive of either.
  ///
  /// - Returns: The store, and what was unpacked for it, which has to stay as long as it is read.
  static func contents(of path: String, in temporary: String, at desk: Desk) throws -> (
    any StoreContents, UnpackedArchive?
  ) {
    if let address = StoreAddress(path) { return (try desk.contents(of: desk.layout(of: address)), nil) }
    if let pack = try ReceivedPack.find(path) { return try pack.store(in: temporary) }
    do {
      return (try DirectoryContents(layout: StoreLayout(root: path)), nil)
    } catch let error as StorageError where error.code == .noStore {
      throw Failure(.inputMissing, error.message, hint: "name the store's folder, or a pack of everything")
    }
  }

  /// The checkpoint that a store shows, of the log that it is to be of; nobody's signature is looked at yet.
  static func checkpoint(of contents: any StoreContents, origin: String, at path: String) throws -> UnverifiedCheckpoint
  {
    if let bucket = contents as? BucketContents, let address = StoreAddress(path), address.isBucket,
      try bucket.checkpoint() == nil
    {
      try address.check(against: bucket)
    }
    guard let bytes = try contents.checkpoint(), let read = try? UnverifiedCheckpoint(parsing: bytes), read.size > 0,
      read.extensions.isEmpty, ByteOrder.areEqual(read.origin, origin)
    else {
      throw Failure(
        .answerNo, "the store at '\(path)' is damaged: its checkpoint is missing, or not one of '\(origin)'",
        hint: "'custody verify' on it says what is wrong and where")
    }
    return read
  }

  /// What lies in a copy's folder.
  static func copied(_ layout: StoreLayout) throws -> DirectoryContents { try DirectoryContents(layout: layout) }

  /// The checkpoint of a copy; nil where nothing was pulled to its end yet.
  static func held(_ contents: any StoreContents, at path: String) throws -> UnverifiedCheckpoint? {
    guard let bytes = try contents.checkpoint() else { return nil }
    guard let read = try? UnverifiedCheckpoint(parsing: bytes), read.size > 0 else {
      throw Failure(
        .answerNo, "the copy '\(path)' is damaged: its checkpoint does not parse",
        hint: "pull into another folder; this one may be removed then")
    }
    return read
  }
}
