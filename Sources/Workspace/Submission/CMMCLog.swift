internal import Spreadsheets
internal import Crypto
internal import Findings
internal import Statements

/// The log that the CMMC artifact hashing tool writes, and the file with the log's own hash beside it: both are kept with
/// what they list, for an assessor enters the latter into eMASS (CMMC Hashing Guide, DoD CIO).
enum CMMCLog {
  private static let sizeLimit = 1 << 20

  /// The log and, where it lies beside it, its hash file, held against the log.
  ///
  /// - Throws: `malformedInput` where the log is not what its hash file says.
  static func files(_ path: String, bytes: [UInt8]) throws -> [ArtifactSource] {
    let folder = ManifestList.folder(of: path)
    let name = String(path.dropFirst(folder.count))
    var sources = [ArtifactSource(origin: .file(path), name: name)]
    let digest = SHA256.hash(bytes)
    for (other, text) in try candidates(folder, besides: name) {
      for line in TextEncoding.utf8(text).split(separator: 0x0a) {
        guard case .file(let expected, let listed) = HashLine(line.last == 0x0d ? line.dropLast() : line),
          lastName(listed) == name
        else { continue }
        guard expected == digest else {
          throw Failure(
            .malformedInput, "'\(path)' is not the log that '\(other)' has the hash of: it was changed since",
            hint: "nothing was submitted; find the log as the tool wrote it, or run the tool again")
        }
        sources.append(ArtifactSource(origin: .file(folder + other), name: other))
        return sources
      }
    }
    return sources
  }

  /// The files beside the log that may be its hash file.
  private static func candidates(_ folder: String, besides name: String) throws -> [(String, [UInt8])] {
    try FileGathering.names(in: folder.isEmpty ? "." : folder).filter { other in
      other != name && other.lowercased().contains("hash") && other.lowercased().hasSuffix(".log")
    }.compactMap { other in
      (try? InputFile.read(folder + other, limit: sizeLimit)).map { (other, $0) }
    }
  }

  private static func lastName(_ path: String) -> String {
    String(path.split { $0 == "\\" || $0 == "/" }.last ?? "")
  }
}
