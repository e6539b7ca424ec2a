internal import Crypto
internal import Findings
internal import Index
internal import Ownership
internal import Statements
internal import Storage
internal import TreeLog

/// What a copy has to have is looked for with every pull, without being read: that a file is there does not show that its bytes
/// are right, but that it is gone must not pass for sound.
extension Pull {
  /// Looks for every file of the copy's log and every object that its entries name, and fetches what is missing or has another
  /// size than it should.
  ///
  /// - Throws: `answerNo` where something is missing that the source has not either.
  func restore(
    _ held: UnverifiedCheckpoint, as shown: UnverifiedCheckpoint, _ writer: inout CopyWriter, _ pulled: inout Pulled
  ) throws {
    var lacking = try restoreLog(held, as: shown, &writer, &pulled)
    if lacking.isEmpty { lacking = try restoreObjects(held, &writer, &pulled) }
    guard let first = lacking.first else { return }
    let more = lacking.count > 1 ? ", and \(Wording.count(lacking.count - 1, "more file"))" : ""
    let there = hasDamaged(object: first) ? "has it damaged, with other bytes than its name says" : "has it not either"
    throw Failure(
      .answerNo, "'\(first)' is missing from the copy '\(layout.root)'\(more), and '\(sourcePath)' \(there)",
      hint: "the copy keeps the tree that it had; pull from another copy of the store: custody pull OTHER COPY")
  }

  /// - Returns: The paths of files that the source has not either.
  private func restoreLog(
    _ held: UnverifiedCheckpoint, as shown: UnverifiedCheckpoint, _ writer: inout CopyWriter, _ pulled: inout Pulled
  ) throws -> [String] {
    // The source's tree vouches for all that the copy's has in common with it; of a larger one the right edge is wider.
    let common = shown.size >= held.size ? held : shown
    var repair = CopyRepair(copy: writer.contents, source: source, shown: common, held: held.size)
    var lacking: [String] = []
    for coordinate in TileDelta.files(for: held.size) {
      pulled.present.files += 1
      guard try !isThere(coordinate, writer.contents) else { continue }
      guard try repair.mend(coordinate, &writer) else {
        lacking.append(coordinate.path)
        continue
      }
      pulled.mended += 1
      pulled.mendedPaths.append(coordinate.path)
    }
    return lacking
  }

  private func isThere(_ coordinate: TileCoordinate, _ contents: DirectoryContents) throws -> Bool {
    if let size = try RegularFile.sizeWithoutFollowing(layout.file(coordinate)) {
      guard coordinate.kind == .entries else { return size == coordinate.sizeLimit }
      // How long entries are, only they say; what an append was broken off in is the newest file.
      guard coordinate.isPartial else { return size >= 2 * coordinate.width }
      return try contents.file(at: coordinate, limit: coordinate.sizeLimit).map { bytes in
        (try? EntryBundle.decode(bytes, width: coordinate.width)) != nil
      } ?? false
    }
    // A wider one of its place has all that it has.
    return coordinate.isPartial ? try contents.tileFile(coordinate) != nil : false
  }

  /// - Returns: The paths of objects that the source has not either.
  private func restoreObjects(
    _ held: UnverifiedCheckpoint, _ writer: inout CopyWriter, _ pulled: inout Pulled
  ) throws -> [String] {
    let index = try ProjectionIndex.open(folder: desk.home.cache(origin: origin), origin: origin)
    let state: LogState
    do {
      state = try index.follow(
        writer.contents, to: held.tree, library: ObjectLibrary(writer.contents),
        verified: { VerifiedMemory(desk.home).tree(of: origin) })
    } catch let error as LogReadError {
      throw Failure(
        .answerNo, "the copy '\(layout.root)' is damaged: \(error)",
        hint: "'custody pull --all' reads everything of it anew, and fetches again what went bad")
    }
    // What the log redacts may be gone, and is not to come back.
    let redacted = Set(state.redactions.filter { !$0.isAnnouncement }.flatMap(\.objects))
    let contents = writer.contents
    var missing: [Digest: Int?] = [:]
    var count = 0
    try index.forEachObject { digest, expected in
      guard !redacted.contains(digest) else { return }
      count += 1
      let found = try contents.objectSize(digest)
      guard found == nil || (expected != nil && found != expected) else { return }
      missing.updateValue(expected ?? (missing[digest] ?? nil), forKey: digest)
    }
    pulled.present.objects = count
    var lacking: [String] = []
    for (digest, expected) in missing.sorted(by: { $0.key < $1.key }) {
      guard let object = try writer.objects.stage(digest, of: source, expected: expected) else {
        lacking.append(ObjectPath.path(digest))
        continue
      }
      try writer.bring(object)
      pulled.mended += 1
      pulled.mendedPaths.append(ObjectPath.path(digest))
    }
    return lacking
  }

  /// When this user verified the copy's tree; nil where that is not remembered.
  func verifiedOn(_ held: UnverifiedCheckpoint) throws -> Day? {
    guard let trust = try TrustMemory(desk.home).record(of: origin), trust.verifiedSize == held.size,
      trust.rootDigest == held.root
    else { return nil }
    return trust.verifiedOn.flatMap { Day($0) }
  }
}
