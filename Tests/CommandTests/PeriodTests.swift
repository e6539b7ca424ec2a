import Foundation
import Statements
import TestSupport
import Testing

@testable import custody

struct PeriodTests {
  @Test(arguments: [
    ("2026-09", "2026-09-01", "2026-09-30"), ("2028-02", "2028-02-01", "2028-02-29"),
    ("2026-12", "2026-12-01", "2026-12-31"), ("2026-q1", "2026-01-01", "2026-03-31"),
    ("2026-Q4", "2026-10-01", "2026-12-31"), ("2026-h1", "2026-01-01", "2026-06-30"),
    ("2026-H2", "2026-07-01", "2026-12-31"), ("2026", "2026-01-01", "2026-12-31"),
    ("9999-12", "9999-12-01", "9999-12-31"),
  ])
  func `a period has a first and a last day`(_ text: String, _ from: String, _ through: String) throws {
    let period = try #require(Period(text))
    #expect("\(period.from)" == from && "\(period.through)" == through)
  }

  @Test(arguments: [
    "", "26", "2026-", "2026-0", "2026-00", "2026-13", "2026-9", "2026-q0", "2026-q5", "2026-h0", "2026-h3", "2026-qq",
    "0000", "2026-09-01", "-2026", "2026-+9", "٢٠٢٦", "2026-q", "+202",
  ])
  func `anything else is none`(_ text: String) {
    #expect(Period(text) == nil)
  }

  @Test func `evidence covers the period, and a list's line may say another`() throws {
    let rig = try SubmissionRig()
    try rig.write("1", to: "a")
    try rig.write("2", to: "b")
    try rig.write("3", to: "c")
    #expect(try rig.submit("a", "--control", "3.1.1", "--period", "2026-q3").entries == [3])
    let predicate = try rig.predicate(ofEntry: 3)
    #expect(predicate["from"] as? String == "2026-07-01" && predicate["through"] as? String == "2026-09-30")
    try rig.write("file,controls,from,through\nb,3.1.1,,\nc,3.1.1,2026-08-01,2026-08-31\n", to: "l.csv")
    #expect(try rig.submit("--list", "l.csv", "--period", "2026-07").entries == [4, 5])
    #expect(try rig.predicate(ofEntry: 4)["through"] as? String == "2026-07-31")
    #expect(try rig.predicate(ofEntry: 5)["from"] as? String == "2026-08-01")
    for words in [["--from", "2026-07-01"], ["--through", "2026-07-31"]] {
      let twice = try rig.run(["submit", "a", "--control", "3.1.2", "--period", "2026-07"] + words)
      #expect(twice.status == 64 && twice.talk.contains("one or the other"), "\(twice.talk)")
    }
    #expect(try rig.run(["submit", "a", "--control", "3.1.2", "--period", "July"]).status == 64)
  }
}
