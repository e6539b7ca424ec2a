internal import Findings
internal import Glibc
internal import Statements
internal import Storage
internal import Verification

/// Finds the offers that a reader holds: files, folders of them, and patterns.
///
/// A file that is named has to be an offer. What a folder holds beside offers is passed over and told, for a folder is
/// where people put things.
struct HeldOfferFiles {
  private let notices: any Notices
  private var offers: [HeldOffer] = []
  private var seen: Set<String> = []
  /// Files of folders that are no offers.
  private var strangers: [String] = []

  /// More than anybody holds; each is kept in memory.
  private static let limit = 100_000
  /// Folders of a store, or of an inbox, that are looked into as well.
  private static let inner: Set<String> = ["inbox", InboxFolder.refused]

  /// The offers in all of them, in the order in which they were named, a folder's in byte order of their names.
  ///
  /// - Throws: Where one that is named is not there or is no offer, or a pattern fits nothing.
  static func read(_ paths: [String], _ notices: any Notices) throws -> [HeldOffer] {
    var files = HeldOfferFiles(notices: notices)
    for path in paths { try files.take(path) }
    if !files.strangers.isEmpty {
      notices.say(
        "\(files.strangers.count == 1 ? "this is no offer, and is" : "these are no offers, and are") passed over: "
          + FileGathering.some(files.strangers.map { "'\($0)'" }))
    }
    return files.offers
  }

  private init(notices: any Notices) { self.notices = notices }

  private mutating func take(_ path: String) throws {
    if PrivateFile.isFolder(path) { return try take(folder: path) }
    let isThere = try RegularFile.read(path, limit: 0) != nil
    guard isThere || !path.contains(where: { "*?[".contains($0) }) else {
      for match in try HeldOfferFiles.matches(of: path) {
        if PrivateFile.isFolder(match) { try take(folder: match) } else { try take(file: match) }
      }
      return
    }
    try take(file: path)
  }

  private mutating func take(file path: String) throws {
    guard seen.insert(path).inserted else { return }
    do {
      try add(OfferFile.read(path), from: path)
    } catch let error as Failure where error.code == .malformedInput {
      throw Failure(
        .malformedInput, "'\(path)' is no offer: \(error.message)",
        hint: error.hint ?? "an offer is what a command writes with --offer FILE")
    }
  }

  /// Takes every offer file of a folder; of a store's folder, those of its inbox.
  private mutating func take(folder path: String) throws {
    let root = path.utf8.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard seen.insert("\(root)/").inserted else { return }
    let isStore = try RegularFile.sizeWithoutFollowing(StoreLayout(root: root).configuration) != nil
    let count = offers.count
    for name in try PrivateFile.names(in: root).sorted(by: { ByteOrder.precedes($0, $1) }) where !name.hasPrefix(".") {
      let file = "\(root)/\(name)"
      if RegularFile.isFolderWithoutFollowing(file) {
        if HeldOfferFiles.inner.contains(name) { try take(folder: file) }
        continue
      }
      // What else a store holds is no offer, and everybody knows it; so it is with objects, and reasons for a refusal.
      guard !isStore, !InboxFolder.isObject(name), !name.hasSuffix(InboxFolder.reason),
        seen.insert(file).inserted
      else { continue }
      try take(found: file)
    }
    if offers.count == count { notices.say("there is no offer in '\(path)'") }
  }

  /// Takes a file that nobody named.
  private mutating func take(found path: String) throws {
    // A link may lead anywhere.
    guard try RegularFile.sizeWithoutFollowing(path) != nil, try WaitingFile.kind(of: path) == .offer else {
      strangers.append(path)
      return
    }
    do {
      try add(OfferFile.read(path), from: path)
    } catch let error as Failure where error.code == .malformedInput {
      notices.warn("'\(path)' is passed over, for it is no offer: \(error.message)")
    }
  }

  private mutating func add(_ envelopes: [Envelope], from path: String) throws {
    guard offers.count + envelopes.count <= HeldOfferFiles.limit else {
      throw Failure(
        .malformedInput, "more than \(HeldOfferFiles.limit) offers are too many to be held against a log at once",
        hint: "give some of them at a time")
    }
    offers += envelopes.map { HeldOffer($0, file: path) }
  }

  /// What a pattern fits, in byte order, as a shell finds it: nothing hidden.
  ///
  /// The corresponding C function is `glob`.
  private static func matches(of pattern: String) throws -> [String] {
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    let status = unsafe glob(pattern, GLOB_NOSORT, nil, &found)
    guard status == 0 || status == GLOB_NOMATCH else {
      throw Failure(.ioError, "what '\(pattern)' fits cannot be listed")
    }
    var names: [String] = []
    for index in 0..<Int(unsafe found.gl_pathc) {
      guard let name = unsafe found.gl_pathv[index] else { continue }
      let bytes = unsafe UnsafeRawBufferPointer(start: name, count: strlen(name))
      guard let text = unsafe String(validating: bytes, as: UTF8.self) else {
        throw Failure(.usage, unsafe "the name of '\(ByteText.visible(bytes))' is not UTF-8", hint: "rename it")
      }
      names.append(text)
    }
    guard !names.isEmpty else {
      throw Failure(.inputMissing, "there is no file that '\(pattern)' fits", hint: "name the offers, or their folder")
    }
    return names.sorted { ByteOrder.precedes($0, $1) }
  }
}
