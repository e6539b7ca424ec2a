import Agreements
import Catalogs
import Ownership
import Statements
import Testing
import TestSupport

/// Clauses of an agreement, held against who has joined and what is adopted.
struct AgreementClauseCheckTests {
  private static func outcome(_ more: String) throws -> AgreementCheck.Outcome {
    let log = try LogBuilder.company()
    try log.leave("onsite/soc", by: "onsite/jane")
    let text = LogBuilder.agreement(more: more)
    guard case .read(let document, let sources) = EngagementDocument.read(Array(text.utf8)) else {
      throw CaseError(reason: "the agreement cannot be read: \(more)")
    }
    let functions = try #require(BundledCatalogs.bytes(of: "it-functions"))
    let catalogs = [
      try Catalog(parsing: LogBuilder.catalog, framework: "demo"),
      try Catalog(parsing: functions, framework: "it-functions"),
    ]
    return try AgreementCheck.run(
      document, sources, state: log.verdicts().state, finder: ControlFinder(catalogs: catalogs),
      library: log.library, today: day("2026-01-02"))
  }

  @Test(arguments: [
    "hours: [{ id: a, party: onsite, domains: patch-management, hours: 20 }]",
    "escalation: [{ id: a, steps: [{ who: onsite/jane, within: 1 hour }, { who: acme/bo, within: 1 day }] }]",
    "escalation: [{ id: a, steps: [{ who: onsite, within: 1 hour }] }]",
    """
    contacts: [{ id: acme/chief, name: Chief }]
    escalation: [{ id: a, steps: [{ who: acme/chief, within: 1 hour }] }]
    """,
    "notes: [{ controls: demo/2.2, client: keeps it }, { domains: patch-management, provider: patches }]",
  ])
  func `clauses that name what there is have no fault`(_ more: String) throws {
    #expect(try Self.outcome(more).faults.map(\.message) == [])
  }

  @Test(arguments: [
    ("hours: [{ id: a, party: nobody, domains: patch-management, hours: 20 }]", "no party 'nobody' has joined"),
    ("hours: [{ id: a, party: onsite, domains: weather, hours: 20 }]", "there is no domain 'weather'"),
    (
      "escalation: [{ id: a, steps: [{ who: acme/chief, within: 1 hour }] }]",
      "no member 'acme/chief' has joined, and no contact of that id is listed"
    ),
    ("escalation: [{ id: a, steps: [{ who: onsite/soc, within: 1 hour }, { who: acme, within: 1 day }] }]", "has left"),
    (
      "escalation: [{ id: a, steps: [{ who: onsite/jane, within: 1 hour }] }]",
      "must be a person of 'acme', or a party, here 'onsite'"
    ),
    ("contacts: [{ id: nobody/chief, name: Chief }]", "no party 'nobody' has joined"),
    ("contacts: [{ id: onsite/soc, name: Soc }]", "was a member and has left"),
    ("notes: [{ controls: demo/9.9, client: keeps it }]", "no adopted framework has the control 'demo/9.9'"),
  ])
  func `a clause that names what there is not has a fault`(_ more: String, _ expected: String) throws {
    let faults = try Self.outcome(more).faults
    #expect(faults.count == 1 && faults.first?.message.contains(expected) == true, "\(faults)")
    #expect(faults.first?.line ?? 0 > 0)
  }

  @Test func `a contact who is a member by now is remarked`() throws {
    let outcome = try Self.outcome("contacts: [{ id: acme/kim, name: Kim }]")
    #expect(outcome.faults.isEmpty && outcome.remarks.contains { $0.message.contains("is a member by now") })
  }
}
