internal import Crypto

/// The list that the DoD's artifact hashing tool makes, over the evidence of a pack, and the file with that list's own
/// hash, which an assessor enters into eMASS (CMMC Hashing Guide, DoD CIO; 32 CFR 170.17(c)(4)).
enum CMMCHashList {
  static let list = "CMMCAssessmentArtifacts.log"
  static let hash = "CMMCAssessmentLogHash.log"

  /// A table as PowerShell writes it: the paths as Windows spells them, below the pack's folder.
  static func table(_ files: [(digest: Digest, path: String)]) -> [UInt8] {
    let rows =
      ["", row("Algorithm", "Hash", "Path"), row("---------", "----", "----")]
      + files.map { row("SHA256", $0.digest.hex.uppercased(), $0.path.replacing("/", with: "\\")) } + [""]
    return Array(rows.map { $0 + "\r\n" }.joined().utf8)
  }

  private static func row(_ algorithm: String, _ hash: String, _ path: String) -> String {
    padded(algorithm, to: 16) + padded(hash, to: 71) + path
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
}
