import Foundation
import TestSupport
import Testing

/// What `engagement check` and `show` say of papers before they are missed.
struct PaperForecastTests {
  private func place(_ papers: String) throws -> Workplace {
    let place = try SampleHouse.copy()
    let agreement = """
      id: other
      model: co-managed
      client: acme
      providers: [onsite]
      term: { from: 2026-01-01, through: 2099-12-31 }
      notice: 90 days
      frameworks: [hipaa-security]
      scope:
        - { domains: [backup-recovery], accountable: onsite, responsible: [onsite/jane] }
      \(papers)

      """
    try place.write(agreement, to: "other.yaml")
    try place.write("between both sides", to: "baa.txt")
    try place.prepare(("acme/bo", "custody framework adopt hipaa-security --effective 2026-01-01"))
    return place
  }

  private func smells(_ place: Workplace) throws -> [String] {
    let checked = try place.shell("custody engagement check other.yaml --format json")
    #expect(checked.status == 0, "\(checked.output)\(checked.talk)")
    return (checked.object["smells"] as? [[String: Any]] ?? []).compactMap { $0["message"] as? String }
  }

  private func remarks(_ place: Workplace) throws -> [String] {
    try place.prepare(("acme/bo", "custody engagement apply other.yaml --yes"))
    return try place.shell("custody engagement show other --format json").object["papers"] as? [String] ?? []
  }

  @Test func `a provider without a business associate agreement is told before anybody signs, and until it is there`()
    throws
  {
    let bare = try place("")
    #expect(try smells(bare).contains { $0.contains("'onsite' would hold") && $0.contains("no-baa") })
    #expect(try remarks(bare).contains { $0.contains("no-baa") })
    let shown = try bare.shell("custody engagement show other")
    #expect(shown.output.contains("papers: 'onsite' would hold"), "\(shown.output)")
    let papers = try place("papers:\n  - { file: baa.txt, kind: business-associate-agreement }")
    #expect(try !smells(papers).contains { $0.contains("no-baa") })
    #expect(try remarks(papers).isEmpty)
  }

  @Test func `a paper that ends before the term is told with its line`() throws {
    let place = try place("papers:\n  - { file: baa.txt, kind: business-associate-agreement, through: 2098-12-31 }")
    #expect(try smells(place).contains { $0.hasPrefix("'baa.txt' (business-associate-agreement) ends on 2098-12-31") })
    let text = try place.shell("custody engagement check other.yaml").output
    #expect(text.contains("other.yaml: smell: line 11"), "\(text)")
    #expect(try remarks(place).count == 1)
  }
}
