internal import Crypto
package import Findings
internal import Statements

/// A list as `sha256sum` writes it: which files are meant, and what they have to hash to.
package enum ManifestList {
  private static let sizeLimit = 64 << 20

  /// The files that a list names, relative to the folder it lies in.
  ///
  /// - Throws: All faults at once, by line.
  package static func read(_ path: String) throws -> [ArtifactSource] {
    let bytes = try InputFile.read(path, limit: sizeLimit)
    try ListKind.check(path, bytes, wanted: "a list of hashes", columns: "Hash and Path")
    let folder = folder(of: path)
    let list = HashList(bytes)
    let paths = ListedPaths(list.entries.map(\.name), below: folder)
    var faults = list.faults
    var sources: [ArtifactSource] = []
    for entry in list.entries {
      switch paths.place(entry.name) {
      case .here(let name) where Manifest.isValidName(name):
        let file = EquivalentName.onDisk(folder + name) ?? folder + name
        sources.append(ArtifactSource(origin: .file(file), name: name, expected: entry.digest))
      case .here(let name):
        faults.append(
          (
            entry.line,
            "'\(name)' cannot stand in a store: names are relative, without '..', backslashes and control characters"
          ))
      case .nowhere, .several:
        faults.append(
          (
            entry.line,
            "'\(entry.name)' is a path of the machine that the list was made on, and nothing beside the list lies at its end"
          ))
      }
    }
    guard faults.isEmpty else {
      throw LineFaults(path: path, byLine: faults).failure
    }
    let missing = sources.filter { source in
      guard case .file(let file) = source.origin else { return false }
      return FileGathering.Identity(path: file) == nil
    }
    guard missing.isEmpty else {
      throw Failure(
        .inputMissing, "'\(path)' lists what is not there: \(FileGathering.some(missing.map(\.title)))",
        hint: "names are looked for beside the manifest; nothing was submitted")
    }
    guard !sources.isEmpty else { throw Failure(.malformedInput, "the manifest '\(path)' lists nothing") }
    if paths.areAllOfWindows, list.isAligned { sources += try CMMCLog.files(path, bytes: bytes) }
    try FileGathering.checkClashes(sources)
    return sources
  }

  /// What stands before the names that a list gives: empty, or the list's folder with a slash.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[...slash])
  }

  /// The name without the `./` that `find` puts before it.
  package static func plain(_ name: String) -> String {
    var rest = name[...]
    while rest.utf8.starts(with: "./".utf8) { rest = rest.dropFirst(2) }
    return String(rest)
  }
}

/// What is wrong with a file that a user wrote, line by line.
package struct LineFaults: FailureConvertible {
  package let path: String
  package let faults: [String]
  /// Whether nothing is wrong with the file itself: what it names is not there.
  package var areMissing = false

  package init(path: String, faults: [String]) {
    self.path = path
    self.faults = faults
  }

  /// - Parameter byLine: In any order; `Int.max` for what no line is to blame for.
  package init(path: String, byLine: [(line: Int, reason: String)]) {
    let sorted = byLine.sorted { $0.line < $1.line }
    self.init(
      path: path, faults: sorted.map { $0.line == Int.max ? $0.reason : "line \($0.line): \($0.reason)" })
  }

  /// So many are told.
  private static let shown = 50

  package var failure: Failure {
    let more = faults.count > LineFaults.shown ? ["and \(faults.count - LineFaults.shown) more"] : []
    let lines = (faults.prefix(LineFaults.shown) + more).map { "  \($0)" }
    let count = faults.count == 1 ? "one fault" : "\(faults.count) faults"
    return Failure(
      areMissing ? .inputMissing : .malformedInput, "'\(path)' has \(count):\n\(lines.joined(separator: "\n"))",
      hint: "nothing was submitted")
  }
}
