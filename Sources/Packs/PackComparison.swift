package import Crypto
package import Findings

/// The files of a pack that somebody sent, wherever they lie.
package protocol PackFiles {
  /// The size of a regular file; nil where there is none.
  func fileSize(_ path: String) throws -> Int?
  /// Streams a regular file.
  ///
  /// - Returns: The number of bytes; nil where there is none.
  func readFile(_ path: String, _ consume: (UnsafeRawBufferPointer) throws -> Void) throws -> Int?
}

/// Holds a pack that somebody sent against the one that its log and its selection give: every difference is a finding.
package final class PackComparison<Files: PackFiles>: PackSink {
  private let files: Files
  /// What is not compared, because the selection was made by other rules: tables of who answers for what.
  private let skipsIndex: Bool
  private var expected: Set<String> = []
  package private(set) var findings: [Finding] = []
  /// How many files were compared.
  package private(set) var count = 0
  package let needsObjects = false

  package init(_ files: Files, skipsIndex: Bool) {
    self.files = files
    self.skipsIndex = skipsIndex
  }

  package func take(
    _ file: PackFile, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws -> Digest {
    expected.insert(file.path)
    count += 1
    // The objects' own question reads it, where it lies.
    if let digest = file.digest { return digest }
    var hasher = SHA256Hasher()
    try unsafe body { unsafe hasher.update($0) }
    let wanted = hasher.finalize()
    // The six questions answer for the log's own files.
    if file.path.hasPrefix("log/") { return wanted }
    guard try files.fileSize(file.path) != nil else {
      mismatch(file.path, "it is missing", wanted.hex, "nothing")
      return wanted
    }
    var actual = SHA256Hasher()
    _ = try unsafe files.readFile(file.path) { unsafe actual.update($0) }
    let found = actual.finalize()
    if skipsIndex, file.path.hasPrefix("index.") || file.path == "ownership.csv" { return found }
    if found != wanted { mismatch(file.path, "it does not say what its log says", wanted.hex, found.hex) }
    return wanted
  }

  private func mismatch(_ path: String, _ what: String, _ expected: String?, _ found: String?) {
    findings.append(
      Finding(
        .packMismatch, path, expected: expected, found: found,
        "'\(path)' of the pack is not what the pack's log gives: \(what)"))
  }

  /// Says of a path that lies there whether it belongs to the pack.
  package func see(_ path: String, isFile: Bool) {
    if isFile, expected.contains(path) { return }
    // Paths of the log are held against the layout by the question about the tree.
    if path.hasPrefix("log/"), !path.hasPrefix("log/object/") { return }
    if !isFile {
      findings.append(
        Finding(
          .packMismatch, path, found: "a link, a device or an empty folder",
          "'\(path)' is no file, and packs hold none such"))
      return
    }
    // Whoever opens a pack takes what lies in it for the pack's, wherever it lies.
    findings.append(
      Finding(
        .packMismatch, path, expected: "nothing", found: "a file",
        FolderLitter.contains(path)
          ? "'\(path)' is not of the pack, but of a kind that systems and programs leave in folders: remove it"
          : "'\(path)' is not of the pack: its log does not give it, and nobody has signed for it"))
  }
}
