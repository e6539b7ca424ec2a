package import Crypto

/// The list that the DoD's artifact hashing tool makes, over the evidence of a pack or of a folder, and the file with that
/// list's own hash, which an assessor enters into eMASS (CMMC Hashing Guide, DoD CIO; 32 CFR 170.17(c)(4)).
///
///     Algorithm       Hash                                                                   Path
///     ---------       ----                                                                   ----
///     SHA256          C82FC52C78BF8154D4DD7D8766C422AB151052D72098D72DED237AAFCD78E4E0       Evidence\Door policy.pdf
package enum CMMCHashList {
  package static let list = "CMMCAssessmentArtifacts.log"
  package static let hash = "CMMCAssessmentLogHash.log"
  /// As eMASS takes its name.
  package static let algorithm = "SHA-256"

  /// A table as PowerShell's `Get-FileHash` shows it, written as ASCII: the paths as Windows spells them. The tool writes
  /// where its machine has the files; here they begin at the pack's or the folder's own name, so that the same files
  /// have the same list everywhere.
  package static func table(_ files: [(digest: Digest, path: String)]) -> [UInt8] {
    let rows =
      ["", row("Algorithm", "Hash", "Path"), row("---------", "----", "----")]
      + files.map { row("SHA256", $0.digest.hex.uppercased(), ascii($0.path.replacing("/", with: "\\"))) } + [""]
    return Array(rows.map { $0 + "\r\n" }.joined().utf8)
  }

  /// A name as `Out-File -Encoding ASCII` leaves it: a question mark for each UTF-16 code unit beyond ASCII.
  package static func ascii(_ text: String) -> String {
    String(decoding: text.utf16.map { $0 < 0x80 ? UInt8($0) : UInt8(ascii: "?") }, as: UTF8.self)
  }

  /// Whether a path can stand in a list so that it is read back: in one line, and with no backslash of its own.
  package static func isListable(_ path: String) -> Bool {
    !path.isEmpty && path.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f && $0 != "\\" }
      && path.last?.isWhitespace == false
  }

  private static func row(_ algorithm: String, _ hash: String, _ path: String) -> String {
    padded(algorithm, to: 16) + padded(hash, to: 71) + path
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
}
