internal import Catalogs
internal import Statements

extension SchemaReader {
  static let targetKeys = ["domains", "families", "controls"]

  /// A line of the scope: `{ domains: […], accountable: onsite, responsible: [onsite/jane] }`.
  mutating func scopeLine(_ node: YAMLNode) -> ScopeLine? {
    let known =
      SchemaReader.targetKeys + [
        "accountable", "responsible", "consulted", "informed", "from", "through", "evidence-every",
      ]
    guard let fields = fields(of: node, "the scope line", known: known) else { return nil }
    let target = target(fields, "the scope line")
    let accountable = required("accountable", fields).flatMap { self.accountable($0) }
    let responsible = people(fields, "responsible")
    let consulted = people(fields, "consulted")
    let informed = people(fields, "informed")
    let span = span(fields)
    let cadence = fields.node["evidence-every"].flatMap { self.cadence($0, "evidence-every") }
    // What has a fault, which was noted, must not hide what else is wrong with the line: something stands in for it.
    return ScopeLine(
      target: target ?? .domains([]), accountable: accountable ?? SchemaReader.standIn, responsible: responsible ?? [],
      consulted: consulted ?? [], informed: informed ?? [],
      from: span.from, through: span.through, evidenceEvery: cadence, line: fields.position.line)
  }

  /// What the line is about, of which it says exactly one.
  mutating func target(_ fields: MappingFields, _ whose: String) -> ScopeLine.Target? {
    let present = SchemaReader.targetKeys.filter { fields.node[$0] != nil }
    if present.isEmpty { note(fields.position, "\(whose) needs one of domains, families and controls") }
    if present.count > 1 {
      let keys = present.map { "'\($0)'" }.joined(separator: " and ")
      note(fields.position, "\(whose) has \(keys): write one for each")
    }
    // All that are there are read, so that their faults are shown at once.
    let targets: [ScopeLine.Target?] = present.map { key in
      guard let node = fields.node[key], let names = targetNames(node, key) else { return nil }
      switch key {
      case "domains": return .domains(names)
      case "families": return .families(names)
      default: return .controls(names)
      }
    }
    return targets.count == 1 ? targets[0] : nil
  }

  private mutating func targetNames(_ node: YAMLNode, _ key: String) -> [String]? {
    let names = list(node, key, acceptsScalar: true) { reader, item in
      key == "domains"
        ? reader.domain(item, key)
        : reader.text(item, key, "an id, as in 3.1.1 or nist-800-171-r2/3.1.1") { SchemaReader.isControlName($0) }
    }
    guard let names, names.isEmpty else { return names }
    note(node.position, "'\(key)' is empty, so the line is about nothing")
    return nil
  }

  /// `framework/id`, or the id alone.
  private static func isControlName(_ text: String) -> Bool {
    // Any framework does to see whether the rest can be an id.
    ControlID(parsing: text.utf8.contains(UInt8(ascii: "/")) ? text : "framework/\(text)") != nil
  }

  /// A domain's name, which is the id of a control of the catalog of IT functions.
  mutating func domain(_ node: YAMLNode, _ key: String) -> String? {
    text(node, key, "a domain's name, as in patch-management") {
      ControlID(framework: "it-functions", local: $0) != nil
    }
  }

  private mutating func accountable(_ node: YAMLNode) -> String? {
    if case .sequence = node {
      note(node.position, "exactly one party is accountable: write its name, not a list")
      return nil
    }
    if case .scalar(let text, let position) = node, Identifier.isMember(text) {
      note(position, "'\(text)' is a member: a party is accountable, here '\(Identifier.party(ofMember: text))'")
      return nil
    }
    return identifier(node, "accountable")
  }

  /// Parties or members; none where the key is absent.
  private mutating func people(_ fields: MappingFields, _ key: String) -> [String]? {
    guard let node = fields.node[key] else { return [] }
    return list(node, key) { $0.person($1, key) }
  }

  /// A party, a member or a contact.
  mutating func person(_ node: YAMLNode, _ key: String) -> String? {
    text(node, key, "a party or a member, written onsite or onsite/jane") {
      Identifier.isValid($0) || Identifier.isMember($0)
    }
  }
}
