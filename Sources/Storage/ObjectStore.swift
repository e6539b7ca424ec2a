internal import Archives
package import Crypto
internal import Glibc
package import TreeLog

/// An artifact's bytes that were copied and hashed and do not have their name yet.
package struct StagedObject: Sendable {
  package let digest: Digest
  /// In bytes.
  package let size: Int
  /// What `ObjectStore.search` found in it, by its place among what was looked for.
  package let found: Int?
  /// Whether it begins as an archive or a compressed file does.
  package let isPacked: Bool
  let path: String
  /// The folder that it is staged in.
  let folder: FileDescriptor

  var name: String { StoreLayout.name(path) }
}

/// An object under its name, not yet known to be on the disk.
package struct StoredObject: Sendable {
  package let digest: Digest
  /// In bytes.
  package let size: Int
  /// Whether the store had an object of that name before.
  package let wasThere: Bool
}

/// Takes artifacts into a store: staged while they are hashed, then renamed to what they hash to.
///
/// Memory is one buffer, however large the artifact. Staging from several threads at once is safe.
package struct ObjectStore: Sendable {
  private let place: ObjectPlace
  let syscalls: Syscalls
  private let staging: StagingFolder
  /// What is looked for in all that is staged, while its bytes are at hand.
  package var search = ByteSearch([])

  static let bufferSize = 1 << 20

  package init(layout: StoreLayout, syscalls: Syscalls = Syscalls()) {
    self.init(ObjectPlace.store(layout), syscalls: syscalls)
  }

  init(_ place: ObjectPlace, syscalls: Syscalls) {
    self.place = place
    self.syscalls = syscalls
    staging = StagingFolder(in: place.staging, syscalls: syscalls, mode: place.folderMode)
  }

  /// Copies and hashes a file. A symbolic link to a regular file is followed.
  ///
  /// - Parameter progress: Told how many more bytes are done.
  /// - Throws: `inputMissing`, `notRegular`, `changedWhileRead`.
  package func stage(file path: String, progress: (Int) -> Void = { _ in }) throws -> StagedObject {
    let source = try SourceFile(path, syscalls)
    let staged = try unsafe stage { write in
      try unsafe SourceFile.read(
        source.descriptor, path: path, sizeHint: source.status.size, isKnown: true, syscalls
      ) { piece in
        try unsafe write(piece)
        progress(piece.count)
      }
    }
    do {
      try source.checkUnchanged(size: staged.size)
    } catch {
      discard([staged])
      throw error
    }
    return staged
  }

  /// Copies and hashes what can be read from standard input, until its end.
  package func stageStandardInput() throws -> StagedObject {
    try stage(SourceFile.standardInput(), path: "-", sizeHint: Self.bufferSize)
  }

  /// Copies and hashes bytes at hand.
  package func stage(bytes: [UInt8]) throws -> StagedObject {
    try unsafe stage { write in
      try unsafe bytes.withUnsafeBytes { try unsafe write($0) }
      return (SHA256.hash(bytes), bytes.count)
    }
  }

  private func stage(_ source: FileDescriptor, path: String, sizeHint: Int) throws -> StagedObject {
    try unsafe stage { write in
      try unsafe SourceFile.read(source, path: path, sizeHint: sizeHint, syscalls, write)
    }
  }

  /// Copies and hashes what somebody reads piece by piece.
  ///
  /// - Parameters:
  ///   - sizeHint: How much there may be, in bytes.
  ///   - read: Fills a buffer; gives the count, 0 at the end.
  package func stage(
    sizeHint: Int, reading read: (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws -> StagedObject {
    try unsafe stage { write in try unsafe SourceFile.hash(sizeHint: sizeHint, reading: read, write) }
  }

  func stage(
    _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> (digest: Digest, size: Int)
  ) throws -> StagedObject {
    let own = try staging.newPlace()
    let target = try syscalls.create(own.name, in: own.folder, path: own.path, mode: place.mode)
    do {
      var run = search.begin()
      var isPacked: Bool?
      let (digest, size) = try unsafe body { piece in
        if isPacked == nil { isPacked = unsafe PackedBytes.isPacked(piece) }
        unsafe run.feed(piece)
        try unsafe syscalls.write(piece, to: target, path: own.path)
      }
      return StagedObject(
        digest: digest, size: size, found: run.found, isPacked: isPacked ?? false, path: own.path, folder: own.folder)
    } catch {
      try? syscalls.unlink(own.path)
      throw error
    }
  }

  /// Gives staged objects their names.
  ///
  /// An object that was there is replaced by the fresh copy, which heals one that had gone bad.
  ///
  /// - Returns: In the same order. They survive a crash only once an append that brings them has returned.
  package func publish(_ staged: [StagedObject]) throws -> [StoredObject] {
    var stored: [StoredObject] = []
    let folder = try place.objects.map { try syscalls.open($0) }
    do {
      for object in staged {
        let isNew = try publish(object, in: folder)
        stored.append(StoredObject(digest: object.digest, size: object.size, wasThere: !isNew))
      }
      return stored
    } catch {
      withdraw(stored)
      throw error
    }
  }

  /// - Parameter folder: That of all objects; nil where it is not known.
  /// - Returns: Whether the object is new.
  private func publish(_ object: StagedObject, in folder: FileDescriptor?) throws -> Bool {
    let path = place.path(object.digest)
    let folders = folder.map {
      RenameFolders(
        from: object.folder, oldName: object.name, to: $0, newName: String(ObjectPath.path(object.digest).dropFirst(7)))
    }
    do {
      if try syscalls.renameToNew(object.path, to: path, in: folders) { return true }
    } catch let error as StorageError where error.errorNumber == ENOENT {
      try syscalls.mkdir(StoreLayout.parent(path))
      if try syscalls.renameToNew(object.path, to: path, in: folders) { return true }
    }
    try syscalls.rename(object.path, to: path)
    return false
  }

  /// Removes objects again that were published for nothing; those that were there before stay.
  package func withdraw(_ stored: [StoredObject]) {
    for object in stored where !object.wasThere { try? syscalls.unlink(place.path(object.digest)) }
  }

  /// Reads a staged object piece by piece.
  func read(_ object: StagedObject, _ consume: (UnsafeRawBufferPointer) throws -> Void) throws {
    let file = try syscalls.open(object.path)
    _ = try unsafe SourceFile.read(file, path: object.path, sizeHint: object.size, syscalls, consume)
  }

  /// The bytes of a staged object; nil where it is longer than a limit.
  package func bytes(of object: StagedObject, limit: Int) throws -> [UInt8]? {
    guard object.size <= limit else { return nil }
    return try RegularFile.read(object.path, limit: limit)
  }

  /// Removes staged objects that are not wanted after all. What cannot be removed goes with the next writer.
  package func discard(_ staged: [StagedObject]) {
    for object in staged { try? syscalls.unlink(object.path) }
  }

  /// Removes the folder that was staged in, though this store is still there.
  package func endStaging() { staging.end() }

  /// Removes an object: what a redaction is for.
  ///
  /// - Returns: Once the removal is on the disk.
  package func remove(_ digest: Digest) throws {
    let path = place.path(digest)
    guard try syscalls.status(path) != nil else { return }
    try syscalls.unlink(path)
    let folder = StoreLayout.parent(path)
    try syscalls.fsync(syscalls.open(folder), path: folder)
  }
}

extension ObjectStore {
  /// Copies and hashes an object of another store.
  ///
  /// - Returns: nil where it is absent there, or not what its name says.
  /// - Parameter expected: The size that a statement gives it, where one does: another is not copied to be found out.
  package func stage(_ digest: Digest, of contents: any StoreContents, expected: Int? = nil) throws -> StagedObject? {
    var isThere = false
    let staged = try unsafe stage { write in
      var hasher = SHA256Hasher()
      var total = 0
      let size = try unsafe contents.readObject(digest, expecting: expected) { chunk in
        unsafe hasher.update(chunk)
        try unsafe write(chunk)
        total += chunk.count
      }
      isThere = size != nil
      return (hasher.finalize(), total)
    }
    guard isThere, staged.digest == digest else {
      discard([staged])
      return nil
    }
    return staged
  }
}
