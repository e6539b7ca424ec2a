internal import Findings
internal import FoundationEssentials
internal import Ownership
internal import Statements
internal import Storage
internal import TreeLog
internal import Verification

/// A copy whose `custody.json` went bad says no more of which log it is. Its checkpoint does: where that is signed by
/// somebody who might append, and names the source's log, the file is fetched anew.
extension Pull {
  /// Whether the folder is a copy, or a store, even one that has lost its `custody.json`.
  func isCopyThere() throws -> Bool {
    let manager = FileManager.default
    if manager.fileExists(atPath: layout.configuration) { return true }
    return try manager.fileExists(atPath: layout.checkpoint) && CopyMark.read(layout) != nil
  }

  /// Refuses a copy whose `custody.json` does not say which log it is of, unless its checkpoint does.
  func checkNameless(_ contents: DirectoryContents) throws {
    let file = "the 'custody.json' of '\(layout.root)' is damaged"
    let trust = try TrustMemory(desk.home).record(of: origin)
    guard try CopyMark.read(layout) != nil || trust?.keptBy != nil else {
      throw Failure(
        .answerNo, "\(file), and the folder is no copy that was pulled",
        hint: "restore the file from a copy of that store, or name another folder for the copy")
    }
    // One that was begun and got no further is not held against anything.
    guard let bytes = try contents.checkpoint() else { return }
    guard let held = try? UnverifiedCheckpoint(parsing: bytes), held.size > 0 else {
      throw unmendable("\(file), and so is its checkpoint")
    }
    try checkOrigin(held.origin)
    let appenders = PullFork.appenders(held, contents, on: desk.clock.today, genesis: trust?.genesisDigest)
    guard !appenders.keys.isEmpty else {
      throw unmendable("\(file), and nobody who might append has signed its checkpoint")
    }
  }

  private func unmendable(_ what: String) -> Failure {
    Failure(
      .answerNo, what, hint: "nothing was changed; pull into another folder, and remove this one when that is sound")
  }

  /// Fetches `custody.json` anew, where it is not that of the log.
  func mendConfiguration(_ writer: inout CopyWriter, _ pulled: inout Pulled) throws {
    guard try writer.contents.configuration().flatMap({ StoreConfiguration(parsing: $0) }) == nil else { return }
    try writer.write(configuration: configuration)
    pulled.mended += 1
    pulled.mendedPaths.append("custody.json")
  }
}
