package import Crypto
internal import Findings
internal import FoundationEssentials
internal import Ownership
package import Statements
internal import Storage
package import TreeLog

/// As far as which tree somebody has told the news of a store, by a name of their own: beside what is remembered of the log,
/// and under the same lock.
///
/// Losing it costs that news is told from now on only. One that is there and cannot be read is not taken for none: what came
/// since would be told to nobody.
package struct ReadMarks: Sendable {
  /// A tree, and the day on which it was told.
  package struct Mark: Codable, Sendable, Equatable {
    package var size: Int
    package var root: Digest
    package var day: Day

    package init(_ tree: Checkpoint, day: Day) {
      (size, root) = (tree.size, tree.root)
      self.day = day
    }
  }

  /// The newest mark, and the one that an earlier day ended with.
  package struct Record: Codable, Sendable, Equatable {
    package var latest: Mark
    package var before: Mark?

    /// What to compare with on a day, so that whoever looks twice a day is told the same twice.
    package func mark(before day: Day) -> Mark? { latest.day < day ? latest : before }
  }

  /// A store at its place, as somebody listens to it.
  package struct Key: Sendable, Equatable {
    package var origin: String
    /// The store's folder: of two copies each has its own.
    package var path: String
    /// `notify`, unless the user names another.
    package var name: String

    package init(_ store: OpenedStore, name: String) {
      (origin, path, self.name) = (store.origin, store.layout.root, name)
    }
  }

  private let folder: String

  package init(_ home: Home) {
    folder = home.trust
  }

  /// What is remembered; nil where it is nothing.
  ///
  /// - Throws: `configuration` where it cannot be read.
  package func record(_ key: Key) throws -> Record? { try read(key.origin)[key.place] }

  /// Moves a mark on, under the lock. One that another command has moved further stays where it is.
  package func move(_ key: Key, to mark: Mark) throws {
    try Home.using(folder) {
      try PrivateFile.makeFolder(folder)
      try FileLock("\(folder)/lock").whileHeld {
        PrivateFile.removeDrafts(in: folder)
        var places = try read(key.origin)
        let known = places[key.place]
        if let known, known.latest == mark || known.latest.size > mark.size || known.latest.day > mark.day { return }
        let before = known.flatMap { $0.latest.day < mark.day ? $0.latest : $0.before }
        places[key.place] = Record(latest: mark, before: before)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let bytes = [UInt8](try encoder.encode(Marks(origin: key.origin, places: places))) + [0x0a]
        try PrivateFile.replace(path(key.origin), bytes: bytes)
      }
    }
  }

  // MARK: The file

  private struct Marks: Codable {
    var origin: String
    /// By name and place.
    var places: [String: Record]
  }

  private func path(_ origin: String) -> String { "\(folder)/\(SHA256.hash(origin).hex).marks" }

  private func read(_ origin: String) throws -> [String: Record] {
    let path = path(origin)
    guard let bytes = try RegularFile.read(path, limit: 1 << 22) else { return [:] }
    guard let marks = try? JSONDecoder().decode(Marks.self, from: Data(bytes)), ByteOrder.areEqual(marks.origin, origin)
    else {
      throw Failure(
        .configuration, "what was told of the store '\(origin)', '\(path)', cannot be read",
        hint: "restore it from a copy, or remove it: news is told from then on")
    }
    return marks.places
  }
}

extension ReadMarks.Key {
  fileprivate var place: String { "\(name) \(path)" }
}

extension ReadMarks.Mark {
  /// Why the store is not the one that was told of: it lost entries since, or has others in their place.
  ///
  /// - Returns: nil where its log goes on from the mark.
  package func fault(_ store: OpenedStore) throws -> String? {
    guard size <= store.checkpoint.size else {
      return "the store shrank: it had \(Wording.entries(size)) on \(day), and \(store.checkpoint.size) are left"
    }
    guard try store.reader.root(at: size) == root else {
      return "the log forked: its first \(Wording.entries(size)) are not those of \(day)"
    }
    return nil
  }
}
