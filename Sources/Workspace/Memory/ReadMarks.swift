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
/// Each folder has its own, since of two copies of one log the one may lag behind the other. A folder without one goes on
/// from where the listener was told of the same log elsewhere: one that was moved, renamed or mounted elsewhere loses no news.
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
      (origin, path, self.name) = (store.origin, store.layout.name, name)
    }
  }

  /// What is remembered of a log, for a listener at a folder.
  package struct Found: Sendable, Equatable {
    package var record: Record
    /// The other folder at which it was told; nil where it was this one.
    package var folder: String?
    /// Why the store is not the one that was told of; nil where its log goes on from there.
    package var fault: String?
  }

  /// A mark that is to be moved once all was told.
  package struct Move: Sendable, Equatable {
    package var key: Key
    package var mark: Mark
    /// What a folder without a mark of its own goes on from.
    package var inherited: Record?

    package init(_ key: Key, to mark: Mark, after found: Found?) {
      (self.key, self.mark) = (key, mark)
      inherited = found?.folder == nil ? nil : found?.record
    }
  }

  private let folder: String

  package init(_ home: Home) {
    folder = home.trust
  }

  /// What is remembered; nil where it is nothing.
  ///
  /// That of the folder itself comes first, by whatever path it is reached. Without one it is the furthest that the listener
  /// was told of the log at any other folder. Where that is more than there is here, the folder it was told at decides: if
  /// the log lies there still, this is a copy that lags behind it; if not, the store was moved and shrank.
  ///
  /// - Throws: `configuration` where it cannot be read, and whatever reading the log throws.
  package func find(_ key: Key, in store: OpenedStore) throws -> Found? {
    let records = ReadMarks.records(of: key.name, in: try read(key.origin))
    if let own = records.first(where: { ReadMarks.isSame($0.path, key.path) }) {
      return Found(record: own.record, fault: try own.record.latest.fault(store))
    }
    for (path, record) in records {
      let isAhead = record.latest.size > store.checkpoint.size
      if isAhead, ReadMarks.holdsLog(path, key.origin) { continue }
      return Found(record: record, folder: path, fault: try record.latest.fault(store))
    }
    return nil
  }

  /// Moves a mark on, under the lock. One that another command has moved further stays where it is.
  ///
  /// Those of folders that the log was moved away from are forgotten, unless they had seen more of it.
  package func move(_ move: Move) throws {
    let (key, mark) = (move.key, move.mark)
    try Home.using(folder) {
      try PrivateFile.makeFolder(folder)
      try FileLock("\(folder)/lock").whileHeld {
        PrivateFile.removeDrafts(in: folder)
        var places = try read(key.origin)
        let records = ReadMarks.records(of: key.name, in: places)
        let own = records.first { ReadMarks.isSame($0.path, key.path) }?.record
        if let own, own.latest == mark || own.latest.size > mark.size || own.latest.day > mark.day { return }
        let before = (own ?? move.inherited).flatMap { $0.latest.day < mark.day ? $0.latest : $0.before }
        for (path, record) in records where record.latest.size <= mark.size {
          if ReadMarks.isSame(path, key.path) || !ReadMarks.holdsLog(path, key.origin) {
            places["\(key.name) \(path)"] = nil
          }
        }
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

  /// A listener's records, those of the largest trees first, then those of the latest days.
  private static func records(of name: String, in places: [String: Record]) -> [(path: String, record: Record)] {
    let found = places.compactMap { place, record -> (path: String, record: Record)? in
      // A path begins at the root, so that no name is taken for the beginning of another.
      guard place.utf8.starts(with: "\(name) /".utf8) else { return nil }
      return (String(place.dropFirst(name.count + 1)), record)
    }
    return found.sorted { left, right in
      let (one, other) = (left.record.latest, right.record.latest)
      if one.size != other.size { return one.size > other.size }
      return one.day == other.day ? ByteOrder.precedes(left.path, right.path) : one.day > other.day
    }
  }

  /// Whether two paths lead to one folder now.
  private static func isSame(_ path: String, _ other: String) -> Bool {
    if ByteOrder.areEqual(path, other) { return true }
    guard let identity = RegularFile.identity(path) else { return false }
    return identity == RegularFile.identity(other)
  }

  /// Whether a folder claims to hold a log.
  private static func holdsLog(_ path: String, _ origin: String) -> Bool {
    StoreLocation.claimedOrigin(path).map { ByteOrder.areEqual($0, origin) } ?? false
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
