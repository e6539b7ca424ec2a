internal import Statements

extension SchemaReader {
  /// `{ id: uptime, party: onsite, domains: [network-monitoring], target: ">= 99.9", unit: "%", every: month }`
  mutating func serviceLevel(_ node: YAMLNode) -> ServiceLevel? {
    let known = ["id", "party", "domains", "target", "unit", "every"]
    guard let fields = fields(of: node, "the service level", known: known) else { return nil }
    let id = required("id", fields).flatMap { identifier($0, "id") }
    let party = required("party", fields).flatMap { identifier($0, "party") }
    let domains = required("domains", fields).flatMap { domainNames($0, "the service level") }
    let target = required("target", fields).flatMap { node in
      text(node, "target", "a comparison and a number, as in \">= 99.9\"") { SchemaReader.isTarget($0) }
    }
    let unit = required("unit", fields).flatMap { text($0, "unit") }
    let every = required("every", fields).flatMap { cadence($0, "every") }
    guard let id, let party, let domains, let target, let unit, let every else { return nil }
    return ServiceLevel(id: id, party: party, domains: domains, target: target, unit: unit, every: every)
  }

  /// `{ id: steering-committee, title: Steering committee minutes, party: acme, every: quarter }`
  mutating func duty(_ node: YAMLNode) -> Duty? {
    let known = ["id", "title", "party", "every", "within"]
    guard let fields = fields(of: node, "the duty", known: known) else { return nil }
    let id = required("id", fields).flatMap { identifier($0, "id") }
    let title = required("title", fields).flatMap { text($0, "title") }
    let party = required("party", fields).flatMap { identifier($0, "party") }
    let every = fields.node["every"].flatMap { cadence($0, "every") }
    let within = fields.node["within"].flatMap { node in
      text(node, "within", "a number of days, as in 90 days") { SchemaReader.days($0) != nil }
    }.flatMap { SchemaReader.days($0) }
    switch (fields.node["every"], fields.node["within"]) {
    case (nil, nil): note(fields.position, "the duty needs 'every' or 'within': when is it owed")
    case (_?, _?): note(fields.position, "the duty has 'every' and 'within': one of them says when it is owed")
    default: break
    }
    guard let id, let title, let party, let when = every.map(Duty.When.every) ?? within.map(Duty.When.within(days:))
    else { return nil }
    return Duty(id: id, title: title, party: party, when: when)
  }

  /// Whether the text is `>=`, `>`, `<=`, `<` or `=`, a space or none, and a decimal number.
  static func isTarget(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let comparisons = [">=", "<=", ">", "<", "="]
    guard let comparison = comparisons.first(where: { bytes.starts(with: $0.utf8) }) else { return false }
    var number = bytes.dropFirst(comparison.utf8.count)
    if number.first == UInt8(ascii: " ") { number.removeFirst() }
    if number.first == UInt8(ascii: "-") { number.removeFirst() }
    let parts = number.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return (1...2).contains(parts.count) && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
  }

  /// The number of `90 days`; at most a hundred years.
  static func days(_ text: String) -> Int? { timeSpan(text, [.day])?.count }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
