internal import Archives
internal import Glibc

/// A whole store in one file, to be mailed: a tar file whose one folder is the store's.
package enum StoreArchive {
  /// Writes a store into a tar file, in the place of an earlier one, and waits until the disk has it.
  ///
  /// The store's lock is held meanwhile, so that what is written is one state of it.
  ///
  /// - Throws: `locked`, `networkStore`.
  package static func write(
    _ path: String, of layout: StoreLayout, allowsNetworkStore: Bool = false, syscalls: Syscalls = Syscalls()
  ) throws {
    let lock = try StoreLock(layout: layout, syscalls: syscalls, allowsNetworkStore: allowsNetworkStore)
    let name = StoreLayout.name(layout.root)
    let top = isPlain(name) ? name : "store"
    let files =
      try [layout.configuration, layout.checkpoint]
      + [layout.tiles, layout.objects].flatMap {
        try self.files(in: $0, depth: 0, syscalls)
      }
    try unsafe DurableFile(syscalls: syscalls).replace(path, mode: 0o644) { write in
      try unsafe withoutActuallyEscaping(write) { write in
        let archive = try unsafe ArchiveWriter(.tar, write)
        for file in files {
          let source = try syscalls.open(file)
          let status = try syscalls.status(source, path: file)
          let name = file.utf8.dropFirst(layout.root.utf8.count + 1)
          try archive.begin(
            "\(top)/\(String(decoding: name, as: UTF8.self))", size: status.size, modified: status.modified)
          let (_, size) = try unsafe SourceFile.read(source, path: file, sizeHint: status.size, syscalls) {
            try unsafe archive.append($0)
          }
          guard size == status.size else {
            throw StorageError(.changedWhileRead, "'\(file)' changed while it was read", hint: "try again")
          }
        }
        try archive.finish()
      }
    }
    _ = lock
  }

  /// No folder of a store's is deeper.
  private static let depthLimit = 8

  /// The regular files below a folder, in byte order.
  private static func files(in folder: String, depth: Int, _ syscalls: Syscalls) throws -> [String] {
    guard depth < depthLimit, try syscalls.status(folder)?.kind == .folder else { return [] }
    return try syscalls.list(folder).flatMap { name in
      let path = "\(folder)/\(name)"
      return switch try syscalls.status(path)?.kind {
      case .folder: try files(in: path, depth: depth + 1, syscalls)
      case .regular: [path]
      case .other, nil: [String]()
      }
    }
  }

  /// Unpacks a store, each file where it belongs in a folder that is new, and nothing anywhere else.
  ///
  /// - Parameter batch: Waits for the files later.
  static func unpack(_ path: String, to draft: StoreLayout, _ batch: inout SyncBatch, _ syscalls: Syscalls) throws {
    let source = try SourceFile(path, syscalls, isEvidence: false)
    var isThere = false
    do {
      let archive = try unsafe ArchiveReader(.tar, size: source.status.size) { position, buffer in
        try unsafe syscalls.read(source.descriptor, at: position, into: buffer, path: path)
      }
      while let member = try archive.next() {
        if member.isFolder { continue }
        let inside: String
        switch Place(member.name ?? "") {
        case .file(let path) where member.isFile && member.isStored: inside = path
        case .passedOver: continue
        case .file, .nowhere:
          throw ArchiveUnreadable("it holds '\(member.name ?? "?")', which is no file of a store's")
        }
        isThere = isThere || inside == "custody.json"
        let target = "\(draft.root)/\(inside)"
        try batch.makeFolder(StoreLayout.parent(target), below: draft.root)
        let file: FileDescriptor
        do {
          file = try syscalls.create(target, mode: inside.hasPrefix("object/") ? 0o444 : 0o644)
        } catch let error as StorageError where error.errorNumber == EEXIST {
          throw ArchiveUnreadable("it holds '\(inside)' twice")
        }
        let size = member.size ?? 0
        _ = try unsafe SourceFile.hash(sizeHint: size, reading: { try unsafe archive.read(into: $0) }) {
          try unsafe syscalls.write($0, to: file, path: target)
        }
        try batch.add(path: target)
      }
    } catch let error as ArchiveError {
      throw ArchiveUnreadable("it is not a readable tar file (\(error))")
    }
    guard isThere else { throw ArchiveUnreadable("it holds no store: there is no 'custody.json' in it") }
    try source.checkUnchanged(size: source.status.size)
  }

  /// Where in a store a member belongs: below the archive's one folder, or, where a store was packed without it, below
  /// nothing.
  private enum Place {
    case file(String)
    /// What a store's folder may hold and a copy does not need.
    case passedOver
    case nowhere

    init(_ name: String) {
      self = .nowhere
      var parts = name.split(separator: "/", omittingEmptySubsequences: false)
      if parts.first == "." { parts.removeFirst() }
      guard parts.count <= depthLimit + 2, parts.allSatisfy({ isPlain($0) }) else { return }
      if !Place.isOfStore(parts) { parts = Array(parts.dropFirst()) }
      if Place.isOfStore(parts) {
        self = .file(parts.joined(separator: "/"))
      } else if parts.first == "lock" || parts.first == "inbox" {
        self = .passedOver
      }
    }

    private static func isOfStore(_ parts: [Substring]) -> Bool {
      switch parts.first {
      case "custody.json", "checkpoint": parts.count == 1
      case "tile", "object": parts.count > 1
      default: false
      }
    }
  }

  /// Whether a segment of a path means nothing but a name, anywhere.
  private static func isPlain(_ segment: some StringProtocol) -> Bool {
    segment != "." && segment != ".." && (1...255).contains(segment.utf8.count)
      && segment.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
