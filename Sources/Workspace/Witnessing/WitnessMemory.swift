internal import Crypto
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
