internal import Crypto
internal import Findings
internal import FoundationEssentials
internal import Ownership
internal import Storage
public import TreeLog
internal import Verification

/// A store that came in one file, and that was found sound.
public struct ReceivedStore: Sendable {
  /// The folder, from the root on.
  public let path: String
  /// Its tree.
  public let checkpoint: Checkpoint
  /// Whose key appends to it from now on; nil where no key that is held here may.
  public let appender: String?
  /// The party that keeps it; nil where that is this user's.
  public let keptBy: String?
}

extension Desk {
  /// Unpacks a store that came in one file, verifies all of it, and goes on from there: nothing is left of one that is not
  /// sound, or that is not what this user has seen of its log.
  ///
  /// - Parameters:
  ///   - archive: As `StoreKeeper` has it written, or a tar file that somebody made of the store's folder.
  ///   - folder: Not there yet, or empty; nil for one beside the working folder's files, with the archive's name.
  ///   - isToKeep: Whether it is appended to here from now on, though another party kept it so far.
  /// - Throws: `answerNo` where the store is not sound, or older than what was seen.
  public func receive(_ archive: String, at folder: String?, isToKeep: Bool = false) throws -> ReceivedStore {
    let path = try StoreLocation.absolute(folder ?? StoreFolder.name(for: archive))
    try OutputFile.checkParent(of: path)
    var report: VerificationReport?
    var isThere = false
    do {
      try StoreCreation.unpack(
        archive, to: path, willCommit: notices.willCommit,
        didCommit: {
          isThere = true
          if let size = report?.checkpoint?.size, size > 0 { notices.recorded(0...(size - 1)) }
        }
      ) { draft in report = try check(draft, from: archive) }
    } catch {
      if !isThere { notices.didNotCommit() }
      guard let error = error as? ArchiveUnreadable else { throw error }
      throw Failure(
        .malformedInput, "'\(archive)' cannot be unpacked: \(error.reason)",
        hint: "nothing was unpacked: decompress it first if it is compressed, or have it sent again if it was damaged")
    }
    guard let report, let checkpoint = report.checkpoint, let genesis = report.genesis else {
      throw Failure(.bug, "what was verified has no checkpoint")
    }
    var keptBy: String?
    try TrustMemory(home).update(checkpoint.origin) { known in
      var record =
        known ?? TrustRecord(origin: checkpoint.origin, genesis: genesis.hex, size: 0, root: "", path: path)
      if record.genesis.isEmpty { record.genesis = genesis.hex }
      (record.size, record.root, record.path) = (checkpoint.size, checkpoint.root.hex, path)
      record.note(report.state.membership)
      record.keep(try? DirectoryContents(layout: StoreLayout(root: path)).signedNote(of: checkpoint))
      (record.verifiedSize, record.verifiedOn) = (checkpoint.size, "\(clock.today)")
      record.note(isSound: true, at: path)
      if isToKeep {
        record.keptBy = nil
      } else if known == nil {
        record.keptBy = try keeper(report)
      }
      keptBy = record.keptBy
      return record
    }
    let state = report.state.membership
    let held = try KeyChain(home).all().filter { $0.origin == checkpoint.origin && state.mayAppend($0.keyID) }
    return ReceivedStore(path: path, checkpoint: checkpoint, appender: held.first?.owner, keptBy: keptBy)
  }

  /// The party that goes on appending to a log that this user sees for the first time; nil where that is this user's own.
  ///
  /// A store that was handed over has entries of its client's alone, and goes on here. One that another party has appended
  /// to since is that party's to go on with, and what came is a copy: two who append make two logs of one name.
  private func keeper(_ report: VerificationReport) throws -> String? {
    let state = report.state
    guard let last = state.lastBy.flatMap({ state.membership.key($0)?.party }), last != state.client else { return nil }
    let own = try KeyChain(home).all().filter { $0.origin == state.store && state.membership.mayAppend($0.keyID) }
    guard let first = own.first, state.membership.key(first.keyID)?.party != last else { return nil }
    return last
  }

  private func check(_ draft: StoreLayout, from archive: String) throws -> VerificationReport {
    let check = try StoreCheck(draft, at: self)
    let report = try check.run(CheckOptions(), isRemembered: false)
    guard report.isSound, let checkpoint = report.checkpoint else {
      let wrong = report.findings.filter(\.code.isIntegrityError)
      let first = wrong.first.map { ": \($0.message)" } ?? ""
      let more = wrong.count > 1 ? ", and \(Wording.count(wrong.count - 1, "more finding"))" : ""
      throw Failure(
        .answerNo, "the store in '\(archive)' is not sound\(first)\(more)",
        hint: "nothing was unpacked; have it sent again, and ask what became of it")
    }
    if let trust = check.trust, trust.size > checkpoint.size {
      throw Failure(
        .answerNo,
        "the store in '\(archive)' is older than what you have seen of '\(checkpoint.origin)': it has "
          + "\(Wording.entries(checkpoint.size)), and you have seen \(trust.size)",
        hint: "nothing was unpacked; have the newest sent")
    }
    return report
  }
}

/// The folder of a store that goes by mail.
package enum StoreFolder {
  /// Its name where none is given: the file's without its ending.
  package static func name(for archive: String) throws -> String {
    let file = archive.split(separator: "/").last.map(String.init) ?? archive
    guard file.utf8.count > 4, file.hasSuffix(".tar") else {
      for ending in [".gz", ".tgz", ".zip", ".xz", ".zst", ".bz2", ".7z"] where file.hasSuffix(ending) {
        throw Failure(
          .usage, "'\(archive)' is compressed, and a store travels in a plain tar file",
          hint: ending == ".zip"
            ? "if it is a pack: 'custody verify FILE' checks it, and 'custody pull FILE COPY' makes a copy of a pack of everything"
            : "decompress it first, as with 'gunzip'")
      }
      throw Failure(
        .usage, "'\(archive)' does not end in '.tar', so that it gives the store's folder no name",
        hint: "name the folder too, as in 'custody init STORE'")
    }
    return String(file.dropLast(4))
  }
}
