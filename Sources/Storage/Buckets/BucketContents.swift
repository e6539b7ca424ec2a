internal import Crypto
internal import Glibc
internal import RemoteWire
internal import Synchronization
package import TreeLog

/// A store that lies elsewhere, in a bucket or behind any file host, read through whoever holds it.
///
/// What never changes under its name is kept at hand, unless everything is to be read from where it lies.
package final class BucketContents: StoreContents {
  let host: any StoreHost
  let layout: StoreLayout
  let kept: KeptFiles?
  /// Where objects are that come through a file.
  let downloads: StagingFolder
  private let state = Mutex(State())

  private struct State {
    /// The entity tag of the checkpoint that was read last.
    var tag: String?
    var tree: (size: Int, root: Digest)?
    /// What lies staged for that tree; nil where it was not looked for.
    var staged: (tree: String, files: StagedTree?)?
    var ahead = ReadAhead()
  }

  /// The longest `custody.json` and checkpoint that are read, in bytes.
  private static let headLimit = 1 << 20

  /// - Parameters:
  ///   - layout: The folder at hand.
  ///   - keeps: Whether files that are at hand are believed, and new ones kept. A verifier reads what lies there.
  package init(_ host: any StoreHost, layout: StoreLayout, keeps: Bool = true) {
    self.host = PatientHost(host)
    self.layout = layout
    kept = keeps ? KeptFiles(folder: "\(layout.root)/kept") : nil
    let syscalls = Syscalls()
    downloads = StagingFolder(in: layout.inbox, syscalls: syscalls, mode: 0o700)
    // What a process left here that was killed; that of one that runs is locked.
    _ = try? LeftoverFiles(syscalls: syscalls).clean(layout)
  }

  package var location: String { host.address }

  // MARK: The head

  package func configuration() throws -> [UInt8]? { try read("custody.json", limit: Self.headLimit)?.body }

  package func checkpoint() throws -> [UInt8]? {
    let answer = try read("checkpoint", limit: Self.headLimit)
    let tree = answer.flatMap { try? UnverifiedCheckpoint(parsing: $0.body) }
    state.withLock { state in
      state.tag = answer?.wire.tag
      state.tree = tree.map { ($0.size, $0.root) }
    }
    return answer?.body
  }

  /// The entity tag of the checkpoint that was read last; nil where there was none.
  var checkpointTag: String? { state.withLock(\.tag) }

  // MARK: Tiles and bundles

  package func file(at coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? {
    if let bytes = kept?.bytes(coordinate.path) { return bytes }
    let bytes = try fetch(coordinate, limit: limit)
    if let bytes, bytes.count <= limit { keep(bytes, coordinate) }
    return bytes
  }

  private func fetch(_ coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? {
    let path = coordinate.path
    if let bytes = try readAhead(coordinate) { return bytes.count > limit ? [UInt8](bytes.prefix(limit + 1)) : bytes }
    // What was staged a moment ago may have been published since, and is staged no more.
    guard
      let bytes = try read(path, limit: limit)?.body ?? staged()?.file(path) ?? read(path, limit: limit)?.body
    else { return nil }
    if bytes.count <= limit { state.withLock { $0.ahead.put(bytes, coordinate) } }
    return bytes
  }

  /// Keeps at hand what the root vouches for, and nothing else: a byte that was wrong once would be wrong from then on.
  private func keep(_ bytes: [UInt8], _ coordinate: TileCoordinate) {
    guard let kept, let tree = state.withLock(\.tree),
      TileDelta.file(coordinate.kind, index: coordinate.index, size: tree.size) == coordinate,
      VouchedFile(
        coordinate, bytes, size: tree.size, root: tree.root,
        others: { try kept.bytes($0.path) ?? self.fetch($0, limit: $1) }
      ).isRight
    else { return }
    kept.keep(bytes, as: coordinate.path)
  }

  /// A file that was read a moment ago, or is asked for now together with those that follow it.
  private func readAhead(_ coordinate: TileCoordinate) throws -> [UInt8]? {
    let (known, wanted) = state.withLock { state in
      (state.ahead.bytes(coordinate), state.ahead.wanted(from: coordinate, size: state.tree?.size ?? 0))
    }
    if let known { return known }
    let missing = wanted.filter { $0 == coordinate || kept?.has($0.path) != true }
    guard missing.count > 1 else { return nil }
    let answers = try host.perform(
      missing.map { coordinate in
        var request = HostRequest(.get, coordinate.path)
        request.wire.limit = coordinate.sizeLimit
        return request
      })
    // One that is not there is asked for by itself when its turn comes.
    for (coordinate, answer) in zip(missing, answers)
    where answer.wire.isDone && answer.body.count <= coordinate.sizeLimit {
      state.withLock { $0.ahead.put(answer.body, coordinate) }
    }
    return state.withLock { $0.ahead.bytes(coordinate) }
  }

  /// Keeps at hand what was written there: the next append goes on from it.
  func keep(_ bytes: [UInt8], as path: String) { kept?.keep(bytes, as: path) }

  package func widerFile(than coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? {
    let folder = "\(coordinate.fullPath).p/"
    var widths: [TileCoordinate] = []
    try list(folder) { entry in
      if let found = TileCoordinate(path: entry.name), found.isPartial, found.width >= coordinate.width {
        widths.append(found)
      }
    }
    for found in widths.sorted(by: { $0.width < $1.width }) {
      if let bytes = try file(at: found, limit: limit) { return bytes }
    }
    return try file(at: coordinate.with(width: 256), limit: limit)
  }

  /// What lies staged for the tree of the checkpoint: a writer's, who has not published it yet.
  private func staged() throws -> StagedTree? {
    guard let tree = state.withLock(\.tree) else { return nil }
    let name = StagedTree.name(size: tree.size, root: tree.root)
    if let known = state.withLock(\.staged), known.tree == name { return known.files }
    let found = try read(name, limit: StagedTree.limit).flatMap { StagedTree(parsing: $0.body) }
    state.withLock { $0.staged = (name, found) }
    return found
  }

  // MARK: Everything

  package func forEachPath(_ body: (StorePath) throws -> Void) throws {
    var hasCheckpoint = false
    try list("") { entry in
      guard !entry.name.hasPrefix("inbox/"), entry.name != "lock", !BucketContents.isFolderMark(entry) else { return }
      if entry.name == "checkpoint" { hasCheckpoint = true }
      try body(StorePath(path: entry.name, kind: .file))
    }
    // It may lie in a bucket of its own.
    if !hasCheckpoint, try checkpoint() != nil { try body(StorePath(path: "checkpoint", kind: .file)) }
  }

  /// The folder of a store that lies in this place, below it; nil for none.
  package func innerStore() throws -> String? {
    struct Found: Error { let name: String }
    // Where only heads lie, there is nothing but the checkpoint.
    let files = ["/custody.json", "/checkpoint"]
    do {
      try list("") { entry in
        if let file = files.first(where: entry.name.hasSuffix) {
          throw Found(name: String(entry.name.dropLast(file.count)))
        }
      }
    } catch let found as Found {
      return found.name
    }
    return nil
  }

  /// Whether nothing lies in this place, whatever it is of; what somebody was about to write does not count.
  package func isEmpty() throws -> Bool {
    struct Found: Error {}
    do {
      try list("") { entry in
        guard entry.name.hasPrefix("inbox/") || BucketContents.isFolderMark(entry) else { throw Found() }
      }
    } catch is Found {
      return false
    }
    return true
  }

  /// An empty object that shows as a folder: consoles and clients of S3 make such where somebody makes a folder.
  private static func isFolderMark(_ entry: WireAnswer.Entry) -> Bool {
    entry.size == 0 && (entry.name.isEmpty || entry.name.hasSuffix("/"))
  }

  /// Every name that begins with something; none where the host makes no lists.
  func list(_ prefix: String, _ body: (WireAnswer.Entry) throws -> Void) throws {
    var pages = ListPages("list what lies", at: location)
    while pages.hasMore {
      let answer = try host.perform(pages.request(.list, prefix)).wire
      // A host of files shows those whose names one knows.
      if answer.status == 501 { return }
      for entry in try pages.take(answer) { try body(entry) }
    }
  }

  /// - Returns: nil where there is none.
  func read(_ name: String, limit: Int) throws -> HostAnswer? {
    var request = HostRequest(.get, name)
    request.wire.limit = limit
    let answer = try host.perform(request)
    if answer.wire.isDone { return answer }
    guard answer.wire.status == 404 else { throw StorageError(answer.wire, "read '\(name)'", at: location) }
    // That no bucket is there is something else than that nothing is in it.
    guard answer.wire.fault?.hasSuffix("(NoSuchBucket)") != true else {
      throw StorageError(
        .noStore, "cannot read '\(name)' at '\(location)': there is no such bucket",
        hint: name == "checkpoint" ? "look the address up again, 'head=' above all" : "look the address up again")
    }
    return nil
  }
}
