import Crypto
import Testing

@testable import Workspace

/// Lists of hashes as tools write them.
struct HashLineTests {
  private static let hex = "5f1d3c53bb60ad996b5498205f67b53f29e1e1e12ffbffd7fc89c770694a5a5c"

  @Test(arguments: [
    ("\(hex)  door.txt", "door.txt"), ("\(hex) *door.txt", "door.txt"), ("\(hex.uppercased())  door.txt", "door.txt"),
    ("\(hex)   leading space", " leading space"), ("\(hex)\tdoor.txt", "door.txt"),
    ("SHA256 (door.txt) = \(hex)", "door.txt"), ("SHA256 (a (b) = c.txt) = \(hex)", "a (b) = c.txt"),
    ("SHA256(door.txt)= \(hex)", "door.txt"), ("SHA2-256(door.txt)= \(hex)", "door.txt"),
    ("SHA256          \(hex.uppercased())       C:\\Audit\\Door policy.pdf", "C:\\Audit\\Door policy.pdf"),
    ("\"SHA256\",\"\(hex)\",\"C:\\a, b.txt\"", "C:\\a, b.txt"), ("SHA256,\(hex),C:\\a.txt", "C:\\a.txt"),
    ("9,\(hex),/home/door.txt", "/home/door.txt"), ("       9  \(hex)  /home/door.txt", "/home/door.txt"),
    ("door.txt: \(hex)", "door.txt"), ("door.txt = \(hex.uppercased())", "door.txt"), ("a: b.txt: \(hex)", "a: b.txt"),
    ("door.txt\t\(hex)", "door.txt"), ("door policy.txt   \(hex)", "door policy.txt"),
    ("\(hex),door.txt", "door.txt"), ("\(hex): door.txt", "door.txt"), ("door.txt,\(hex)", "door.txt"),
    ("\"\(hex)\",\"a, \"\"b\"\".txt\"", "a, \"b\".txt"), ("\"a, b.txt\",\"\(hex)\"", "a, b.txt"),
    ("sha256:\(hex)  door.txt", "door.txt"), ("//server/share/door.txt: \(hex)", "//server/share/door.txt"),
    ("\\\(hex)  sub\\\\door.txt", "sub\\door.txt"), ("\\SHA256 (sub\\\\door.txt) = \(hex)", "sub\\door.txt"),
    ("sha256.txt: \(hex)", "sha256.txt"),
  ])
  func `a file and its hash are read`(_ line: String, _ name: String) throws {
    #expect(HashLine(Array(line.utf8)[...]) == .file(try #require(Digest(hex: Self.hex)), name))
  }

  @Test(arguments: [
    "", "   ", "# made by sha256sum", "; a comment", "%%%% HASHDEEP-1.0", "Algorithm       Hash      Path",
    "// File Checksum Integrity Verifier version 2.05.", "//", "REM made on Monday", "rem", ":: made on Monday",
    "---------       ----      ----", "\"Algorithm\",\"Hash\",\"Path\"",
  ])
  func `what is no file is passed over`(_ line: String) { #expect(HashLine(Array(line.utf8)[...]) == .nothing) }

  @Test(arguments: [
    ("d41d8cd98f00b204e9800998ecf8427e  a", "MD5"), ("MD5 (a) = d41d8cd98f00b204e9800998ecf8427e", "MD5"),
    ("SHA1  da39a3ee5e6b4b0d3255bfef95601890afd80709  C:\\a", "SHA1"), ("\(hex)", "names no file"),
    ("SHA256: \(hex)", "names no file"), ("door.txt: da39a3ee5e6b4b0d3255bfef95601890afd80709", "SHA-1"),
    ("\(hex)\(hex)  a", "SHA-512"), ("SHA512 (a) = \(hex)\(hex)", "SHA512"), ("BLAKE2s256 (a) = \(hex)", "BLAKE2s256"),
    ("SHA512/256 (a) = \(hex)", "SHA512/256"), ("SHA3-256(a)= \(hex)", "SHA3-256"),
    ("SHA256  \(hex)  C:\\Users\\bo\\Docume...", "cut short"), ("SHA256  5F1D3C53BB60AD99...  C:\\a", "cut short"),
    ("\\\(hex)  a\\\\b\\n", "backslashes"), ("\(hex)  ", "names no file"), ("remark.txt", "it is not"),
    ("\(hex.dropLast())  a", "63 hexadecimal digits"), ("\\\(hex)  a\\nb", "backslashes"),
    ("a line of prose", "it is not"),
  ])
  func `what cannot be checked is a fault`(_ line: String, _ reason: String) {
    guard case .fault(let told) = HashLine(Array(line.utf8)[...]) else {
      Issue.record("\(line)")
      return
    }
    #expect(told.contains(reason), "\(told)")
  }
}
