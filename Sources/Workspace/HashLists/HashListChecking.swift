package import Crypto
internal import Findings
internal import Index
package import Packs
internal import Spreadsheets
internal import Statements
internal import Storage
internal import TreeLog

/// An artifact list as it came, held against a folder, a store, and what is said to be its own hash.
package struct HashListChecking {
  /// What somebody says that the list hashes to.
  package struct OwnHash: Sendable, Equatable {
    /// The file, or the option, that says so.
    package let source: String
    /// nil where it says nothing of this list.
    package let said: Digest?
  }

  package let list: String
  /// The list's own hash.
  package let digest: Digest
  package let comparison: HashListComparison
  /// Each word on the list's own hash.
  package let ownHashes: [OwnHash]
  /// What was not looked at in the folder, and why.
  package let skipped: [String]

  private static let sizeLimit = 64 << 20

  /// - Parameters:
  ///   - folder: Where the artifacts are; nil to look into the store alone.
  ///   - logHash: The file with the list's hash; by default the one that lies beside the list, if it does.
  ///   - said: What eMASS or a mail has as the list's hash.
  ///   - store: nil far from one.
  package init(
    _ list: String, folder: String?, logHash: String?, said: Digest?, store: OpenedStore?, home: Home
  ) throws {
    self.list = list
    let bytes = try InputFile.read(list, limit: HashListChecking.sizeLimit)
    try ListKind.check(list, bytes, wanted: "a list of hashes", columns: "Hash and Path")
    digest = SHA256.hash(bytes)
    let read = HashList(HashListChecking.legible(bytes))
    guard !read.entries.isEmpty || !read.faults.isEmpty else {
      throw Failure(.malformedInput, "'\(list)' lists nothing", hint: "name the list that the hashing tool wrote")
    }
    let beside = try logHash == nil ? HashListChecking.besideHash(list) : nil
    let file = logHash ?? beside?.source
    ownHashes =
      try (logHash.map { [try HashListChecking.ownHash($0, of: list)] } ?? []) + [beside].compactMap { $0 }
      + (said.map { [OwnHash(source: "--hash-value", said: $0)] } ?? [])
    let found = try folder.map {
      try FolderFiles($0, besides: [list] + (file.map { [$0] } ?? []), home: home, store: store)
    }
    skipped = found?.skipped ?? []
    let listed = read.entries.map { HashListComparison.Listed(line: $0.line, digest: $0.digest, name: $0.name) }
    let files = found.map { $0.files.map { HashListComparison.Found(path: $0.path, digest: $0.digest) } }
    let kept = try store.map {
      try HashListChecking.kept(Set(listed.map(\.digest) + (files ?? []).map(\.digest)), in: $0)
    }
    comparison = HashListComparison(listed, faults: read.faults, files: files, kept: kept ?? [:])
  }

  /// Whether everything is as it was listed, and the list is the one whose hash was said.
  package var holds: Bool { comparison.holds && ownHashes.allSatisfy { $0.said == digest } }

  /// The text as UTF-8, with a mark for each byte that is none: a list in a code page of Windows still says which files it
  /// means.
  private static func legible(_ bytes: [UInt8]) -> [UInt8] {
    let text = TextEncoding.utf8(bytes)
    return String(validating: text, as: UTF8.self) == nil ? Array(String(decoding: text, as: UTF8.self).utf8) : text
  }

  /// What the tool's hash file beside the list says of it; nil where there is none, or it is of another list.
  private static func besideHash(_ list: String) throws -> OwnHash? {
    let folder = ManifestList.folder(of: list)
    let name = String(list.dropFirst(folder.count))
    let prefix = name.hasSuffix(CMMCHashList.list) ? name.dropLast(CMMCHashList.list.count) : ""
    let path = folder + prefix + CMMCHashList.hash
    guard path != list, try RegularFile.sizeWithoutFollowing(path).map({ $0 <= sizeLimit }) ?? false else { return nil }
    let named = try lines(path, naming: list)
    return named.isEmpty ? nil : OwnHash(source: path, said: named.last?.digest)
  }

  /// What a file says of the list's hash: the line that names the list, or the only one that there is.
  private static func ownHash(_ path: String, of list: String) throws -> OwnHash {
    let named = try lines(path, naming: list)
    let all = try lines(path, naming: nil)
    return OwnHash(source: path, said: (named.last ?? (all.count == 1 ? all.first : nil))?.digest)
  }

  /// The lines of a file of hashes that name a list, whatever folder it lay in; all of them where none is named.
  private static func lines(_ path: String, naming list: String?) throws -> [HashList.Entry] {
    let entries = HashList(legible(try InputFile.read(path, limit: sizeLimit))).entries
    guard let list else { return entries }
    func last(_ name: String) -> String {
      name.split { $0 == "/" || $0 == "\\" }.last.map { CMMCHashList.ascii(String($0)).lowercased() } ?? ""
    }
    return entries.filter { last($0.name) == last(list) }
  }

  private static func kept(
    _ digests: Set<Digest>, in store: OpenedStore
  ) throws -> [Digest: HashListComparison.Kept] {
    var kept: [Digest: HashListComparison.Kept] = [:]
    for (digest, uses) in try store.index.objectUses(of: digests.sorted()) {
      // What an agreement or a catalog brings is no artifact; evidence that counts stands before what was replaced.
      let evidence = uses.filter(\.isEvidence)
      guard let use = evidence.first(where: { !$0.isReplaced }) ?? evidence.first else { continue }
      kept[digest] = HashListComparison.Kept(
        entry: use.entry, isThere: try store.contents.objectSize(digest) != nil)
    }
    return kept
  }
}
