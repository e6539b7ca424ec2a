import Foundation
import TestSupport
import Testing

/// Whom to turn to: owners, their word, the steps with their hours, and who has left.
struct WhomTests {
  private static let agreement = """
    id: acme-onsite
    model: managed
    client: acme
    providers: [onsite]
    term: { from: 2026-01-01, through: 2099-12-31 }
    contacts:
      - { id: acme/plant-manager, name: Plant Manager }
    escalation:
      - { id: outage, domains: [network-monitoring], severity: critical, steps: [{ who: onsite/jane, within: 15 minutes, by: phone }, { who: acme/kim, within: 4 hours }, { who: acme/plant-manager, within: 1 day }] }
      - { id: anything, steps: [{ who: acme, within: 2 days }] }

    """

  private static func house() throws -> Workplace {
    let place = try SampleHouse.copy()
    try place.folder.write(Array(agreement.utf8), to: "desk/new.yaml")
    try place.prepare(
      ("acme/bo", "custody member add kim.card || true"),
      ("acme/bo", "custody engagement apply new.yaml --yes"), ("onsite/jane", "custody accept --yes"))
    return place
  }

  @Test func `each step has its hour, counted from the beginning`() throws {
    let place = try Self.house()
    // Rules hold from the day on which they are agreed: a day on which all of it does.
    let line = "custody whom network-monitoring --severity critical --at 2098-05-04T03:00:00.000Z"
    let ended = try place.shell(line)
    #expect(ended.status == 0, "\(ended.talk)")
    for expected in [
      "accountable", "Onsite Services (onsite)", "on the word of", "onsite/jane (entry", "2098-05-04T03:15Z",
      "2098-05-04T07:15Z", "2098-05-05T07:15Z", "Plant Manager (acme/plant-manager)", "phone", "2098-05-06T03:00Z",
    ] {
      #expect(ended.output.contains(expected), "\(expected): \(ended.output)")
    }
    let json = try place.shell("\(line) --format json").object
    #expect((json["escalation"] as? [Any])?.count == 2)
  }

  @Test func `steps for another severity or domain are left out`() throws {
    let place = try Self.house()
    let low = try place.shell("custody whom network-monitoring --severity low --at 2098-05-04T03:00:00.000Z").output
    #expect(!low.contains("'outage'") && low.contains("'anything'"), "\(low)")
    let other = try place.shell("custody whom help-desk --at 2098-05-04T03:00:00.000Z").output
    #expect(!other.contains("'outage'") && other.contains("'anything'"), "\(other)")
  }

  @Test func `a severity that no escalation has says which there are, and one that some have does not`() throws {
    let place = try Self.house()
    let at = "--at 2098-05-04T03:00:00.000Z"
    let low = try place.shell("custody whom network-monitoring --severity P1 \(at)").output
    #expect(low.contains("No escalation is for severity 'P1' by name: there are steps for 'critical'"), "\(low)")
    let high = try place.shell("custody whom network-monitoring --severity CRITICAL \(at)").output
    #expect(high.contains("'outage'") && !high.contains("No escalation is for"), "\(high)")
    let only = Self.agreement.replacingOccurrences(
      of: "      - { id: anything, steps: [{ who: acme, within: 2 days }] }\n", with: ""
    )
    .replacingOccurrences(of: "  - { id: anything, steps: [{ who: acme, within: 2 days }] }\n", with: "")
    try place.folder.write(Array(only.utf8), to: "desk/only.yaml")
    try place.prepare(
      ("acme/bo", "custody engagement apply only.yaml --yes"), ("onsite/jane", "custody accept --yes || true"))
    let night = try place.shell("custody whom network-monitoring --severity P1 \(at)").output
    #expect(night.contains("'outage'") && night.contains("2098-05-04T03:15Z"), "\(night)")
    #expect(!night.contains("No agreement that holds has steps"), "\(night)")
  }

  @Test func `who has left is named as such, and nobody is nobody`() throws {
    let place = try Self.house()
    try place.prepare(("acme/bo", "custody member remove acme/kim --yes"))
    let ended = try place.shell("custody whom network-monitoring --at 2098-05-04T03:00:00.000Z").output
    #expect(ended.contains("(acme/kim), who has left"), "\(ended)")
    let before = try place.shell("custody whom network-monitoring --at 2026-01-01T03:00:00.000Z").output
    #expect(before.contains("NOBODY") || before.contains("onsite"), "\(before)")
    let typo = try place.shell("custody whom network-monitorin")
    #expect(typo.status == 64 && typo.talk.contains("did you mean 'network-monitoring'"), "\(typo.talk)")
  }

  @Test func `of two that claim one function both are named, and of one that yields only the other`() throws {
    let place = try Self.house()
    let own = { (line: String) in
      "printf '%s\\n' 'id: acme-own' 'model: co-managed' 'client: acme' 'providers: [onsite]' \(line) "
        + "'term: { from: 2026-01-01, through: 2099-12-31 }' 'scope:' "
        + "'  - { domains: [patch-management], accountable: acme, responsible: [acme/bo] }' > own.yaml"
    }
    try place.prepare(("acme/bo", own("")), ("acme/bo", "custody engagement apply own.yaml --yes"))
    let line = "custody whom patch-management --at 2098-05-04T03:00:00.000Z | tr -s ' \n' ' '"
    let both = try place.shell(line).output
    #expect(both.contains("NOBODY: contested"), "\(both)")
    #expect(both.contains("for onsite;") && both.contains("acme-own, entry") && both.contains("for acme"), "\(both)")
    try place.prepare(
      ("acme/bo", own("'yields-to: [acme-onsite]'")), ("acme/bo", "custody engagement apply own.yaml --yes"))
    let one = try place.shell(line).output
    #expect(one.contains("accountable Onsite Services (onsite)") && !one.contains("acme-own"), "\(one)")
  }
}
