package import Catalogs
package import Statements

/// The commented document that an agreement starts from.
package enum EngagementTemplate {
  /// An IT function that a line can carve out.
  package struct Domain: Sendable {
    package let id: String
    package let title: String

    package init(id: String, title: String) {
      self.id = id
      self.title = title
    }
  }

  /// What the template shows lines of: names that the store knows, where it has adopted any.
  package struct Sample: Sendable {
    package var frameworks = ["nist-800-171-r2"]
    package var family = "nist-800-171-r2/3.6"
    package var control = "nist-800-171-r2/3.1.1"

    /// Names of adopted catalogs; NIST SP 800-171's where none has a family and a control to carve out.
    package init(_ catalogs: [Catalog] = []) {
      let own = catalogs.filter { $0.framework != ControlFinder.functions }
      if !own.isEmpty { frameworks = own.map(\.framework) }
      for catalog in own {
        // Brackets would have to be quoted in a list.
        let plain = catalog.controls.filter { $0.sameAs.isEmpty && !$0.id.description.utf8.contains(UInt8(ascii: "[")) }
        guard let control = plain.first(where: { $0.retained == nil }), let family = plain.last?.families.last
        else { continue }
        (self.family, self.control) = (family.description, control.id.description)
        return
      }
    }
  }

  /// What most clients keep when they share the work.
  private static let keptUnderCoManagement = [
    "governance", "physical-security", "personnel-security", "mobile-devices", "incident-communication", "help-desk",
  ]

  /// A document that is valid as it stands and names every domain, in a line or as one that nobody has yet.
  ///
  /// - Parameters:
  ///   - from: The term's first day; it is made to last two years.
  ///   - frameworks: None means all that are adopted.
  ///   - sample: What the commented lines name.
  package static func text(
    model: EngagementDocument.Model, client: String, providers: [String], from: Day, frameworks: [String],
    domains: [Domain], sample: Sample = Sample()
  ) -> String {
    let provider = providers.first ?? client
    let parties = ([client] + providers).joined(separator: " and ")
    var lines = [
      "# Who answers for what\(providers.isEmpty ? " at" : ", between") \(parties).",
      "# Change what does not fit, run 'custody engagement check' on it, then 'custody engagement apply'.",
      "",
      field("id: \(id(client: client, providers: providers))", "stays the same in every later version"),
      field("model: \(model.rawValue)", modelComment(model)),
      field("client: \(client)", "whose controls these are"),
    ]
    if model != .inHouse {
      lines.append(field("providers: [\(providers.joined(separator: ", "))]", "who does some of the work"))
    }
    let through = from.adding(months: 24).adding(days: -1)
    lines.append(field("term: { from: \(from), through: \(through) }", "both days included"))
    lines.append(field("# effective: \(from)", "the first day this version speaks for"))
    lines.append(field("# statement-of-work: sow.pdf", "a file beside this one; it is kept in the store"))
    let names = frameworks.isEmpty ? sample.frameworks : frameworks
    lines.append(
      field(
        "\(frameworks.isEmpty ? "# " : "")frameworks: [\(names.joined(separator: ", "))]",
        "without it, all that are adopted"))
    lines.append(field("# yields-to: []", "engagements whose lines win over these"))
    lines.append("")
    lines += scope(model: model, client: client, provider: provider, from: from, domains: domains, sample: sample)
    lines.append("")
    lines += promises(
      model: model, client: client, provider: provider, from: from, domains: domains, sample: sample)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func modelComment(_ model: EngagementDocument.Model) -> String {
    switch model {
    case .managed: "what no line names is the provider's, or stays put by custom"
    case .coManaged: "what no line names is nobody's, and shows up as unowned"
    case .inHouse: "what no line names is the client's"
    }
  }

  private static func scope(
    model: EngagementDocument.Model, client: String, provider: String, from: Day, domains: [Domain],
    sample: Sample
  ) -> [String] {
    let kept = model == .coManaged ? domains.filter { keptUnderCoManagement.contains($0.id) } : []
    let open = domains.filter { domain in !kept.contains { $0.id == domain.id } }
    var lines = [
      "# Each line names domains, families or controls, and exactly one party that is accountable.",
      kept.isEmpty ? "# scope:" : "scope:",
    ]
    if !kept.isEmpty {
      lines.append("  # What a client usually keeps; give a line to '\(provider)', or put a # before it, as you agree.")
      lines += kept.map { line($0, party: client, prefix: "  - ") }
    }
    if !open.isEmpty {
      let heading =
        switch model {
        case .coManaged: "Nobody yet: take the # away from what '\(provider)' takes over, or name '\(client)'."
        case .managed: "As the model has it: take the # away from what '\(client)' keeps."
        case .inHouse: "All '\(client)', as the model has it: take the # away to say who does the work."
        }
      lines.append("  # \(heading)\(kept.isEmpty ? " And the # before 'scope:'." : "")")
      let party = model == .coManaged ? provider : client
      lines += open.map { line($0, party: party, prefix: "#  - ") }
    }
    let later = from.adding(months: 2)
    return lines + [
      "  # A line for an objective wins over its control's, that over its family's, that over its domain's.",
      "#  - { families: \(sample.family), accountable: \(provider), evidence-every: quarter }",
      "#  - { controls: \(sample.control), accountable: \(client), responsible: [\(client)/jane], from: \(later) }",
    ]
  }

  private static func line(_ domain: Domain, party: String, prefix: String) -> String {
    field("\(prefix){ domains: [\(domain.id)], accountable: \(party) }", domain.title, column: 70)
  }

  private static func promises(
    model: EngagementDocument.Model, client: String, provider: String, from: Day, domains: [Domain], sample: Sample
  ) -> [String] {
    let domain = domains.first { $0.id == "network-monitoring" }?.id ?? domains.first?.id ?? "network-monitoring"
    return [
      "# What is promised in numbers. 'every' is one of day, week, month, quarter, half-year, year.",
      "# service-levels:",
      "#  - { id: uptime, party: \(provider), domains: [\(domain)], target: \">= 99.9\", unit: \"%\", every: month }",
      "",
      "# What is owed regularly, or once within so many days of the term's first day.",
      "# duties:",
      "#  - { id: steering-committee, title: Steering committee minutes, party: \(client), every: quarter }",
      "#  - { id: monthly-operations, title: Operational review minutes, party: \(provider), every: month }",
      "#  - { id: access-review, title: Review of who has access, party: \(client), every: quarter }",
      "#  - { id: restore-test, title: Restore test, party: \(provider), every: half-year }",
      "# The first ninety days, which 'custody report duties --first-days' shows as a plan:",
      "#  - { id: access, title: Access handed over and listed, party: \(client), within: 14 days }",
      "#  - { id: onboarding, title: Knowledge transfer, party: \(client), within: 60 days }",
      "#  - { id: documentation, title: Documentation of what it runs, party: \(provider), within: 90 days }",
      "#  - { id: process-map, title: Process map, party: \(provider), within: 90 days }",
    ] + clauses(client: client, provider: provider, domain: domain, from: from, sample: sample)
  }

  /// What else can be agreed, and what helps those who read it.
  private static func clauses(
    client: String, provider: String, domain: String, from: Day, sample: Sample
  ) -> [String] {
    let last = from.adding(months: 36).adding(days: -1)
    return [
      "",
      "# Hours that are paid for ahead; what is not drawn goes forward for as long as 'rollover' says.",
      "# hours:",
      "#  - { id: support, party: \(provider), domains: [\(domain)], hours: \"20\", every: month, rollover: 3 months }",
      "",
      "# Whom to turn to, in order; the last is a person of the client, or a party.",
      "# escalation:",
      "#  - { id: outage, domains: [\(domain)], severity: critical, steps: [",
      "#      { who: \(provider)/desk, within: 15 minutes, by: phone }, { who: \(client), within: 4 hours }] }",
      "",
      "# What else is in force: files beside this one, kept in the store.",
      "# papers:",
      "#  - { file: baa.pdf, kind: business-associate-agreement, from: \(from), through: \(last) }",
      "#  - { file: matrix.pdf, kind: responsibility-matrix }",
      "# What a missed level gives back, in the columns level, value (as in '< 99.9') and credit (as in '10 %'):",
      "#  - { file: credits.csv, kind: service-credits }",
      "",
      field("# notice: 90 days", "how long before the term's end it must be given notice"),
      "",
      "# People who hold no key and may be named all the same.",
      "# contacts:",
      "#  - { id: \(client)/plant-manager, name: Plant manager }",
      "#  - { id: \(provider)/desk, name: Service desk }",
      "",
      "# What each side does, for those who read the matrix; nothing follows from it.",
      "# notes:",
      "#  - { controls: \(sample.control), client: reviews the weekly report, provider: keeps the logs }",
    ]
  }

  /// A field, and a comment beside it that begins in one column with the others as far as it can.
  private static func field(_ text: String, _ comment: String, column: Int = 50) -> String {
    let plain = comment.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    guard plain else { return text }
    return text + String(repeating: " ", count: max(2, column - text.utf8.count)) + "# " + comment
  }

  /// `acme-onsite`, cut to what an identifier may be long.
  private static func id(client: String, providers: [String]) -> String {
    let whole = "\(client)-\(providers.first ?? "in-house")"
    var bytes = Array(whole.utf8.prefix(32))
    while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
