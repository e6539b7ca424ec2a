import Crypto
import Testing

@testable import Workspace

/// Lists of hashes as tools write them, each as a whole.
struct HashListTests {
  private static let hex = "5f1d3c53bb60ad996b5498205f67b53f29e1e1e12ffbffd7fc89c770694a5a5c"
  private static let other = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
  private static let md5 = "d41d8cd98f00b204e9800998ecf8427e"

  private func list(_ text: String) -> HashList { HashList(Array(text.utf8)) }

  @Test(arguments: [
    ("zero bytes", "\(hex)  a\0\(other)  b\0"), ("CR alone", "\(hex)  a\r\(other)  b\r"),
    ("CRLF", "\(hex)  a\r\n\(other)  b\r\n"), ("remarks", "# made by\n//\nREM x\n; y\n\n\(hex)  a\n\(other)  b"),
    ("hash before path", "Hash,Path\n\(hex),a\n\(other),b\n"),
    ("path before hash", "Path,Hash\na,\(hex)\nb,\(other)\n"),
    ("quotes", "\"Path\",\"Hash\"\r\n\"a\",\"\(hex.uppercased())\"\r\n\"b\",\"\(other)\"\r\n"),
    (
      "Export-Csv",
      "#TYPE Microsoft.Powershell.Utility.FileHash\n\"Algorithm\",\"Hash\",\"Path\"\n\"SHA256\",\"\(hex)\",\"a\"\n\"SHA256\",\"\(other)\",\"b\"\n"
    ),
    ("semicolons", "File name;Size;SHA-256\na;1;\(hex)\nb;2;\(other)\n"),
    ("tabs", "sha256\tfilename\n\(hex)\ta\n\(other)\tb\n"),
    ("a title", "Hashes of March\n\nFile,SHA256\na,\(hex)\nb,\(other)\n"),
    ("two hashes", "Path,MD5,SHA256\na,\(md5),\(hex)\nb,\(md5),\(other)\n"),
    (
      "hashdeep",
      "%%%% HASHDEEP-1.0\n%%%% size,md5,sha256,filename\n## Invoked from: /home/bo\n## $ hashdeep a b\n##\n1,\(md5),\(hex),a\n2,\(md5),\(other),b\n"
    ),
    (
      "Format-List",
      "\r\n\r\nAlgorithm : SHA256\r\nHash      : \(hex.uppercased())\r\nPath      : a\r\n\r\nAlgorithm : SHA256\r\nHash      : \(other)\r\nPath      : b\r\n\r\n\r\n"
    ),
    ("Format-List without blanks", "Hash : \(hex)\nPath : a\nHash : \(other)\nPath : b\n"),
    (
      "Format-Table",
      "\nAlgorithm       Hash      Path\n---------       ----      ----\nSHA256          \(hex)       a\nSHA256          \(other)       b   \n\n"
    ),
    ("paths first", "Path   Hash\n----   ----\na   \(hex)\nb   \(other)\n"),
    (
      "certutil",
      "SHA256 hash of a:\r\n\(hex)\r\nCertUtil: -hashfile command completed successfully.\r\nSHA256 hash of file b:\r\n\(other)\r\nCertUtil: -hashfile command completed successfully.\r\n"
    ),
    ("a markdown table", "| File | SHA256 |\n|---|---|\n| a | \(hex) |\n| b | \(other) |\n"),
  ])
  func `two files and their hashes are read`(_ kind: String, _ text: String) throws {
    let list = list(text)
    #expect(list.faults.isEmpty, "\(kind): \(list.faults)")
    #expect(list.entries.map(\.name) == ["a", "b"], "\(kind)")
    let digests = try [Self.hex, Self.other].map { try #require(Digest(hex: $0)) }
    #expect(list.entries.map(\.digest) == digests, "\(kind)")
  }

  @Test func `names keep commas and blanks, and hashes may have blanks between bytes`() throws {
    #expect(list("Hash,Path\n\(Self.hex),\"a, b.txt\"\n").entries.map(\.name) == ["a, b.txt"])
    let deep = "%%%% HASHDEEP-1.0\n%%%% size,sha256,filename\n1,\(Self.hex),a, b.txt\n"
    #expect(list(deep).entries.map(\.name) == ["a, b.txt"])
    #expect(
      list("Algorithm Hash Path\nSHA256 \(Self.hex) C:\\a b\\c d.txt\n").entries.map(\.name) == ["C:\\a b\\c d.txt"])
    #expect(list("Path Hash\nC:\\a b\\c d.txt \(Self.hex)\n").entries.map(\.name) == ["C:\\a b\\c d.txt"])
    var pairs = ""
    for (index, digit) in Self.hex.enumerated() {
      pairs += (index > 0 && index.isMultiple(of: 2) ? " " : "") + String(digit)
    }
    #expect(list("SHA256 hash of file a b.txt:\n\(pairs)\n").entries.map(\.name) == ["a b.txt"])
  }

  @Test(arguments: [
    ("Path,MD5\na,\(md5)\n", 2, "MD5"), ("Algorithm,Hash,Path\nMD5,\(md5),a\n", 2, "MD5"),
    ("Hash,Path\n\(md5),a\n", 2, "MD5"), ("%%%% HASHDEEP-1.0\n%%%% size,md5,filename\n1,\(md5),a\n", 3, "-c sha256"),
    ("\nAlgorithm : SHA1\nHash : da39a3ee5e6b4b0d3255bfef95601890afd80709\nPath : a\n", 2, "SHA1"),
    ("SHA1 hash of a:\nda39a3ee5e6b4b0d3255bfef95601890afd80709\n", 1, "SHA1"), ("SHA256 hash of a:\n", 1, "missing"),
    ("SHA256 hash of a:\nCertUtil: -hashfile FAILED: 0x80070002\n", 1, "no hash"),
    ("Algorithm : SHA256\nPath : a\n", 1, "without 'Hash :'"),
    (
      "Algorithm : SHA256\nHash : \(hex)\nPath : C:\\Users\\bo\\access review of the\n            file server.pdf\n", 1,
      "two lines"
    ),
    ("Algorithm Hash Path\nSHA256 \(hex) C:\\Users\\bo\\Docu...\n", 2, "cut short"),
    ("Algorithm Hash Path\nSHA256 5F1D3C53... C:\\a\n", 2, "cut short"), ("Hash,Path\n,a\n", 2, "no hash"),
    ("Hash,Path\n\(hex),\n", 2, "names no file"), ("Hash,Path\n\(hex)\n", 2, "fields"),
    ("Hash,Path\n\(hex),a, b.txt\n", 2, "quotes"),
    ("\(md5)  a\0\(md5)  b\0", 1, "MD5"),
  ])
  func `what cannot be checked is a fault, with its line`(_ text: String, _ line: Int, _ reason: String) {
    let list = list(text)
    #expect(list.entries.isEmpty)
    #expect(list.faults.first?.line == line && list.faults.first?.reason.contains(reason) == true, "\(list.faults)")
  }

  @Test func `a hash for no name is told`() {
    for text in ["\"\"|\(Self.hex)", "\"\":\(Self.hex)\n"] {
      let list = list(text)
      #expect(list.entries.isEmpty && list.faults.map(\.reason) == ["it names no file"], "\(list)")
    }
  }

  @Test func `no bytes make it fail otherwise`() {
    var random = SystemRandomNumberGenerator()
    let pieces = [
      Self.hex, Self.md5, "Hash", "Path", ",", ";", ":", " ", "\n", "\r", "\0", "\"", "\\", "SHA256", "(", ")", "=",
      "%%%% size,",
      "sha256,filename", "Algorithm : ", "hash of ", "...", "|", "é", "//",
    ]
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0..<14, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      let list = list(text)
      #expect(list.entries.allSatisfy { !$0.name.isEmpty })
    }
  }
}
