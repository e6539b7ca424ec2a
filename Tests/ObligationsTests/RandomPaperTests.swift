import Foundation
import Findings
import Obligations
import Ownership
import Statements
import TestSupport
import Testing

/// Papers over random agreements, against asking each paper on each day.
struct RandomPaperTests {
  private struct Paper {
    var kind: String
    var from: String?
    var through: String?

    /// Whether a day is one of those for which it speaks, by letters.
    func speaks(on day: String) -> Bool { (from ?? "2026-01-01") <= day && day <= (through ?? "2027-12-31") }
  }

  private static let kinds = ["business-associate-agreement", "responsibility-matrix", "master-agreement"]

  private static func day(_ random: inout SeededRandom) -> String {
    NaiveHours.adding(Int.random(in: 0...729, using: &random), .day, to: "2026-01-01")
  }

  private static func paper(_ random: inout SeededRandom) -> Paper {
    var paper = Paper(kind: kinds.randomElement(using: &random) ?? kinds[0])
    let days = [day(&random), day(&random)].sorted()
    if Bool.random(using: &random) { paper.from = days[0] }
    if Bool.random(using: &random) { paper.through = days[1] }
    return paper
  }

  @Test(arguments: RandomPromiseTests.seeds)
  func `a paper is in force, lacking or about to end as each day says`(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var seen = (lacking: 0, covered: 0, ending: 0, followed: 0)
    for _ in 0..<RandomPromiseTests.histories {
      let history = random.next()
      var own = SeededRandom(seed: history)
      var papers = (0..<Int.random(in: 0...3, using: &own)).map { _ in Self.paper(&own) }
      if let end = papers.first?.through, end < "2027-12-31", Bool.random(using: &own) {
        // One that follows the first the day after, or leaves a gap of a day.
        let gap = Bool.random(using: &own) ? 1 : 2
        papers.append(Paper(kind: papers[0].kind, from: NaiveHours.adding(gap, .day, to: end)))
        if papers[papers.count - 1].from ?? "" > "2027-12-31" { papers.removeLast() }
      }
      var day = Self.day(&own)
      if let near = papers.randomElement(using: &own), Bool.random(using: &own) {
        day = NaiveHours.adding(
          Int.random(in: -91...1, using: &own), .day, to: near.through ?? near.from ?? "2026-06-30")
        day = max(day, "2026-01-01")
      }
      let framework =
        ["hipaa-security", "cmmc-level-1", "cmmc-level-2", "cmmc-level-3", "soc2"].randomElement(using: &own) ?? ""
      let (scope, isOthers) =
        [
          ("accountable: acme", false), ("accountable: onsite", true),
          ("accountable: acme, responsible: [onsite]", true),
        ].randomElement(using: &own) ?? ("", false)
      let lines = papers.enumerated().map { index, paper in
        "file: paper-\(index).pdf, kind: \(paper.kind)" + (paper.from.map { ", from: \($0)" } ?? "")
          + (paper.through.map { ", through: \($0)" } ?? "")
      }
      let snapshot = try PaperRulesTests.snapshot(
        on: day, framework: framework, scope: "domains: [patch-management], \(scope)", papers: lines)
      let about = "history \(history): \(framework), \(scope), \(lines), on \(day)"

      let wanted: String? =
        switch framework {
        case "hipaa-security": Self.kinds[0]
        case "cmmc-level-2", "cmmc-level-3": Self.kinds[1]
        default: nil
        }
      let isCovered = papers.contains { $0.kind == wanted && $0.speaks(on: day) }
      let lacks = wanted.map { isOthers && !isCovered ? ["acme-onsite/paper \($0)"] : [] } ?? []
      #expect(PaperRules.findings(snapshot).map(\.subject) == lacks, "\(about)")
      if wanted != nil, isOthers { if isCovered { seen.covered += 1 } else { seen.lacking += 1 } }

      let held = HeldPapers.list(snapshot)
      let inForce = Set(held.filter { $0.isInForce(on: snapshot.asOf) }.map(\.file))
      let expected = Set(papers.indices.filter { papers[$0].speaks(on: day) }.map { "paper-\($0).pdf" })
      #expect(inForce == expected, "\(about)")

      var ending: Set<String> = []
      for (index, paper) in papers.enumerated() {
        guard let last = paper.through, last < "2027-12-31", paper.speaks(on: day) else { continue }
        // Day by day: is its last one among the next ninety?
        guard (0...90).contains(where: { NaiveHours.adding($0, .day, to: day) == last }) else { continue }
        let next = NaiveHours.adding(1, .day, to: last)
        if papers.contains(where: { $0.kind == paper.kind && $0.speaks(on: next) }) {
          seen.followed += 1
        } else {
          ending.insert("paper-\(index).pdf")
        }
      }
      if !ending.isEmpty { seen.ending += 1 }
      #expect(Set(HeldPapers.ending(held, on: snapshot.asOf).map(\.file)) == ending, "\(about)")
    }
    #expect(
      RandomPromiseTests.histories < 50
        || (seen.lacking > 5 && seen.covered > 3 && seen.ending > 3 && seen.followed > 1), "\(seen)")
  }
}
