import Packs
import Testing

/// Names that every system takes, and that stay apart on those that know no case.
struct PackNamesTests {
  @Test func `a plain name stays as it is`() {
    var names = PackNames()
    #expect(names.take("January/updates 1.pdf", in: "evidence/house/1.1") == "evidence/house/1.1/January/updates 1.pdf")
  }

  @Test(arguments: [
    ("con", "%63on"), ("Nul.txt", "%4Eul.txt"), ("com1.tar.gz", "%63om1.tar.gz"), ("con .txt", "%63on .txt"),
    ("console", "console"), ("a:b", "a%3Ab"), ("end.", "end%2E"), ("end. .", "end. %2E"), ("...", "%2E.%2E"), ("", "_"),
    ("-rf", "%2Drf"), (".env", "%2Eenv"), ("~bo", "%7Ebo"), (" a", "%20a"), ("caf\u{e9}.pdf", "caf%C3%A9.pdf"),
    ("tab\there", "tab%09here"), ("back\\slash", "back%5Cslash"), ("100%", "100%25"), ("$(id)", "%24(id)"),
    ("3.1.1[a]", "3.1.1[a]"), ("164.308(a)(1)(ii)(A)", "164.308(a)(1)(ii)(A)"),
  ]) func `what a system would take for something else is written otherwise`(_ name: String, _ safe: String) {
    #expect(PackNames.segment(name) == safe)
  }

  @Test func `what was written otherwise is read back, so that no two names become one`() {
    var seen: [String: String] = [:]
    let letters = ["%", "2", "5", "a", "-", ".", " ", "_", "~", "\u{e9}", "/"].map { $0 == "/" ? "\\" : $0 }
    for first in letters {
      for second in letters {
        for third in letters {
          let name = first + second + third
          let written = PackNames.segment(name)
          #expect(read(written) == name, "\(name)")
          #expect(seen.updateValue(name, forKey: written) == nil, "\(name)")
        }
      }
    }
  }

  /// What `%` and two digits stand for, put back.
  private func read(_ written: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(written.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `a name that is cut is cut between letters`() {
    for count in 30...40 {
      let name = PackNames.segment(
        String(repeating: "x", count: count % 3) + String(repeating: "\u{fc}", count: count) + ".pdf")
      #expect(name.hasSuffix(".pdf") && name.utf8.count <= 100)
      #expect(name.matches(of: /%/).count == name.matches(of: /%[0-9A-F]{2}/).count, "\(name)")
    }
  }

  @Test func `names that differ in case alone stay apart, and folders share one spelling`() {
    var names = PackNames()
    #expect(names.take("A.txt", in: "evidence/x") == "evidence/x/A.txt")
    #expect(names.take("a.TXT", in: "evidence/x") == "evidence/x/a~2.TXT")
    #expect(names.take("a.txt", in: "evidence/x") == "evidence/x/a~3.txt")
    #expect(names.take("b.txt", in: "evidence/X") == "evidence/x/b.txt")
  }

  @Test func `a file where a folder is gets another name, and the other way round`() {
    var names = PackNames()
    #expect(names.take("a/b", in: "evidence/x") == "evidence/x/a/b")
    #expect(names.take("a", in: "evidence/x") == "evidence/x/a~2")
    #expect(names.take("c", in: "evidence/x") == "evidence/x/c")
    #expect(names.take("c/d", in: "evidence/x") == "evidence/x/c_d")
  }

  @Test func `a long name keeps its ending, and stays apart from one that begins like it`() {
    var names = PackNames()
    let long = String(repeating: "long", count: 90)
    let first = names.take("\(long)1.pdf", in: "evidence/x")
    let second = names.take("\(long)2.pdf", in: "evidence/x")
    #expect(first.hasSuffix(".pdf") && second.hasSuffix(".pdf") && first != second)
    #expect(first.utf8.count <= 200 && second.utf8.count <= 200)
    let deep = (0..<60).map { "folder\($0)" }.joined(separator: "/")
    #expect(names.take("\(deep)/x.pdf", in: "evidence/x").utf8.count <= 200)
  }
}
