internal import Findings
internal import Statements

extension SchemaReader {
  /// `{ id: security-block, party: onsite, domains: [cloud-security], hours: "20", every: month, rollover: 3 months }`
  mutating func hourBlock(_ node: YAMLNode) -> HourBlock? {
    let known = ["id", "party", "domains", "hours", "every", "rollover"]
    guard let fields = fields(of: node, "the block of hours", known: known) else { return nil }
    let id = required("id", fields).flatMap { identifier($0, "id") }
    let party = required("party", fields).flatMap { identifier($0, "party") }
    let domains = required("domains", fields).flatMap { domainNames($0, "the block of hours") }
    let hours = required("hours", fields).flatMap { node in
      text(node, "hours", "a number of hours, as in \"20\" or \"7.5\"") { SchemaReader.isHours($0) }
    }
    let every = fields.node["every"].flatMap { cadence($0, "every") }
    let rollover = fields.node["rollover"].flatMap { timeSpan($0, "rollover", [.day, .week, .month, .year]) }
    guard let id, let party, let domains, let hours else { return nil }
    return HourBlock(id: id, party: party, domains: domains, hours: hours, every: every, rollover: rollover)
  }

  /// `{ id: outage, domains: [network-monitoring], severity: critical, steps: [{ who: onsite/soc, within: 15 minutes }] }`
  mutating func escalation(_ node: YAMLNode) -> Escalation? {
    let known = ["id", "domains", "severity", "steps"]
    guard let fields = fields(of: node, "the escalation", known: known) else { return nil }
    let id = required("id", fields).flatMap { identifier($0, "id") }
    let domains = fields.node["domains"].map { domainNames($0, "the escalation") } ?? []
    let severity = fields.node["severity"].flatMap { text($0, "severity") }
    let steps = required("steps", fields).flatMap { self.steps($0) }
    guard let id, let domains, let steps else { return nil }
    return Escalation(id: id, domains: domains, severity: severity, steps: steps)
  }

  private mutating func steps(_ node: YAMLNode) -> [Escalation.Step]? {
    guard case .sequence(let items, _) = node, !items.isEmpty else {
      note(node.position, "'steps' must be a list of at least one step, each { who: …, within: … }")
      return nil
    }
    let steps = items.map { step($0) }
    return steps.contains { $0 == nil } ? nil : steps.compactMap { $0 }
  }

  private mutating func step(_ node: YAMLNode) -> Escalation.Step? {
    guard let fields = fields(of: node, "the step", known: ["who", "within", "by"]) else { return nil }
    let who = required("who", fields).flatMap { person($0, "who") }
    let within = required("within", fields).flatMap { timeSpan($0, "within", [.minute, .hour, .day]) }
    let by = fields.node["by"].flatMap { text($0, "by") }
    guard let who, let within else { return nil }
    return Escalation.Step(who: who, within: within, by: by)
  }

  /// `{ file: baa-2026.pdf, kind: business-associate-agreement, from: 2026-01-01, through: 2028-12-31 }`
  mutating func paper(_ node: YAMLNode) -> Paper? {
    guard let fields = fields(of: node, "the paper", known: ["file", "kind", "from", "through"]) else { return nil }
    let file = required("file", fields).flatMap { fileName($0, "file") }
    let kind = required("kind", fields).flatMap { paperKind($0) }
    if kind == Paper.statementOfWork, let node = fields.node["kind"] {
      note(node.position, "the statement of work has a key of its own: write 'statement-of-work: FILE' instead")
    }
    let span = span(fields)
    guard let file, let kind else { return nil }
    return Paper(file: file, kind: kind, from: span.from, through: span.through)
  }

  private mutating func paperKind(_ node: YAMLNode) -> String? {
    let known = Wording.list(PaperKinds.known.dropLast().map { "'\($0)'" })
    return text(
      node, "kind",
      "an identifier: 1 to 32 lower-case letters, digits and inner hyphens; reports know \(known)",
      where: { Identifier.isValid($0) })
  }

  /// `{ id: acme/plant-manager, name: Plant manager }`
  mutating func contact(_ node: YAMLNode) -> Contact? {
    guard let fields = fields(of: node, "the contact", known: ["id", "name"]) else { return nil }
    let id = required("id", fields).flatMap { node in
      text(node, "id", "a person of a party, written acme/plant-manager", where: { Identifier.isMember($0) })
    }
    let name = required("name", fields).flatMap { text($0, "name") }
    guard let id, let name else { return nil }
    return Contact(id: id, name: name)
  }

  /// `{ controls: nist-800-171-r2/3.3.1, client: reviews the weekly report, provider: keeps and forwards the logs }`
  mutating func sidesNote(_ node: YAMLNode) -> Note? {
    let known = SchemaReader.targetKeys + ["client", "provider"]
    guard let fields = fields(of: node, "the note", known: known) else { return nil }
    let target = target(fields, "the note")
    let client = fields.node["client"].flatMap { text($0, "client") }
    let provider = fields.node["provider"].flatMap { text($0, "provider") }
    if fields.node["client"] == nil, fields.node["provider"] == nil {
      note(fields.position, "the note needs 'client' or 'provider': what does which side do")
    }
    guard let target else { return nil }
    return Note(target: target, client: client, provider: provider)
  }

  /// The name of a file that lies beside the document.
  mutating func fileName(_ node: YAMLNode, _ key: String) -> String? {
    let name = text(node, key, "the name of a file beside this one, without folders") { name in
      name != "." && name != ".." && !name.utf8.contains(UInt8(ascii: "/")) && !name.utf8.contains(UInt8(ascii: "\\"))
    }
    guard name == "document" else { return name }
    note(node.position, "the name 'document' stands for the agreement itself: name the file otherwise")
    return nil
  }

  /// Domains, of which there is at least one; one may stand there without a list around it.
  mutating func domainNames(_ node: YAMLNode, _ whose: String) -> [String]? {
    let domains = list(node, "domains", acceptsScalar: true) { $0.domain($1, "domains") }
    if let domains, domains.isEmpty { note(node.position, "'domains' is empty, so \(whose) is about nothing") }
    return domains
  }

  /// A count of units of time, at most a hundred years of days.
  mutating func timeSpan(_ node: YAMLNode, _ key: String, _ units: [TimeSpan.Unit]) -> TimeSpan? {
    let names = units.map { "\($0.rawValue)s" }
    return text(node, key, "a number of \(SchemaReader.alternatives(names)), as in 3 \(names[0])") {
      SchemaReader.timeSpan($0, units) != nil
    }.flatMap { SchemaReader.timeSpan($0, units) }
  }

  static func timeSpan(_ text: String, _ units: [TimeSpan.Unit]) -> TimeSpan? {
    let parts = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts[0].first, first != UInt8(ascii: "0"), parts[0].count <= 5,
      parts[0].allSatisfy(isDigit), let count = String(parts[0]).flatMap({ Int($0) }), count <= 36_525
    else { return nil }
    return units.map { TimeSpan(count, $0) }.first { span in
      // One day may be written as 1 days, as many do.
      text.utf8.elementsEqual(span.description.utf8) || text.utf8.elementsEqual("\(count) \(span.unit.rawValue)s".utf8)
    }
  }

  /// Whether the text is a decimal number above zero, with at most six digits on each side.
  static func isHours(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { (1...6).contains($0.count) && $0.allSatisfy(isDigit) }
      && text.utf8.contains { $0 != UInt8(ascii: "0") && $0 != UInt8(ascii: ".") }
  }
}
