import Crypto
import Obligations
import Ownership
import Statements
import Testing

/// What a missed level gives back, by a table that goes with the agreement.
struct CreditTableTests {
  private static let monthly =
    "service-levels: [{ id: uptime, party: onsite, domains: [patch-management], target: \">= 99.9\", unit: \"%\", "
    + "every: month }]\npapers: [{ file: credits.csv, kind: service-credits, from: 2026-02-01 }]"

  private func table() throws -> CreditTable {
    func row(_ condition: CreditTable.Condition, _ amount: Int, _ level: String = "uptime") -> CreditTable.Row {
      CreditTable.Row(level: level, condition: condition, credit: .init(amount: Decimal(amount), unit: "%"))
    }
    return CreditTable(rows: [
      row(.value(try #require(LevelTarget("< 99.9"))), 10), row(.value(try #require(LevelTarget("< 99"))), 25),
      row(.unmeasured, 50), row(.value(try #require(LevelTarget("< 100"))), 90, "other"),
    ])
  }

  @Test func `the largest of the rows that a value falls under counts, at its bounds to the last digit`() throws {
    let log = try AgreedLog(Self.monthly)
    try log.measure("99.9", "2026-01-01", "2026-01-31", on: "2026-02-02")
    try log.measure("99.8999999", "2026-02-01", "2026-02-28", on: "2026-03-02")
    try log.measure("99", "2026-03-01", "2026-03-31", on: "2026-04-02")
    try log.measure("98.99", "2026-04-01", "2026-04-30", on: "2026-05-02")
    let table = try table()
    let results = LevelResults.list(try log.snapshot(on: "2026-06-15"))
    #expect(
      results.map { table.credit(for: $0).map { "\($0)" } ?? "none" } == [
        "none", "10 %", "10 %", "25 %", "50 %", "none",
      ])
  }

  @Test func `a table speaks for periods that end while it is in force`() throws {
    let log = try AgreedLog(Self.monthly, papers: [("credits.csv", "what it says")])
    try log.measure("98", "2026-01-01", "2026-01-31", on: "2026-02-02")
    try log.measure("98", "2026-02-01", "2026-02-28", on: "2026-03-02")
    let (snapshot, table) = (try log.snapshot(on: "2026-03-02"), try table())
    var asked: [Digest] = []
    let book = CreditBook(snapshot) { digest in
      asked.append(digest)
      return .read(table)
    }
    #expect(asked == [SHA256.hash(Array("what it says".utf8))])
    let answers = LevelResults.list(snapshot).map { book.answer(for: $0) }
    #expect(answers.map { $0?.credit.map { "\($0)" } } == [nil, "25 %", nil])
    // In force today, and March is not over: there is a table, and no credit.
    #expect(answers.map { $0?.file } == [nil, "credits.csv", "credits.csv"])
  }

  @Test func `a table that cannot be read gives nothing, and says so`() throws {
    let log = try AgreedLog(Self.monthly, papers: [("credits.csv", "what it says")])
    try log.measure("98", "2026-02-01", "2026-02-28", on: "2026-03-02")
    let snapshot = try log.snapshot(on: "2026-03-02")
    let book = CreditBook(snapshot) { _ in .unreadable("it is gone") }
    let answer = try #require(book.answer(for: LevelResults.list(snapshot)[1]))
    #expect(answer.credit == nil && answer.table == .unreadable("it is gone"))
  }
}
