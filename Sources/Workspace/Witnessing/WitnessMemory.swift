package import Crypto
internal import Findings
internal import FoundationEssentials
internal import Storage
package import TreeLog

/// `$CUSTODY_HOME/witness`: what this user, as a witness, has cosigned last of each log; a file a log.
///
/// Losing it makes a witness sign for two histories. So it is read, compared and replaced under a lock, and is on the disk
/// before any cosignature leaves; one that cannot be read is never taken for none.
package struct WitnessMemory: Sendable {
  /// What is remembered of a log.
  package struct Record: Codable, Sendable, Equatable {
    package var origin: String
    /// The tree that was cosigned last; of size 0 for none.
    package var size: Int
    package var root: String
    /// When, in seconds since 1970: no later cosignature says an earlier time.
    package var time: Int
    /// The verifier keys that are trusted to sign for the log.
    package var verifierKeys: [String]
    /// Those that were trusted and are to be so no more, as somebody said, each with when, in seconds since 1970. They stay here,
    /// so that what was dropped and when can be read, and no log at hand brings one of them back.
    package var droppedKeys: [String: Int]?

    package var last: Checkpoint? {
      Digest(hex: root).flatMap { size > 0 ? Checkpoint(origin: origin, size: size, root: $0) : nil }
    }
  }

  private let folder: String

  package init(_ home: Home) { folder = "\(home.path)/witness" }

  private func path(_ origin: String) -> String { "\(folder)/\(SHA256.hash(origin).hex).json" }

  /// What is remembered; nil where nothing of this log was ever cosigned.
  ///
  /// - Throws: `configuration` where it is there and cannot be read.
  package func record(of origin: String) throws -> Record? {
    let path = path(origin)
    let record: Record?
    do {
      guard let bytes = try RegularFile.read(path, limit: 1 << 20) else { return nil }
      record = try? JSONDecoder().decode(Record.self, from: Data(bytes))
    } catch let error as StorageError where error.code != .inputOutput {
      record = nil
    }
    guard let record, record.origin.utf8.elementsEqual(origin.utf8), record.size >= 0, record.time >= 0,
      record.size == 0 || Digest(hex: record.root) != nil
    else {
      throw Failure(
        .configuration, "what you have cosigned of '\(origin)', '\(path)', cannot be read",
        hint: "restore it from a copy; without it you might cosign two histories of one log")
    }
    return record
  }

  /// Trusts a log's keys no more to sign its checkpoints: they were revoked, lost or stolen. What was cosigned stays
  /// remembered.
  ///
  /// - Returns: The keys that are trusted still.
  /// - Throws: `inputMissing` where one of them was never trusted.
  package func drop(_ keys: [NoteKey], of origin: String, at time: Int) throws -> [NoteKey] {
    guard try record(of: origin) != nil else {
      throw Failure(.inputMissing, "you have cosigned nothing of '\(origin)', and trust no key to sign for it")
    }
    var left: [NoteKey] = []
    try update(origin) { known in
      guard var record = known else { throw Failure(.bug, "what a witness remembers of '\(origin)' went away") }
      for key in keys {
        guard record.verifierKeys.contains(key.text) || record.droppedKeys?[key.text] != nil else {
          throw Failure(
            .inputMissing, "the key '\(key.text)' is none that you trust to sign for '\(origin)'",
            hint: record.verifierKeys.isEmpty
              ? "you trust none" : "you trust \(Wording.list(record.verifierKeys.map { "'\($0)'" }))")
        }
        record.verifierKeys.removeAll { $0.utf8.elementsEqual(key.text.utf8) }
        record.droppedKeys = (record.droppedKeys ?? [:]).merging([key.text: time]) { before, _ in before }
      }
      left = record.verifierKeys.compactMap { NoteKey(text: $0) }
      return record
    }
    return left
  }

  /// Reads what is remembered of a log, has it compared, and keeps what is to be remembered, all under one lock.
  ///
  /// - Parameter change: Told what is remembered, nil for nothing; gives what is to be, which is on the disk when this
  ///   returns.
  package func update(_ origin: String, _ change: (Record?) throws -> Record) throws {
    try Home.using(folder) {
      try PrivateFile.makeFolder(folder)
      try FileLock("\(folder)/lock").whileHeld {
        PrivateFile.removeDrafts(in: folder)
        let known = try record(of: origin)
        let record = try change(known)
        if let known, record.size < known.size {
          throw Failure(.bug, "a witness was about to forget what it has cosigned of '\(origin)'")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try PrivateFile.replace(path(origin), bytes: [UInt8](try encoder.encode(record)) + [0x0a])
      }
    }
  }
}
