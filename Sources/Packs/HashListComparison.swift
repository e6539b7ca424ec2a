package import Crypto

/// A list of hashes, held against files and a store: what became of each line, and which files no line names.
///
/// Pure: where a name leads is decided among the paths that were found, so that no name of a list is ever opened.
package struct HashListComparison: Sendable {
  /// A line of a list.
  package struct Listed: Sendable {
    package let line: Int
    package let digest: Digest
    /// As it is written: perhaps a path of another machine, perhaps with question marks for letters that were lost.
    package let name: String

    package init(line: Int, digest: Digest, name: String) {
      (self.line, self.digest, self.name) = (line, digest, name)
    }
  }

  /// A file that is there.
  package struct Found: Sendable {
    /// Below the folder, with slashes.
    package let path: String
    package let digest: Digest

    package init(path: String, digest: Digest) { (self.path, self.digest) = (path, digest) }
  }

  /// Evidence in a store.
  package struct Kept: Sendable {
    package let entry: Int
    /// Whether its bytes are there: what was redacted is in the log alone.
    package let isThere: Bool

    package init(entry: Int, isThere: Bool) { (self.entry, self.isThere) = (entry, isThere) }
  }

  package enum State: String, Sendable, CaseIterable {
    /// The file in the folder has the hash.
    case matches
    /// No such file is in the folder, or none was named, and the store has what the hash says.
    case inStore = "in-store"
    /// Another file of the folder has the hash.
    case moved
    /// The file in the folder has another hash.
    case changed
    case missing
    /// A file that no line names.
    case additional
    /// The line cannot be read.
    case unreadable
  }

  package struct Row: Sendable, Equatable {
    package var line: Int?
    package var name: String
    /// As the list has it.
    package var digest: Digest?
    package var state: State
    /// Where the file is that was found, below the folder.
    package var path: String?
    /// What that file hashes to.
    package var found: Digest?
    /// The entry that brought what the list's hash says.
    package var entry: Int?
    package var note: String?
  }

  /// In the list's order, additional files last.
  package let rows: [Row]

  /// - Parameters:
  ///   - faults: Lines that cannot be read, and why.
  ///   - files: nil where no folder is looked at.
  ///   - kept: What a store has, by hash; empty where none is asked.
  package init(
    _ listed: [Listed], faults: [(line: Int, reason: String)], files: [Found]?, kept: [Digest: Kept]
  ) {
    var places = FilePlaces(files ?? [], listed.map(\.name))
    let byPath = listed.map { files == nil ? nil : places.take($0) }
    var rows = zip(listed, byPath).map { line, place -> Row in
      var row = Row(line: line.line, name: line.name, digest: line.digest, state: .missing)
      let own = kept[line.digest]
      row.entry = own?.entry
      if let place {
        (row.path, row.found) = (places.files[place].path, places.files[place].digest)
        row.state = row.found == line.digest ? .matches : .changed
      } else if let place = places.takeAnywhere(line.digest) {
        (row.path, row.found) = (places.files[place].path, places.files[place].digest)
        row.state = .moved
        row.note = "it is called '\(places.files[place].path)' in the folder"
      } else if own?.isThere == true {
        row.state = .inStore
      }
      if row.state == .missing {
        if FilePlaces.leadsOut(line.name) {
          row.note = "its path leads out of the folder, and nothing there is looked at"
        }
        if own?.isThere == false {
          row.note = "entry \(own?.entry ?? 0) brought it, and its bytes are not in the store"
        }
      }
      return row
    }
    rows += faults.map { Row(line: $0.line, name: "", digest: nil, state: .unreadable, note: $0.reason) }
    rows.sort { ($0.line ?? Int.max) < ($1.line ?? Int.max) }
    rows += places.free.map { place in
      let file = places.files[place]
      return Row(
        line: nil, name: file.path, digest: nil, state: .additional, path: file.path, found: file.digest,
        entry: kept[file.digest]?.entry)
    }
    self.rows = rows
  }

  /// How many rows have a state.
  package func count(_ state: State) -> Int { rows.count { $0.state == state } }

  /// Whether each line is as it was listed, and there is nothing beside them.
  package var holds: Bool { rows.allSatisfy { $0.state == .matches || $0.state == .inStore } }
}

/// The files of a folder, found by the names of a list.
private struct FilePlaces {
  let files: [HashListComparison.Found]
  /// Swift's own comparison of text takes letters for the same that are written with other bytes, as systems do.
  private let byPath: [String: [Int]]
  /// By the path with a question mark for each letter beyond ASCII.
  private let byDamaged: [String: [Int]]
  private let byDigest: [Digest: [Int]]
  private var taken: Set<Int> = []
  /// How many names at the beginning of each path are the other machine's folders.
  private var dropped = 0

  private static let depthLimit = 64

  init(_ files: [HashListComparison.Found], _ names: [String]) {
    self.files = files
    byPath = Dictionary(grouping: files.indices) { files[$0].path }
    byDamaged = Dictionary(grouping: files.indices) { FilePlaces.damaged(files[$0].path) }
    byDigest = Dictionary(grouping: files.indices) { files[$0].digest }
    guard !files.isEmpty else { return }
    let parts = names.map(FilePlaces.parts)
    let depth = min(FilePlaces.depthLimit, parts.map(\.count).max() ?? 0)
    var most = 0
    for count in 0..<depth {
      let found = parts.count { $0.count > count && !places($0[count...].joined(separator: "/")).isEmpty }
      if found > most { (most, dropped) = (found, count) }
    }
  }

  /// Where a line's file is, which is then no longer free.
  mutating func take(_ line: HashListComparison.Listed) -> Int? {
    guard let place = place(line) else { return nil }
    taken.insert(place)
    return place
  }

  private func place(_ line: HashListComparison.Listed) -> Int? {
    if let exact = byPath[line.name]?.first { return exact }
    let parts = FilePlaces.parts(line.name)
    guard !FilePlaces.leadsOut(line.name), !parts.isEmpty else { return nil }
    func same(_ places: [Int]) -> Int? { places.first { files[$0].digest == line.digest } }
    if parts.count > dropped {
      let found = places(parts[dropped...].joined(separator: "/"))
      if let place = same(found) { return place }
      if found.count == 1 { return found[0] }
    }
    // Lists that were put together come from several folders: the longest end that leads to the same bytes.
    for start in parts.indices.prefix(FilePlaces.depthLimit) {
      if let place = same(places(parts[start...].joined(separator: "/"))) { return place }
    }
    return nil
  }

  private func places(_ path: String) -> [Int] {
    if let exact = byPath[path] { return exact }
    let damaged = FilePlaces.damaged(path)
    return damaged.contains("?") ? byDamaged[damaged] ?? [] : []
  }

  /// A file that has the hash and that no line named by its path.
  mutating func takeAnywhere(_ digest: Digest) -> Int? {
    guard let place = byDigest[digest]?.first(where: { !taken.contains($0) }) else { return nil }
    taken.insert(place)
    return place
  }

  /// Files that no line took, in the order of the folder.
  var free: [Int] { files.indices.filter { !taken.contains($0) } }

  /// A path's names, without the drive and the folders that mean themselves.
  private static func parts(_ path: String) -> [String] {
    path.split { $0 == "/" || $0 == "\\" }.map(String.init).filter {
      $0 != "." && !($0.count == 2 && $0.hasSuffix(":"))
    }
  }

  static func leadsOut(_ path: String) -> Bool { path.split { $0 == "/" || $0 == "\\" }.contains("..") }

  /// What `Out-File -Encoding ASCII` makes of a path, and what a reader makes of bytes that are no UTF-8.
  private static func damaged(_ path: String) -> String { CMMCHashList.ascii(path) }
}
