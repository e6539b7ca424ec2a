package import Crypto
internal import Glibc
internal import RemoteWire
internal import Synchronization
package import TreeLog

/// A store that lies elsewhere, in a bucket or behind any file host, read through whoever holds it.
///
/// What never changes under its name is kept at hand, unless everything is to be read from where it lies.
package final class BucketContents: StoreContents {
  let host: any StoreHost
  private let layout: StoreLayout
  private let kept: KeptFiles?
  private let state = Mutex(State())

  private struct State {
    /// The entity tag of the checkpoint that was read last.
    var tag: String?
    var tree: (size: Int, root: Digest)?
    /// What lies staged for that tree; nil where it was not looked for.
    var staged: (tree: String, files: StagedTree?)?
  }

  /// The longest `custody.json` and checkpoint that are read, in bytes.
  private static let headLimit = 1 << 20
  /// The longest staged tree that is read, in bytes.
  private static let stagedLimit = 24 << 20

  /// - Parameters:
  ///   - layout: The folder at hand.
  ///   - keeps: Whether files that are at hand are believed, and new ones kept. A verifier reads what lies there.
  package init(_ host: any StoreHost, layout: StoreLayout, keeps: Bool = true) {
    self.host = PatientHost(host)
    self.layout = layout
    kept = keeps ? KeptFiles(folder: "\(layout.root)/kept") : nil
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
    let path = coordinate.path
    if let bytes = kept?.bytes(path) { return bytes }
    // What was staged a moment ago may have been published since, and is staged no more.
    guard
      let bytes = try read(path, limit: limit)?.body ?? staged()?.file(path) ?? read(path, limit: limit)?.body
    else { return nil }
    if bytes.count <= limit { kept?.keep(bytes, as: path) }
    return bytes
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
    let found = try read(name, limit: Self.stagedLimit).flatMap { StagedTree(parsing: $0.body) }
    state.withLock { $0.staged = (name, found) }
    return found
  }

  // MARK: Objects

  package func readObject(_ digest: Digest, _ consume: (UnsafeRawBufferPointer) throws -> Void) throws -> Int? {
    let place = try TemporaryDownload(in: layout)
    defer { place.remove() }
    var request = HostRequest(.get, ObjectPath.path(digest))
    request.wire.file = place.path
    let answer = try host.perform(request)
    guard answer.wire.isDone else {
      if answer.wire.status == 404 { return nil }
      throw StorageError(answer.wire, "read '\(request.wire.name)'", at: location)
    }
    return try unsafe place.read(consume)
  }

  package func objectSize(_ digest: Digest) throws -> Int? {
    let name = ObjectPath.path(digest)
    let answer = try host.perform(HostRequest(.head, name)).wire
    if answer.isDone { return answer.size }
    if answer.status == 404 { return nil }
    throw StorageError(answer, "look at '\(name)'", at: location)
  }

  // MARK: Everything

  package func forEachPath(_ body: (StorePath) throws -> Void) throws {
    try list("") { entry in
      guard !entry.name.hasPrefix("inbox/"), entry.name != "lock" else { return }
      try body(StorePath(path: entry.name, kind: .file))
    }
  }

  /// Every name that begins with something.
  func list(_ prefix: String, _ body: (WireAnswer.Entry) throws -> Void) throws {
    var after: String?
    while true {
      var request = HostRequest(.list, prefix)
      request.wire.after = after
      let answer = try host.perform(request).wire
      guard answer.isDone, let entries = answer.entries else {
        throw StorageError(answer, "list what lies", at: location)
      }
      for entry in entries { try body(entry) }
      guard answer.hasMore == true, let last = entries.last?.name, last != after else { return }
      after = last
    }
  }

  /// - Returns: nil where there is none.
  func read(_ name: String, limit: Int) throws -> HostAnswer? {
    var request = HostRequest(.get, name)
    request.wire.limit = limit
    let answer = try host.perform(request)
    if answer.wire.isDone { return answer }
    if answer.wire.status == 404 { return nil }
    throw StorageError(answer.wire, "read '\(name)'", at: location)
  }
}
