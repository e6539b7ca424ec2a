import Packs
import Testing

/// Names that every system takes, and that stay apart on those that know no case.
struct PackNamesTests {
  @Test func `a plain name stays as it is`() {
    var names = PackNames()
    #expect(names.take("January/updates 1.pdf", in: "evidence/house/1.1") == "evidence/house/1.1/January/updates 1.pdf")
  }

  @Test(arguments: [
    ("con", "_con"), ("Nul.txt", "_Nul.txt"), ("com1.tar.gz", "_com1.tar.gz"), ("console", "console"), ("a:b", "a_b"),
    ("end.", "end"), ("end. .", "end"), ("...", "_"), ("", "_"), ("-rf", "_-rf"), ("caf\u{e9}.pdf", "caf_.pdf"),
    ("tab\there", "tab_here"), ("back\\slash", "back_slash"),
  ]) func `what a system would take for something else is written otherwise`(_ name: String, _ safe: String) {
    #expect(PackNames.segment(name) == safe)
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
