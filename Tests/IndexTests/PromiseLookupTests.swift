import Crypto
import Index
import Ownership
import Statements
import TestSupport
import Testing
import TreeLog

/// Measurements and hours come out of the index as a fold from the first entry on has them.
struct PromiseLookupTests {
  @Test func `what is remembered is what a fold from the beginning finds, at every size`() throws {
    let log = try TestLog()
    // Of an agreement that cannot be read nobody can say which levels it has.
    let agreement = log.object("document", [2], MediaType.document)
    _ = try log.add(
      .engagement(EngagementEvent(event: .version, id: "acme-onsite", document: agreement.digest)), [agreement])
    let from = try #require(Day("2026-01-01"))
    let through = try #require(Day("2026-01-31"))
    func measurement(_ value: String, _ count: Int?) -> Predicate {
      .measurement(
        Measurement(
          engagement: "acme-onsite", level: "uptime", from: from, through: through, value: value, count: count))
    }
    var rows = Evidence(controls: ["it-functions/governance"])
    rows.label = "acme-onsite/uptime"
    rows.from = from
    rows.through = through
    _ = try log.add(.evidence(rows), [log.object("rows.csv", [1])])
    _ = try log.add(measurement("99.90", 3))
    _ = try log.add(measurement("-0.5", nil))
    var usage = Usage(
      engagement: "acme-onsite", domains: ["governance", "patch-management"], from: from, through: through,
      hours: "2.50")
    _ = try log.add(.usage(usage))
    usage.block = "block"
    usage.units = ["it-functions/governance"]
    usage.member = "acme/bo"
    usage.note = "Zürich, 'quotes'\nand a line"
    _ = try log.add(.usage(usage))
    try log.commit()
    let index = try ProjectionIndex(inMemory: TestLog.origin)
    _ = try index.follow(log.store, to: log.checkpoint, library: log.library)

    let whole = try index.promiseBook()
    #expect(whole.measurements.map(\.measurement.value) == ["99.90", "-0.5"])
    #expect(whole.usages.map(\.usage.hours) == ["2.50", "2.50"] && whole.usages.last?.usage == usage)
    #expect(whole.measurements.map { whole.rows(behind: $0) } == [3, nil])
    let reader = LogReader(contents: log.store, size: log.size, root: log.root)
    for size in 1...log.size {
      var folding = LogFolding(library: log.library)
      try folding.run(reader, to: size)
      let remembered = try index.promiseBook(upTo: size)
      #expect(remembered.measurements == folding.promises.measurements)
      #expect(remembered.usages == folding.promises.usages)
      #expect(
        remembered.measurements.map { remembered.rows(behind: $0) }
          == folding.promises.measurements.map { folding.promises.rows(behind: $0) })
    }
  }
}
