internal import Crypto
internal import Findings
internal import FoundationEssentials
internal import Ownership
internal import Packs
internal import Storage
internal import TreeLog
internal import Verification

extension DirectoryContents: PackFiles {}

/// A pack that somebody sent: unpacked in a folder, or still in one file.
struct ReceivedPack {
  private enum Form {
    case folder
    case archive
  }

  private let path: String
  private let form: Form

  /// - Returns: nil where a path is neither a file nor a folder with a pack in it.
  static func find(_ path: String) throws -> ReceivedPack? {
    let whole = try StoreLocation.absolute(path)
    var isFolder = false
    guard FileManager.default.fileExists(atPath: whole, isDirectory: &isFolder) else { return nil }
    if !isFolder { return ReceivedPack(path: whole, form: .archive) }
    let manager = FileManager.default
    // A store stays a store, whatever lies in it.
    guard !manager.fileExists(atPath: "\(whole)/custody.json") else { return nil }
    let isPack = ["pack.json", "START-HERE.txt", "SHA256SUMS"].contains { manager.fileExists(atPath: "\(whole)/\($0)") }
    return isPack && PrivateFile.isFolder("\(whole)/\(PackContents.log)")
      ? ReceivedPack(path: whole, form: .folder) : nil
  }

  /// Answers the six questions about its log, and whether its files say what the log says.
  func verify(_ asked: CheckOptions, at desk: Desk) throws -> VerificationReport {
    guard !asked.sinceVerified else {
      throw Failure(.usage, "a pack is always looked at as a whole", hint: "leave out --since-verified")
    }
    switch form {
    case .folder: return try check(path, outside: [], asked, desk)
    case .archive:
      let unpacked = try unpack(in: asked.temporaryFolder)
      let (root, outside) = try folder(in: unpacked.root)
      let report = try check(root, outside: outside, asked, desk)
      // It stays until here.
      _ = unpacked.root
      return report
    }
  }

  private func unpack(in temporary: String) throws -> UnpackedArchive {
    do {
      return try UnpackedArchive(path, in: temporary)
    } catch let error as ArchiveUnreadable {
      throw Failure(
        .malformedInput, "'\(path)' cannot be unpacked: \(error.reason)",
        hint: "nothing was taken out of it; have it sent again")
    }
  }

  /// The store in it, as it is read to be copied: in the file of a whole store, that one.
  ///
  /// - Returns: What was unpacked for it too, which has to stay as long as it is read.
  func store(in temporary: String) throws -> (any StoreContents, UnpackedArchive?) {
    guard form == .archive else { return (try store(of: path), nil) }
    let unpacked = try unpack(in: temporary)
    let names = try PrivateFile.names(in: unpacked.root)
    let stores = try names.filter { name in
      try RegularFile.sizeWithoutFollowing("\(unpacked.root)/\(name)/custody.json") != nil
    }
    if names.count == 1, let name = stores.first {
      return (try DirectoryContents(layout: StoreLayout(root: "\(unpacked.root)/\(name)")), unpacked)
    }
    return (try store(of: folder(in: unpacked.root).0), unpacked)
  }

  private func store(of root: String) throws -> PackContents {
    let files = try DirectoryContents(layout: StoreLayout(root: root))
    var comparing = Comparing(files: files)
    return try PackContents(files, evidence: comparing.plan()?.paths ?? comparing.hashedEvidence())
  }

  /// The pack's folder in what was unpacked, and what lies beside it.
  private func folder(in root: String) throws -> (String, outside: [String]) {
    func isPack(_ folder: String) throws -> Bool {
      try RegularFile.sizeWithoutFollowing("\(folder)/pack.json") != nil
    }
    if try isPack(root) { return (root, []) }
    let names = try PrivateFile.names(in: root)
    let packs = try names.filter { try isPack("\(root)/\($0)") }
    guard packs.count == 1, let name = packs.first else {
      throw Failure(
        .malformedInput, "'\(path)' holds \(packs.isEmpty ? "no pack" : "several packs")",
        hint: names.contains("custody.json") || names.contains { PrivateFile.isFolder("\(root)/\($0)/tile") }
          ? "it holds a store: 'custody init --from' unpacks and verifies it"
          : "a pack is what 'custody pack' writes; a file of proofs is checked by 'custody check-proof'")
    }
    return ("\(root)/\(name)", names.filter { $0 != name })
  }

  private func check(
    _ root: String, outside: [String], _ asked: CheckOptions, _ desk: Desk
  ) throws -> VerificationReport {
    let files = try DirectoryContents(layout: StoreLayout(root: root))
    var comparing = Comparing(files: files)
    let plan = try comparing.plan()
    let contents = try PackContents(files, evidence: plan?.paths ?? comparing.hashedEvidence())
    let check = try StoreCheck(contents, at: desk)
    var report = try check.run(asked, isRemembered: false, withheld: plan?.withheldObjects ?? [])
    let (findings, count) = try comparing.compare(plan, contents)
    let stray = outside.map { name in
      Finding(
        .packMismatch, "../\(name)", expected: "nothing", found: "a file or a folder",
        "'\(name)' lies beside the pack in its archive, and is not of it: nobody has signed for it")
    }
    report.add(
      pack: findings + stray, count: count,
      plan == nil
        ? "the files beside the log could not be compared with it"
        : "\(Wording.count(count, "file")) held against what the log gives")
    check.rememberPack(report)
    return report
  }
}

extension Desk {
  /// Whether a path is a pack, or a file that may be one, and no store's folder.
  package static func isPack(_ path: String) throws -> Bool { try ReceivedPack.find(path) != nil }
}

/// Makes a pack again from its own log, and holds what is there against it.
private struct Comparing {
  let files: DirectoryContents
  private var findings: [Finding] = []
  private var isOfOtherRules = false

  init(files: DirectoryContents) { self.files = files }

  /// What the log and the selection come to; nil where one of them cannot be read.
  mutating func plan() throws -> PackPlan? {
    guard let bytes = try files.smallFile("pack.json", limit: PackSelection.sizeLimit),
      let (selection, rules) = PackSelection.read(bytes)
    else {
      findings.append(
        Finding(
          .packMismatch, "pack.json",
          "'pack.json' of the pack is missing, or is not what this version of custody writes, of format "
            + "\(PackSelection.format): nothing beside the log can be compared with it"))
      return nil
    }
    isOfOtherRules = rules != FoldRules.version
    let contents = try PackContents(files, evidence: [:])
    do {
      guard let note = try contents.checkpoint() else { return unreadable("its checkpoint is missing") }
      let head = try UnverifiedCheckpoint(parsing: note)
      let files = files
      return try PackPlan(contents, head.tree, selection) { _, path in try files.fileSize(path) }
    } catch let error as LogReadError {
      return unreadable("\(error)")
    } catch let error as CheckpointSyntaxError {
      return unreadable("its checkpoint does not parse: \(error)")
    }
  }

  private mutating func unreadable(_ reason: String) -> PackPlan? {
    findings.append(
      Finding(
        .packMismatch, PackContents.log,
        "the files beside the log cannot be compared with it, because it cannot be read to its end: \(reason)"))
    return nil
  }

  /// What lies among the evidence, by what it hashes to: where the log does not say it.
  func hashedEvidence() throws -> [Digest: String] {
    var found: [Digest: String] = [:]
    try files.forEachFile { path in
      guard case .file = path.kind, path.path.hasPrefix("evidence/") else { return }
      var hasher = SHA256Hasher()
      if try unsafe files.readFile(path.path, { unsafe hasher.update($0) }) != nil {
        found[hasher.finalize()] = path.path
      }
    }
    return found
  }

  func compare(_ plan: PackPlan?, _ contents: PackContents) throws -> (findings: [Finding], count: Int) {
    guard let plan, let bytes = try contents.checkpoint() else { return (findings, 0) }
    let comparison = PackComparison(files, skipsIndex: isOfOtherRules)
    do {
      let note = try UnverifiedCheckpoint(parsing: bytes).note
      try plan.write(contents, note: note, to: comparison)
      try files.forEachFile { path in
        let isFile = if case .file = path.kind { true } else { false }
        comparison.see(path.path, isFile: isFile)
      }
    } catch let error as LogReadError {
      return (
        findings + comparison.findings + [
          Finding(.packMismatch, PackContents.log, "the files beside the log cannot be compared with it: \(error)")
        ], comparison.count
      )
    }
    return (findings + comparison.findings, comparison.count)
  }
}
