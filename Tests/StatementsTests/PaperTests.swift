import Crypto
import Statements
import Testing

/// Manifests and schedules: one spelling each, and everything else refused.
struct PaperTests {
  private static let hex = SHA256.hash("x").hex

  private static func items(_ text: String, step: Int = 7) throws -> [Manifest.Item] {
    var reader = ManifestReader()
    var items: [Manifest.Item] = []
    let bytes = Array(text.utf8)
    // In pieces, as it comes from a file.
    for start in stride(from: 0, to: bytes.count, by: step) {
      try reader.feed(bytes[start..<min(bytes.count, start + step)]) { items.append($0) }
    }
    try reader.finish()
    return items
  }

  @Test(arguments: [1, 7, 66, 67, 4096])
  func `a manifest comes back as it went`(_ step: Int) throws {
    let items = ["b", "a/b", "a", "\u{e9}", "z z"].map { Manifest.Item(digest: SHA256.hash($0), name: $0) }
    let bytes = Manifest.encode(items)
    let read = try Self.items(String(decoding: bytes, as: UTF8.self), step: step)
    #expect(read.map(\.name) == ["a", "a/b", "b", "z z", "\u{e9}"])
    #expect(Manifest.encode(read) == bytes)
  }

  @Test(arguments: [
    "", "\n", "\(hex)  a", "\(hex) a\n", "\(hex)  \n", "\(hex)\ta\n", "\(hex)  a\n\n", "\(hex) *a\n", "x\(hex)  a\n",
    "\(hex.uppercased())  a\n", "\(hex.dropLast())  a\n", "\(hex)  a\r\n", "\(hex)  ../a\n", "\(hex)  /a\n",
    "\(hex)  a\\b\n",
    "\(hex)  b\n\(hex)  a\n", "\(hex)  a\n\(hex)  a\n", "# \(hex)  a\n", "\(hex)  a\n\(hex)  b",
    "\(hex)  \(String(repeating: "a", count: 4097))\n", "\\\(hex)  a\n",
  ])
  func `what is no manifest is refused`(_ text: String) {
    #expect(throws: Manifest.SyntaxError.self) { try Self.items(text) }
  }

  @Test func `a manifest's fault is told with its line`() {
    let error = #expect(throws: Manifest.SyntaxError.self) {
      try Self.items("\(Self.hex)  a\n\(Self.hex)  b\nwrong\n")
    }
    #expect(error?.line == 3)
  }

  private static let unit = "demo/1.1\t2026-01-01\t2026-12-31\tonsite\tacme,onsite\tmonth\t-"

  @Test(arguments: [
    "", "\(unit)\n", "\(unit)\nduty\tsteering\tacme\tevery quarter\tSteering minutes\n",
    "\(unit)\ndemo/1.2\t2026-01-01\t2026-12-31\t-\t-\t-\t-\n",
    "duty\ta\tacme\twithin 90 days\tA\nlevel\tuptime\tonsite\td-1,d-2\t>= 99.9\t%\tevery month\n",
    "level\tuptime\tonsite\t-\t>= 99.9\t%\tevery month\n",
    """
    \(unit)
    duty\ta\tacme\twithin 90 days\tA
    level\tuptime\tonsite\td-1\t>= 99.9\t%\tevery month
    block\tbag\tonsite\td-1,d-2\t7.5\tevery month\t3 months
    block\tonce\tonsite\t-\t20\t-\t-
    step\toutage\t-\t-\t10\tacme\t1 day\t-
    step\toutage\td-1\tvery high\t1\tonsite/soc\t15 minutes\tphone
    paper\tinsurance\t-\t2026-01-01\t-
    paper\tstatement-of-work\t\(hex)\t-\t-

    """,
    // A unit of a framework that is called like a kind of line.
    "duty/1\t2026-01-01\t2026-12-31\tonsite\t-\t-\t-\n",
  ])
  func `a schedule is read, and written the same`(_ text: String) throws {
    #expect(try Schedule(parsing: Array(text.utf8)).bytes == Array(text.utf8))
  }

  @Test(arguments: [
    "\n", unit, "\(unit)\n\n", "\(unit)\t\n", " \(unit)\n", "demo/1.1\t2026-01-01\t2026-12-31\tonsite\t-\t-\n",
    "demo/1.1\t2026-1-1\t2026-12-31\tonsite\t-\t-\t-\n", "demo/1.1\t2026-01-01\t2026-12-31\t\t-\t-\t-\n",
    "demo/1.1\t2026-01-01\t2026-12-31\tonsite\tonsite,acme\t-\t-\n",
    "demo/1.1\t2026-01-01\t2026-12-31\tonsite\tacme,\t-\t-\n", "demo\t2026-01-01\t2026-12-31\tonsite\t-\t-\t-\n",
    "demo/1.2\t2026-01-01\t2026-12-31\t-\t-\t-\t-\ndemo/1.1\t2026-01-01\t2026-12-31\t-\t-\t-\t-\n",
    "duty\ta\tacme\tevery quarter\tA\n\(unit)\n", "duty\ta\tacme\tevery quarter\n", "other\ta\n",
    "level\tuptime\tonsite\td-2,d-1\t>= 99.9\t%\tevery month\n",
    // Kinds out of order, and fields that are not what they should be.
    "paper\tinsurance\t\(hex)\t-\t-\nduty\ta\tacme\tevery quarter\tA\n",
    "step\ta\t-\t-\t1\tacme\t1 day\t-\nblock\ta\tonsite\t-\t20\t-\t-\n",
    "demo/1.1\t2026-12-31\t2026-01-01\tonsite\t-\t-\t-\n", "demo/1.1\t2026-01-01\t2026-12-31\tOnsite\t-\t-\t-\n",
    "duty\ta\u{1b}\tacme\tevery quarter\tA\n", "duty\ta\tacme\tevery quarter\tA\u{7}\n",
    "duty\ta\tacme\tquarterly\tA\n", "duty\ta\tacme\twithin 090 days\tA\n",
    "block\ta\tonsite\t-\ttwenty\t-\t-\n", "block\ta\tonsite\t-\t20\tmonth\t-\n", "block\ta\tonsite\t-\t20\t-\n",
    "step\ta\t-\t-\t0\tacme\t1 day\t-\n", "step\ta\t-\t-\t01\tacme\t1 day\t-\n",
    "step\ta\t-\t-\t1\tacme/\t1 day\t-\n", "step\ta\t-\t-\t1\tacme\tsoon\t-\n",
    "paper\tInsurance\t\(hex)\t-\t-\n", "paper\tinsurance\t\(hex.uppercased())\t-\t-\n",
    "paper\tinsurance\t\(hex)\t2026\t-\n",
  ])
  func `what is no schedule is refused`(_ text: String) {
    #expect(throws: Schedule.SyntaxError.self) { try Schedule(parsing: Array(text.utf8)) }
  }

  @Test func `what a schedule says of each thing is found by what that is`() throws {
    let schedule = Schedule(
      units: [], duties: [.init(id: "a", party: "acme", cadence: "every year", title: "A")],
      steps: [
        .init(id: "outage", domains: [], severity: nil, number: 2, who: "acme", within: "1 day", by: nil)
      ],
      papers: [.init(kind: "insurance", sha256: SHA256.hash("1")), .init(kind: "insurance", sha256: SHA256.hash("2"))])
    let texts = schedule.textsByKey
    #expect(texts.keys.map(\.description).sorted() == ["duty a", "paper insurance", "step outage 2"])
    #expect(texts[Schedule.LineKey(.paper, "insurance")]?.count == 2)
    #expect(texts[Schedule.LineKey(.duty, "a")] == ["duty\ta\tacme\tevery year\tA"])
  }

  @Test func `a schedule is UTF-8, and of a length that can be read`() {
    #expect(throws: Schedule.SyntaxError.self) { try Schedule(parsing: [0xff, 0x0a]) }
    #expect(throws: Schedule.SyntaxError.self) {
      try Schedule(parsing: [UInt8](repeating: 0x0a, count: Schedule.sizeLimit + 1))
    }
  }
}
