@testable import Agreements
import Statements
import Testing

/// The document that the format's description shows.
let sampleAgreement = """
  id: acme-onsite                     # stable over versions
  model: co-managed                   # managed | co-managed | in-house
  client: acme
  providers: [onsite]                 # none under in-house
  term: { from: 2026-01-01, through: 2027-12-31 }
  effective: 2026-07-01               # this version speaks for dates from here on
  statement-of-work: sow-2026.pdf     # a file beside this one; kept in the store
  frameworks: [nist-800-171-r2]       # default: all that are adopted
  yields-to: []                       # engagements whose lines win over this one's
  scope:                              # each line: one of domains, families, controls (or objectives among them)
    - { domains: [endpoint-security, patch-management], accountable: onsite, responsible: [onsite/jane], consulted: [acme], informed: [acme/cfo] }
    - { families: nist-800-171-r2/3.6, accountable: onsite, responsible: [onsite/soc], evidence-every: quarter }
    - { controls: nist-800-171-r2/3.1.1, accountable: acme, responsible: [acme/bo], from: 2026-03-01 }
    - { controls: ["nist-800-171-r2/3.5.3[d]"], accountable: onsite, responsible: [onsite/jane] }
  service-levels:
    - { id: uptime, party: onsite, domains: [network-monitoring], target: ">= 99.9", unit: "%", every: month }
  duties:
    - { id: steering-committee, title: Steering committee minutes, party: acme, every: quarter }
    - { id: onboarding, title: Knowledge transfer and environment documentation, party: onsite, within: 90 days }
  hours:                              # block hours or a retainer
    - { id: security-block, party: onsite, domains: [cloud-security, security-logging], hours: "20", every: month, rollover: 3 months }
  escalation:                         # steps in order; the last must be a person of the client or a party
    - { id: outage, domains: [network-monitoring], severity: critical, steps: [{ who: onsite/soc, within: 15 minutes, by: phone }, { who: acme/cfo, within: 4 hours }] }
  papers:                             # what else is in force, kept in the store like the statement of work
    - { file: baa-2026.pdf, kind: business-associate-agreement, from: 2026-01-01, through: 2028-12-31 }
  notice: 90 days                     # how long before its end it must be given notice
  contacts:                           # people who hold no key
    - { id: acme/plant-manager, name: Plant manager }
  notes:                              # what each side does, as responsibility matrices tell it
    - { controls: nist-800-171-r2/3.3.1, client: reviews the weekly report, provider: keeps and forwards the logs }

  """

/// What a text reads as; nil, with every fault recorded, where it cannot be read.
func agreement(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> EngagementDocument? {
  switch EngagementDocument.read(Array(text.utf8)) {
  case .read(let document, _): return document
  case .unreadable(let faults):
    Issue.record("\(faults.map(\.description).joined(separator: "\n"))", sourceLocation: sourceLocation)
    return nil
  }
}

struct AgreementReadingTests {
  @Test func `the sample reads as what it says`() throws {
    let document = try #require(agreement(sampleAgreement))
    let expected = EngagementDocument(
      id: "acme-onsite", model: .coManaged, client: "acme", providers: ["onsite"],
      termFrom: try #require(Day("2026-01-01")), termThrough: try #require(Day("2027-12-31")),
      effective: Day("2026-07-01"), statementOfWork: "sow-2026.pdf", frameworks: ["nist-800-171-r2"], yieldsTo: [],
      scope: [
        ScopeLine(
          target: .domains(["endpoint-security", "patch-management"]), accountable: "onsite",
          responsible: ["onsite/jane"], consulted: ["acme"], informed: ["acme/cfo"], from: nil, through: nil,
          evidenceEvery: nil, line: 11),
        ScopeLine(
          target: .families(["nist-800-171-r2/3.6"]), accountable: "onsite", responsible: ["onsite/soc"],
          consulted: [], informed: [], from: nil, through: nil, evidenceEvery: "quarter", line: 12),
        ScopeLine(
          target: .controls(["nist-800-171-r2/3.1.1"]), accountable: "acme", responsible: ["acme/bo"], consulted: [],
          informed: [], from: Day("2026-03-01"), through: nil, evidenceEvery: nil, line: 13),
        ScopeLine(
          target: .controls(["nist-800-171-r2/3.5.3[d]"]), accountable: "onsite", responsible: ["onsite/jane"],
          consulted: [], informed: [], from: nil, through: nil, evidenceEvery: nil, line: 14),
      ],
      serviceLevels: [
        ServiceLevel(
          id: "uptime", party: "onsite", domains: ["network-monitoring"], target: ">= 99.9", unit: "%", every: "month")
      ],
      duties: [
        Duty(id: "steering-committee", title: "Steering committee minutes", party: "acme", when: .every("quarter")),
        Duty(
          id: "onboarding", title: "Knowledge transfer and environment documentation", party: "onsite",
          when: .within(days: 90)),
      ],
      hours: [
        HourBlock(
          id: "security-block", party: "onsite", domains: ["cloud-security", "security-logging"], hours: "20",
          every: "month", rollover: TimeSpan(3, .month))
      ],
      escalation: [
        Escalation(
          id: "outage", domains: ["network-monitoring"], severity: "critical",
          steps: [
            .init(who: "onsite/soc", within: TimeSpan(15, .minute), by: "phone"),
            .init(who: "acme/cfo", within: TimeSpan(4, .hour), by: nil),
          ])
      ],
      papers: [
        Paper(
          file: "baa-2026.pdf", kind: "business-associate-agreement", from: Day("2026-01-01"),
          through: Day("2028-12-31"))
      ],
      notice: TimeSpan(90, .day), contacts: [Contact(id: "acme/plant-manager", name: "Plant manager")],
      notes: [
        Note(
          target: .controls(["nist-800-171-r2/3.3.1"]), client: "reviews the weekly report",
          provider: "keeps and forwards the logs")
      ])
    #expect(document == expected)
  }

  @Test func `what a clause may leave out is left out`() throws {
    let text = """
      id: a
      model: co-managed
      client: acme
      providers: [onsite]
      term: { from: 2026-01-01, through: 2026-12-31 }
      hours:
        - { id: once, party: onsite, domains: help-desk, hours: 7.5 }
      escalation:
        - { id: any, steps: [{ who: acme, within: 1 day }] }
      papers:
        - { file: sow.pdf, kind: insurance }
      notice: 1 days
      notes:
        - { domains: help-desk, provider: answers the phone }
      """
    let document = try #require(agreement(text))
    #expect(document.hours.map(\.every) == [nil] && document.hours.map(\.rollover) == [nil])
    #expect(document.escalation.map(\.domains) == [[]] && document.escalation[0].severity == nil)
    #expect(document.papers.map(\.from) == [nil] && document.allPapers.count == 1)
    #expect(document.notice == TimeSpan(1, .day) && document.notice?.description == "1 day")
    #expect(document.notes.map(\.client) == [nil])
    let sample = try #require(agreement(sampleAgreement))
    #expect(sample.allPapers.map(\.kind) == ["statement-of-work", "business-associate-agreement"])
  }

  @Test func `JSON is read too`() throws {
    let json = """
      {"id":"a","model":"in-house","client":"acme","term":{"from":"2026-01-01","through":"2026-12-31"},
       "scope":[{"controls":["soc2/CC6.1"],"accountable":"acme"}]}
      """
    let document = try #require(agreement(json))
    #expect(document.model == .inHouse)
    #expect(document.providers.isEmpty)
    #expect(document.scope.map(\.target) == [.controls(["soc2/CC6.1"])])
    #expect(document.frameworks == nil)
    let indented = json.replacing(",\"", with: ",\n\t\t\"")
    #expect(agreement(indented)?.scope.map(\.target) == document.scope.map(\.target))
  }

  @Test func `a scalar is what its field says, whatever it looks like`() throws {
    let text = """
      id: no
      model: managed
      client: 3
      providers: [null, 010]
      term: { from: 2026-01-01, through: 2026-12-31 }
      frameworks: []
      scope:
        - { controls: nist-800-171-r2/3.10, accountable: no }
      duties:
        - { id: y, title: 3.10, party: off, within: 1 day }
        - { id: "true", title: 2026-01-01, party: ~1, every: half-year }
      """
    guard case .unreadable(let faults) = EngagementDocument.read(Array(text.utf8)) else {
      Issue.record("'~1' is no party")
      return
    }
    #expect(faults.count == 1)
    let document = try #require(agreement(text.replacing("~1", with: "1e3")))
    #expect(document.id == "no")
    #expect(document.client == "3")
    #expect(document.providers == ["null", "010"])
    #expect(document.frameworks == [])
    #expect(document.scope.first?.target == .controls(["nist-800-171-r2/3.10"]))
    #expect(document.duties.map(\.title) == ["3.10", "2026-01-01"])
    #expect(document.duties.map(\.when) == [.within(days: 1), .every("half-year")])
  }

  @Test func `block style, a byte order mark and carriage returns change nothing`() throws {
    let text = """
      \u{feff}id: a
      model: managed
      client: acme
      providers:
        - onsite
      term:
        from: 2026-01-01
        through: 2026-12-31
      scope:
        - domains:
            - help-desk
          accountable: onsite

      """
    let windows = text.replacing("\n", with: "\r\n")
    let document = try #require(agreement(text))
    #expect(document.scope.first?.line == 10)
    #expect(agreement(windows) == document)
  }

  @Test func `positions lead to each value, or to the innermost one around it`() throws {
    guard case .read(_, let sources) = EngagementDocument.read(Array(sampleAgreement.utf8)) else {
      Issue.record("the sample is unreadable")
      return
    }
    #expect(sources.position("client") == SourcePosition(line: 3, column: 9))
    #expect(sources.position("providers", 0) == SourcePosition(line: 4, column: 13))
    #expect(sources.position("scope", 0, "domains", 1) == SourcePosition(line: 11, column: 36))
    #expect(sources.position("scope", 1, "families", 0) == SourcePosition(line: 12, column: 17))
    #expect(sources.position("scope", 1, "through") == SourcePosition(line: 12, column: 5))
    #expect(sources.position("scope", 9) == SourcePosition(line: 11, column: 3))
    #expect(sources.position("duties", 1, "party") == SourcePosition(line: 19, column: 87))
    #expect(SourceMap().position("scope", 0) == .unknown)
  }
}
