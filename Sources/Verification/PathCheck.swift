internal import Findings
internal import Crypto
internal import Ownership
internal import TreeLog

/// Holds every path of a store against the layout: what has no place in it, and what lies beyond the checkpoint.
struct PathCheck {
  private let walk: LogWalk
  private let size: Int
  /// Objects that are there and that no statement names.
  private(set) var unreferenced = 0
  private(set) var partials = 0
  /// Folders of other stores that lie inside.
  private var inner: Set<String> = []

  init(walk: LogWalk, size: Int) {
    self.walk = walk
    self.size = size
  }

  mutating func take(_ path: StorePath, _ findings: inout FindingList) throws {
    guard path.path != "custody.json", path.path != "checkpoint" else {
      if case .file = path.kind { return }
      return malformed(path, &findings)
    }
    if case .emptyFolder = path.kind {
      // A folder that something was removed from says nothing.
      if StoreFolders.mayBeFolder(path.path) { return }
      return malformed(path, &findings)
    }
    guard case .file = path.kind else { return malformed(path, &findings) }
    if path.path.utf8.starts(with: ObjectPath.prefix.utf8) {
      guard let digest = ObjectPath.digest(path.path) else { return malformed(path, &findings) }
      guard !walk.references.contains(digest) else { return }
      unreferenced += 1
      return findings.add(.objects, try unreferenced(digest, path.path))
    }
    guard let coordinate = TileCoordinate(path: path.path) else { return malformed(path, &findings) }
    try take(coordinate, path, &findings)
  }

  /// Objects that nobody names are read up to so many bytes: nothing says how many they should have.
  private static let unnamedLimit = 1 << 30

  /// What nobody names is read all the same: what lies under a digest is to be what its name says.
  private func unreferenced(_ digest: Digest, _ path: String) throws -> Finding {
    let left =
      "no statement that can be read names the object '\(path)': it is left from a submission that did not end, or from a "
      + "statement that is malformed or gone"
    guard walk.options.objects == .all, let size = try walk.contents.objectSize(digest) else {
      return Finding(.objectUnreferenced, path, left)
    }
    guard size <= PathCheck.unnamedLimit else {
      return Finding(
        .objectUnreferenced, path, found: Wording.bytes(size), "\(left); of \(Wording.bytes(size)), it was not read")
    }
    var hasher = SHA256Hasher()
    let read = try unsafe walk.contents.readObject(digest) { unsafe hasher.update($0) }
    let actual = hasher.finalize()
    guard read != nil, actual != digest else { return Finding(.objectUnreferenced, path, left) }
    return Finding(
      .objectUnreferenced, path, expected: digest.hex, found: actual.hex,
      "no statement that can be read names the object '\(path)', and it does not hold what its name says: it is left from a "
        + "submission that lost power, or somebody put it there; nothing rests on it")
  }

  /// Once every path was taken: says of what is another store's, which lies inside, that it goes elsewhere as a whole.
  func finish(_ findings: inout FindingList) {
    guard !inner.isEmpty else { return }
    findings.change(.tree) { finding in
      let path = finding.subject
      let folders = path.indices.lazy.filter { path[$0] == "/" }.map { String(path[..<$0]) }
      guard finding.code == .storeMalformed, !FolderLitter.contains(path),
        let folder = folders.first(where: inner.contains)
      else { return }
      finding.message =
        "'\(path)' is of another store, which lies inside this one, in '\(folder)': one of the two has to lie elsewhere, as a "
        + "whole"
    }
  }

  private mutating func malformed(_ path: StorePath, _ findings: inout FindingList) {
    if case .file = path.kind, path.path.hasSuffix("/custody.json") {
      let folder = String(path.path.dropLast("/custody.json".count))
      if !StoreFolders.mayBeFolder(folder) { inner.insert(folder) }
    }
    let what =
      FolderLitter.contains(path.path)
      ? "is of a kind that systems and programs leave in folders, and nothing of the store's: remove it"
      : "has no place in a store: move it elsewhere"
    findings.add(.tree, Finding(.storeMalformed, path.path, "'\(path.path)' \(what)"))
  }

  /// A file of the tree: required ones were compared already, older partial ones are held against their wider ones.
  private mutating func take(
    _ coordinate: TileCoordinate, _ path: StorePath, _ findings: inout FindingList
  ) throws {
    guard let needed = TileDelta.file(coordinate.kind, index: coordinate.index, size: size),
      coordinate.width <= needed.width
    else {
      findings.add(
        .tree,
        Finding(
          .strayFile, path.path,
          "'\(path.path)' lies beyond the checkpoint: it is left from an append that did not end, and is not believed"))
      return
    }
    guard coordinate.width < needed.width, !walk.tiles.faulty.contains(needed) else { return }
    partials += 1
    let limit = coordinate.with(width: 256).sizeLimit
    guard let wide = try walk.contents.file(at: needed, limit: limit),
      let narrow = try walk.contents.file(at: coordinate, limit: limit)
    else { return }
    let length: Int?
    switch coordinate.kind {
    case .hashes: length = coordinate.width * 32
    case .entries: length = (try? EntryBundle.decodePrefix(wide, width: coordinate.width))?.bytes.count
    }
    guard let length, narrow.count != length || !wide.starts(with: narrow) else { return }
    findings.add(
      .tree,
      Finding(
        .tileMismatch, path.path, expected: SHA256.hash(Array(wide.prefix(length))).hex, found: SHA256.hash(narrow).hex,
        "'\(path.path)' does not hold what the entries give"))
  }
}

/// The folders of a store.
enum StoreFolders {
  /// Whether a folder of that path may stand in a store.
  static func mayBeFolder(_ path: String) -> Bool {
    if path == "object" || path == "tile" || path == "tile/entries" { return true }
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { String($0) ?? "" }
    if parts[0] == "object" {
      return parts.count == 2 && ObjectPath.digest("\(path)/\(String(repeating: "0", count: 62))") != nil
    }
    // A folder of tiles is one below which a tile's path can go on.
    return parts[0] == "tile"
      && ["/000", "/1", ""].contains { TileCoordinate(path: path + $0) != nil }
      || TileCoordinate(path: "\(path)/000") != nil
  }
}
