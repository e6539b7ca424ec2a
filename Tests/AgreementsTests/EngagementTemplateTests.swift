@testable import Agreements
import Statements
import Testing

struct EngagementTemplateTests {
  private let domains = [
    ("governance", "Governance and leadership"), ("identity-access", "User access management"),
    ("personnel-security", "Personnel security"), ("physical-security", "Physical security"),
    ("help-desk", "Help desk and user support"), ("patch-management", "Patch management"),
    ("mobile-devices", "Mobile and employee-owned devices"), ("network-monitoring", "Network monitoring"),
    ("incident-communication", "Incident communication"),
  ].map { EngagementTemplate.Domain(id: $0.0, title: $0.1) }

  private func template(_ model: EngagementDocument.Model, frameworks: [String] = ["nist-800-171-r2"]) throws -> String
  {
    EngagementTemplate.text(
      model: model, client: "acme", providers: model == .inHouse ? [] : ["onsite"],
      from: try #require(Day("2026-01-01")), frameworks: frameworks, domains: domains)
  }

  /// Every commented-out part made real.
  private func uncommented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.hasPrefix("#  ") { return String(line.dropFirst()) }
      let isField = [
        "# scope:", "# duties:", "# service-levels:", "# effective:", "# statement-of-work:",
        "# frameworks:", "# yields-to:", "# hours:", "# escalation:", "# papers:", "# notice:", "# contacts:",
        "# notes:",
      ].contains { line.hasPrefix($0) }
      return String(isField ? line.dropFirst(2) : line)
    }.joined(separator: "\n")
  }

  @Test func `a co-managed template leaves the client its usual duties and the rest to nobody`() throws {
    let text = try template(.coManaged)
    let document = try #require(agreement(text))
    #expect(document.id == "acme-onsite")
    #expect(document.termThrough == Day("2027-12-31"))
    #expect(
      document.scope.map(\.target) == [
        .domains(["governance"]), .domains(["personnel-security"]), .domains(["physical-security"]),
        .domains(["help-desk"]), .domains(["mobile-devices"]), .domains(["incident-communication"]),
      ])
    #expect(document.scope.allSatisfy { $0.accountable == "acme" })
    #expect(text.contains("#  - { domains: [patch-management], accountable: onsite }"))
    #expect(text.contains("Nobody yet"))
  }

  @Test(arguments: [EngagementDocument.Model.managed, .coManaged, .inHouse])
  func `every template is valid, as it stands and with all its comments taken away`(
    model: EngagementDocument.Model
  ) throws {
    for frameworks in [[], ["nist-800-171-r2", "soc2"]] {
      let text = try template(model, frameworks: frameworks)
      let document = try #require(agreement(text))
      #expect(document.model == model)
      #expect(document.frameworks == (frameworks.isEmpty ? nil : frameworks))
      let whole = try #require(agreement(uncommented(text)))
      let named = whole.scope.flatMap { line -> [String] in
        if case .domains(let names) = line.target { names } else { [] }
      }
      #expect(Set(named) == Set(domains.map(\.id)))
      #expect(whole.duties.count == 8)
      #expect(whole.serviceLevels.count == 1)
      #expect(whole.hours.count == 1 && whole.papers.count == 3 && whole.notes.count == 1)
      #expect(whole.escalation.map(\.steps.count) == [2] && whole.contacts.count == 2)
      #expect(whole.notice == TimeSpan(90, .day))
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 120 })
    }
  }

  @Test func `names as long as they may be give an identifier`() throws {
    let long = String(repeating: "a", count: 30) + "b1"
    let text = EngagementTemplate.text(
      model: .managed, client: long, providers: [long], from: try #require(Day("2026-01-01")), frameworks: [],
      domains: domains)
    #expect(agreement(text)?.id == long)
  }
}
