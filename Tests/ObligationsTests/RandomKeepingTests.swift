import Foundation
import Crypto
import Obligations
import Ownership
import Statements
import TestSupport
import Testing

/// How long evidence has to be kept, over random histories, against a reading of the laws that knows no shortcut.
struct RandomKeepingTests {
  /// Years of a law, and the days from which they may count, by the framework.
  private static let laws: [String: (cites: String, isByAssessment: Bool)] = [
    "hipaa-security": ("45 CFR 164.316(b)(2)(i)", false), "cmmc-level-1": ("32 CFR 170.15", true),
    "cmmc-level-2": ("32 CFR 170.17", true), "cmmc-level-3": ("32 CFR 170.18", true),
  ]

  private static func day(_ random: inout SeededRandom) -> String {
    // The ends of months, and of February in leap years, are where years go wrong.
    let near = ["2024-02-29", "2026-02-28", "2027-12-31", "2028-02-29"].randomElement(using: &random) ?? "2024-02-29"
    return NaiveHours.adding(
      Bool.random(using: &random) ? 0 : Int.random(in: -900...900, using: &random), .day, to: near)
  }

  private static func some(_ random: inout SeededRandom) -> String? {
    Bool.random(using: &random) ? day(&random) : nil
  }

  @Test(arguments: RandomPromiseTests.seeds)
  func `what may go on a day is what no law and nobody keeps on it`(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var seen = (free: 0, kept: 0, undated: 0)
    for _ in 0..<RandomPromiseTests.histories {
      let history = random.next()
      var own = SeededRandom(seed: history)
      let recorded = Self.day(&own)
      let (through, retain, replaced, assessed) = (
        Self.some(&own), Self.some(&own), Self.some(&own), Self.some(&own)
      )
      let frameworks = Set(
        (Array(Self.laws.keys.sorted()) + ["soc2", "nist-800-171-r2"]).filter { _ in
          Int.random(in: 0..<3, using: &own) == 0
        })

      var evidence = Evidence(controls: ["x/1"])
      evidence.through = through.flatMap { Day($0) }
      evidence.retainUntil = retain.flatMap { Day($0) }
      let record = EvidenceRecord(
        entry: 7, statement: SHA256.hash("s"), party: "acme", member: "acme/bo", keyID: SHA256.hash("k"),
        recorded: try #require(Instant("\(recorded)T10:00:00.000Z")), evidence: evidence)
      let reasons = RetentionRules.reasons(
        RetentionRules.Subject(
          record, frameworks: frameworks, replaced: replaced.flatMap { Day($0) },
          assessed: assessed.flatMap { Day($0) }))

      // Every day from which a law may count, six years on: it keeps until the last of them.
      var keeps: [String] = []
      for framework in frameworks.sorted() {
        guard let law = Self.laws[framework] else { continue }
        let starts = [recorded, through, law.isByAssessment ? assessed : replaced].compactMap { $0 }
        keeps.append(starts.map { NaiveHours.adding(6, .year, to: $0) }.sorted().last ?? recorded)
        let isNamed = reasons.contains { $0.text.hasPrefix(law.cites + ":") }
        #expect(isNamed, "history \(history): \(law.cites) is not named")
      }
      if let retain { keeps.append(retain) }
      let found = reasons.map { "\($0.until)" }
      let expected = keeps.sorted(by: >)
      #expect(found == expected, "history \(history): \(found), by hand \(expected)")

      // On its last day the evidence has to be there, on the next it may go; under a hold it never may.
      let day = Day(Self.day(&own)) ?? record.recorded.day
      for isHeld in [true, false] {
        for offset in [-1, 0, 1, 2] {
          let last = expected.first ?? "\(day)"
          let day = NaiveHours.adding(offset, .day, to: last)
          let keeping = keeps.filter { $0 >= day }
          let word = isHeld ? "held" : keeps.isEmpty ? "no-rule" : keeping.isEmpty ? "may-go" : "kept"
          let fate = RetentionRules.fate(reasons, isHeld: isHeld, on: try #require(Day(day)))
          #expect(fate.rawValue == word, "history \(history): on \(day)")
          switch fate {
          case .free: seen.free += 1
          case .kept: seen.kept += 1
          case .undated: seen.undated += 1
          case .held: break
          }
        }
      }
    }
    #expect(RandomPromiseTests.histories < 50 || (seen.free > 20 && seen.kept > 20 && seen.undated > 3), "\(seen)")
  }
}
