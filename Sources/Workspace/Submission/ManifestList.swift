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
    let bytes = TextEncoding.utf8(try InputFile.read(path, limit: sizeLimit))
    let folder = folder(of: path)
    var listed: [(line: Int, digest: Digest, name: String)] = []
    var faults: [String] = []
    for (index, line) in bytes.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
      let line = line.last == 0x0d ? line.dropLast() : line
      switch HashLine(line) {
      case .nothing: break
      case .file(let digest, let name): listed.append((index + 1, digest, name))
      case .fault(let reason): faults.append("line \(index + 1): \(reason)")
      }
    }
    let base = WindowsPaths(listed.map(\.name), below: folder)
    var sources: [ArtifactSource] = []
    for (line, digest, written) in listed {
      let name = base.map { $0.relative(written) } ?? plain(written)
      if Manifest.isValidName(name) {
        sources.append(ArtifactSource(origin: .file(folder + name), name: name, expected: digest))
      } else {
        faults.append(
          "line \(line): '\(name)' cannot stand in a store: names are relative, without '..', backslashes and control characters"
        )
      }
    }
    guard faults.isEmpty else { throw LineFaults(path: path, faults: faults).failure }
    let missing = sources.filter { FileGathering.Identity(path: folder + $0.name) == nil }
    guard missing.isEmpty else {
      throw Failure(
        .inputMissing, "'\(path)' lists what is not there: \(FileGathering.some(missing.map(\.title)))",
        hint: "names are looked for beside the manifest; nothing was submitted")
    }
    guard !sources.isEmpty else { throw Failure(.malformedInput, "the manifest '\(path)' lists nothing") }
    if base != nil { sources += try CMMCLog.files(path, bytes: InputFile.read(path, limit: sizeLimit)) }
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

  /// So many are told.
  private static let shown = 50

  package var failure: Failure {
    let more = faults.count > LineFaults.shown ? ["and \(faults.count - LineFaults.shown) more"] : []
    let lines = (faults.prefix(LineFaults.shown) + more).map { "  \($0)" }
    let count = faults.count == 1 ? "one fault" : "\(faults.count) faults"
    return Failure(
      .malformedInput, "'\(path)' has \(count):\n\(lines.joined(separator: "\n"))", hint: "nothing was submitted")
  }
}
