import Crypto
@testable import Packs
import Testing

/// What becomes of the lines of an artifact list.
struct HashListComparisonTests {
  private typealias Listed = HashListComparison.Listed
  private typealias Found = HashListComparison.Found

  private static func compare(
    _ listed: [(String, String)], _ files: [(String, String)]?, kept: [String: HashListComparison.Kept] = [:]
  ) -> HashListComparison {
    HashListComparison(
      listed.enumerated().map { Listed(line: $0.offset + 1, digest: SHA256.hash($0.element.1), name: $0.element.0) },
      faults: [], files: files?.map { Found(path: $0.0, digest: SHA256.hash($0.1)) },
      kept: Dictionary(uniqueKeysWithValues: kept.map { (SHA256.hash($0.key), $0.value) }))
  }

  private static func states(_ comparison: HashListComparison) -> [String] {
    comparison.rows.map { "\($0.name) \($0.state.rawValue)" }
  }

  @Test func `each line is told for what became of it`() {
    let comparison = Self.compare(
      [("a.txt", "a"), ("b.txt", "b"), ("c.txt", "c"), ("d.txt", "d")],
      [("a.txt", "a"), ("b.txt", "other"), ("e.txt", "c"), ("f.txt", "f")])
    #expect(
      Self.states(comparison) == [
        "a.txt matches", "b.txt changed", "c.txt moved", "d.txt missing", "f.txt additional",
      ])
    #expect(!comparison.holds && Self.compare([("a.txt", "a")], [("a.txt", "a")]).holds)
  }

  @Test(arguments: [
    ["C:\\Audit\\Evidence\\x.pdf", "C:\\Audit\\Evidence\\sub\\y.pdf"], ["/srv/audit/x.pdf", "/srv/audit/sub/y.pdf"],
    ["Evidence\\x.pdf", "Evidence\\sub\\y.pdf"], ["./x.pdf", "sub/y.pdf"],
    ["\\\\server\\share\\x.pdf", "\\\\server\\share\\sub\\y.pdf"],
  ])
  func `paths of other machines lead to the files`(_ names: [String]) {
    #expect(Self.compare([(names[0], "x"), (names[1], "y")], [("x.pdf", "x"), ("sub/y.pdf", "y")]).holds)
  }

  @Test func `letters that were lost are found again, and told apart by their bytes`() {
    let files = [("Pr\u{fc}fung.pdf", "1"), ("Pr\u{f6}fung.pdf", "2")]
    #expect(Self.compare([("E\\Pr?fung.pdf", "2"), ("E\\Pr?fung.pdf", "1")], files).holds)
    #expect(Self.compare([("Pr\u{fffd}fung.pdf", "1")], [files[0]]).holds)
    // Accents taken apart, as macOS writes them.
    #expect(Self.compare([("Pru\u{308}fung.pdf", "1")], [files[0]]).holds)
    #expect(Self.states(Self.compare([("Pr?fung.pdf", "3")], files)).contains("Pr?fung.pdf missing"))
  }

  @Test func `a name that leads out of the folder is never followed`() {
    let comparison = Self.compare(
      [("..\\..\\etc\\passwd", "root"), ("../x", "x")], [("x", "other"), ("etc/passwd", "no")])
    #expect(
      comparison.rows.prefix(2).allSatisfy { $0.state == .missing && $0.note?.contains("out of the folder") == true })
  }

  @Test func `what is in the store is told with its entry, and what was redacted is missing`() {
    let kept = [
      "a": HashListComparison.Kept(entry: 7, isThere: true), "b": HashListComparison.Kept(entry: 8, isThere: false),
    ]
    let comparison = Self.compare([("a", "a"), ("b", "b"), ("c", "c")], nil, kept: kept)
    #expect(Self.states(comparison) == ["a in-store", "b missing", "c missing"])
    #expect(comparison.rows[0].entry == 7 && comparison.rows[1].note?.contains("entry 8") == true)
    #expect(Self.compare([("a", "a")], [], kept: kept).holds)
  }

  @Test func `a list is written as the tool writes it`() {
    let text = String(decoding: CMMCHashList.table([(SHA256.hash("x"), "E/Pr\u{fc}fung \u{1f4c4}.pdf")]), as: UTF8.self)
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.count == 6 && lines[0].isEmpty && lines[4].isEmpty && lines[5].isEmpty)
    #expect(lines[3] == "SHA256          \(SHA256.hash("x").hex.uppercased())       E\\Pr?fung ??.pdf")
  }

  @Test func `what would not be read back is no name`() {
    #expect(CMMCHashList.isListable("Evidence/Door policy.pdf"))
    for name in ["", "a\nb", "a\\b", "a\u{7f}", "a "] { #expect(!CMMCHashList.isListable(name)) }
  }
}
