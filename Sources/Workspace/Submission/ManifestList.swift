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
    let folder = folder(of: path)
    var sources: [ArtifactSource] = []
    var faults: [String] = []
    for (index, line) in bytes.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
      let line = line.last == 0x0d ? line.dropLast() : line
      if line.isEmpty { continue }
      switch parse(line) {
      case .success(let (digest, name)):
        sources.append(ArtifactSource(origin: .file(folder + name), name: name, expected: digest))
      case .failure(let fault): faults.append("line \(index + 1): \(fault.reason)")
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
    try FileGathering.checkClashes(sources)
    return sources
  }

  /// What stands before the names that a list gives: empty, or the list's folder with a slash.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[...slash])
  }

  private static func parse(_ line: ArraySlice<UInt8>) -> Result<(Digest, String), LineFault> {
    guard line.first != UInt8(ascii: "\\") else {
      return .failure(LineFault("its name has backslashes or line breaks, and cannot stand in a store: rename it"))
    }
    // A space or, for binary mode, an asterisk stands before the name.
    let start = line.startIndex
    guard line.count > 66, line[start + 64] == 0x20, line[start + 65] == 0x20 || line[start + 65] == UInt8(ascii: "*"),
      let digest = Digest(hex: String(decoding: line[..<(start + 64)], as: UTF8.self).lowercased())
    else { return .failure(LineFault("it is not '<64 hexadecimal digits>  <name>'")) }
    guard let text = String(validating: line[(start + 66)...], as: UTF8.self) else {
      return .failure(LineFault("its name is not UTF-8: rename it"))
    }
    let name = plain(text)
    guard Manifest.isValidName(name) else {
      return .failure(
        LineFault(
          "'\(name)' cannot stand in a store: names are relative, without '..', backslashes and control characters"))
    }
    return .success((digest, name))
  }

  /// The name without the `./` that `find` puts before it.
  package static func plain(_ name: String) -> String {
    var rest = name[...]
    while rest.utf8.starts(with: "./".utf8) { rest = rest.dropFirst(2) }
    return String(rest)
  }
}

/// What is wrong with one line.
private struct LineFault: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
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
