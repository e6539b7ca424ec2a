import Foundation
import TestSupport
import Testing

/// What becomes of an agreement's end once it is renewed or ended early, and of a version that speaks from a later day.
struct RenewalTests {
  private static func agreement(_ id: String = "acme-onsite", through: String, _ more: String = "") -> String {
    """
    id: \(id)
    model: managed
    client: acme
    providers: [onsite]
    term: { from: 2026-01-01, through: \(through) }
    frameworks: [house]
    notice: 90 days
    \(more)

    """
  }

  private static func day(_ days: Int, _ place: Workplace) throws -> String {
    try place.shell("days \(days)").output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A house whose agreement ends in a hundred days.
  private static func house() throws -> (place: Workplace, last: String) {
    let place = try SampleHouse.copy()
    let last = try day(100, place)
    try place.write(agreement(through: last), to: "short.yaml")
    try place.prepare(("acme/bo", "custody engagement apply short.yaml --yes"), ("onsite/jane", "custody accept --yes"))
    return (place, last)
  }

  private static func endings(_ place: Workplace) throws -> [[String: Any]] {
    try place.shell("custody status --format json").object["endings"] as? [[String: Any]] ?? []
  }

  @Test func `a renewal that both accepted moves the end, and one that lacks a word does not`() throws {
    let (place, last) = try Self.house()
    let before = try Self.endings(place)
    #expect(before.count == 1 && before.first?["lastDay"] as? String == last, "\(before)")
    #expect((before.first?["units"] as? Int ?? 0) > 0 && before.first?["noticeBy"] is String)
    try place.write(
      Self.agreement(through: "2099-12-31", "effective: \(try Self.day(101, place))"), to: "renewal.yaml")
    try place.prepare(("acme/bo", "custody engagement apply renewal.yaml --yes"))
    #expect(try Self.endings(place).first?["lastDay"] as? String == last)
    try place.prepare(("onsite/jane", "custody accept --yes"))
    #expect(try Self.endings(place).isEmpty)
  }

  @Test func `an early end is told in place of the term`() throws {
    let (place, _) = try Self.house()
    let on = try Self.day(50, place)
    try place.prepare(("acme/bo", "custody engagement end acme-onsite --on \(on) --yes"))
    let found = try Self.endings(place)
    #expect(found.count == 1, "\(found)")
    #expect(found.first?["lastDay"] as? String == (try Self.day(49, place)))
    #expect(found.first?["early"] as? Bool == true && !(found.first?["noticeBy"] is String))
    #expect(try place.shell("custody status").output.contains("before its term"))
    // A later end changes nothing and is not signed; an earlier one is.
    let later = try place.shell("custody engagement end acme-onsite --on \(try Self.day(60, place)) --yes")
    #expect(later.status == 64 && later.talk.contains("ends on \(on) already"), "\(later.talk)")
    let sooner = try place.shell("custody engagement end acme-onsite --on \(try Self.day(40, place)) --yes")
    #expect(sooner.status == 0, "\(sooner.talk)")
  }

  @Test func `what another agreement goes on to hold does not lapse`() throws {
    let (place, _) = try Self.house()
    let all = try #require(try Self.endings(place).first?["units"] as? Int)
    let line =
      "yields-to: [acme-onsite]\nscope:\n  - { controls: house/1.1, accountable: onsite, responsible: [onsite/jane] }"
    let other = Self.agreement("other", through: "2099-12-31", line)
      .replacingOccurrences(of: "model: managed", with: "model: co-managed")
    try place.write(other, to: "other.yaml")
    try place.prepare(
      ("acme/bo", "custody engagement apply other.yaml --yes"),
      ("onsite/jane", "custody accept --engagement other --yes"))
    let fewer = try #require(try Self.endings(place).first?["units"] as? Int)
    #expect(fewer == all - 2, "\(fewer) of \(all)")
  }

  @Test func `what was accepted is not signed again, and an earlier version that waits is`() throws {
    let place = try SampleHouse.copy()
    // The first version waits for the provider; a second one speaks from a later day on.
    try place.write(
      Self.agreement(through: "2099-12-31", "effective: \(try Self.day(30, place))"), to: "later.yaml")
    try place.prepare(("acme/bo", "custody engagement apply later.yaml --yes"))
    let line = "custody accept --engagement acme-onsite --yes"
    let first = try place.shell(line, as: "onsite/jane")
    #expect(first.status == 0 && !first.output.contains("nothing new"), "\(first.output)\(first.talk)")
    let second = try place.shell(line, as: "onsite/jane")
    #expect(second.status == 0 && !second.output.contains("nothing new"), "\(second.output)\(second.talk)")
    let third = try place.shell(line, as: "onsite/jane")
    #expect(third.status == 0 && third.output.contains("nothing new"), "\(third.output)\(third.talk)")
    #expect(!(try place.shell("custody status").output.contains("custody accept")))
    let declined = try place.shell(
      "custody accept --engagement acme-onsite --decline all --reason 'no staff' --yes", as: "onsite/jane")
    #expect(declined.status == 0 && !declined.output.contains("nothing new"), "\(declined.talk)")
  }

  @Test func `a diff shows term and notice, and finds the agreement in the file`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("onsite/jane", "custody accept --yes"))
    try place.write(Self.agreement(through: "2098-12-31"), to: "other.yaml")
    let ended = try place.shell("custody engagement diff 2090-01-01 other.yaml --as-of 2090-01-01")
    for expected in ["term: 2026-01-01 through 2098-12-31, before: 2026-01-01 through 2099-12-31", "notice: 90 days"] {
      #expect(ended.output.contains(expected), "\(ended.output)\(ended.talk)")
    }
    let same = try place.shell("custody engagement diff 2090-01-01 2091-01-01").output
    #expect(!same.contains("term:") && same.contains("nothing changes"), "\(same)")
    #expect(!same.contains("2090-01-01, on 2090-01-01"), "\(same)")
  }

  @Test func `a second agreement is told what another covers, and what nobody does`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("onsite/jane", "custody accept --yes"))
    let line = "scope:\n  - { controls: house/1.1, accountable: onsite, responsible: [onsite/jane] }"
    let other = Self.agreement("other", through: "2099-12-31", line)
      .replacingOccurrences(of: "model: managed", with: "model: co-managed")
      .replacingOccurrences(of: "from: 2026-01-01", with: "from: \(try Self.day(0, place))")
    try place.write(other, to: "other.yaml")
    let ended = try place.shell("custody engagement check other.yaml").output.replacing("\n", with: " ")
    #expect(ended.contains("'acme-onsite' covers 2 of them"), "\(ended)")
    #expect(ended.contains("other agreements cover"), "\(ended)")
    let renewal = Self.agreement(through: "2099-12-31")
    try place.write(renewal, to: "again.yaml")
    #expect(!(try place.shell("custody engagement check again.yaml").output.contains("other agreements cover")))
  }

  @Test func `a paper whose kind is nearly a known one smells, and one of one's own does not`() throws {
    let place = try SampleHouse.copy()
    func check(_ kind: String) throws -> String {
      try place.write("a paper", to: "paper.pdf")
      try place.write(
        Self.agreement(through: "2099-12-31", "papers: [{ file: paper.pdf, kind: \(kind) }]"), to: "papers.yaml")
      let ended = try place.shell("custody engagement check papers.yaml")
      return ended.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
    }
    for (kind, meant) in [
      ("baa", "business-associate-agreement"), ("crm", "responsibility-matrix"), ("matrix", "responsibility-matrix"),
      ("service-credit", "service-credits"), ("sow", "statement-of-work"),
    ] {
      let said = try check(kind)
      #expect(said.contains("nothing looks for a paper of kind '\(kind)'") && said.contains(meant), "\(kind): \(said)")
    }
    for kind in ["business-associate-agreement", "responsibility-matrix", "master-agreement", "nda", "amendment"] {
      #expect(!(try check(kind).contains("nothing looks for")), "\(kind)")
    }
    #expect(try check("BAA").contains("'business-associate-agreement'"))
    #expect(try check("BAA").contains("smells, and what it would change, are told once it is mended"))
  }

  @Test func `whoever leaves is still named where they are, and who is named nowhere is not`() throws {
    let place = try SampleHouse.copy()
    let more = """
      scope:
        - { controls: house/1.1, accountable: acme, responsible: [acme/kim] }
      escalation:
        - { id: outage, steps: [{ who: acme/bo, within: 15 minutes }, { who: acme/kim, within: 4 hours }] }
      """
    try place.write(Self.agreement(through: "2099-12-31", more), to: "named.yaml")
    try place.prepare(
      ("acme/bo", "custody engagement apply named.yaml --yes"), ("onsite/jane", "custody accept --yes"))
    let ended = try place.shell("custody member remove acme/kim --yes")
    #expect(ended.status == 0 && ended.talk.contains("still names acme/kim for 2 units"), "\(ended.talk)")
    #expect(ended.talk.contains("in the escalation outage, step 2"), "\(ended.talk)")
    let other = try SampleHouse.copy()
    try other.prepare(("onsite/jane", "custody accept --yes"))
    #expect(!(try other.shell("custody member remove acme/kim --yes").talk.contains("still names")))
  }
}
