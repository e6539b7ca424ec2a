internal import Findings
internal import Statements

extension Plan {
  /// Reads a plan as far as it can be read, and tells every fault at once, in the order of the document.
  ///
  /// - Parameter known: The functions that there are; others are faults.
  /// - Returns: The plan without what has faults, where it is a mapping at all.
  package static func read(
    _ bytes: [UInt8], domains known: [String]
  ) -> (plan: Plan?, sources: SourceMap, faults: [Diagnostic]) {
    let tree = YAMLTree.read(bytes)
    guard let root = tree.root else { return (nil, SourceMap(), tree.faults) }
    var reader = SchemaReader()
    let plan = reader.plan(root, known)
    let told = Set(tree.faults.map { SourcePosition(line: $0.line, column: $0.column) })
    let own = reader.faults.filter { !told.contains(SourcePosition(line: $0.line, column: $0.column)) }
    let faults = (tree.faults + own).enumerated().sorted { left, right in
      (left.element.line, left.element.column, left.offset) < (right.element.line, right.element.column, right.offset)
    }
    return (plan, SourceMap(root: root, kept: reader.kept), faults.map(\.element))
  }
}

extension SchemaReader {
  /// What a number is called that somebody still has to find out.
  static let unknown = "unknown"

  /// More would be a slip of the pen, and sums need room.
  private static let countLimit = 10_000_000

  mutating func plan(_ root: YAMLNode, _ known: [String]) -> Plan? {
    let keys = ["organization", "users", "devices", "months", "currency", "domains", "criteria", "costs"]
    guard let fields = fields(of: root, "the plan", known: keys) else { return nil }
    let name = required("organization", fields).flatMap { text($0, "organization") }
    var plan = Plan(organization: name ?? SchemaReader.standIn)
    plan.users = fields.node["users"].flatMap { count($0, "users", through: SchemaReader.countLimit) }
    plan.devices = fields.node["devices"].flatMap { count($0, "devices", through: SchemaReader.countLimit) }
    plan.months = fields.node["months"].flatMap { months($0) }
    plan.currency = fields.node["currency"].flatMap { isUnknown($0) ? nil : text($0, "currency") }
    plan.domains = items(fields.node["domains"], "domains") { $0.planDomain($1, known) }
    plan.criteria = items(fields.node["criteria"], "criteria") { $0.criterion($1) }
    noteLength(fields.node["criteria"], "criteria", through: 100)
    noteDuplicates(fields.node["domains"], "line for the domain", by: "domain")
    noteDuplicates(fields.node["criteria"], "criterion")
    if let node = fields.node["costs"] { plan.costs = costs(node) }
    return plan
  }

  private mutating func months(_ node: YAMLNode) -> Int? {
    guard let months = count(node, "months", through: 600) else { return nil }
    guard months > 0 else {
      note(node.position, "'months' is 0: write how many months the costs are compared over")
      return nil
    }
    return months
  }

  private mutating func planDomain(_ node: YAMLNode, _ known: [String]) -> Plan.Domain? {
    let aspects = Plan.Aspect.allCases.map(\.rawValue)
    let keys = ["domain", "covered-by"] + aspects + ["pains"]
    guard let fields = fields(of: node, "the domain's line", known: keys) else { return nil }
    let before = faults.count
    let id = required("domain", fields).flatMap { domainName($0, known) }
    var domain = Plan.Domain(id: id ?? SchemaReader.standIn)
    domain.cover = fields.node["covered-by"].flatMap { word($0, "covered-by", Plan.Cover.self) }
    for aspect in Plan.Aspect.allCases {
      domain.ratings[aspect] = fields.node[aspect.rawValue].flatMap { rating($0, aspect.rawValue) }
    }
    if let node = fields.node["pains"] {
      domain.pains = list(node, "pains", acceptsScalar: true) { $0.text($1, "pains") } ?? []
    }
    return faults.count == before ? domain : nil
  }

  private mutating func domainName(_ node: YAMLNode, _ known: [String]) -> String? {
    guard let name = text(node, "domain") else { return nil }
    guard !known.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else { return name }
    let hint = Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'" }
    note(node.position, "there is no domain '\(name)': \(hint ?? "'custody plan new' writes all that there are")")
    return nil
  }

  /// `2`, or `{ rating: 2, why: one person, no deputy }`.
  private mutating func rating(_ node: YAMLNode, _ key: String) -> Plan.Rating? {
    guard case .mapping = node else { return count(node, key, through: 4).map { Plan.Rating($0) } }
    guard let fields = fields(of: node, "the rating", known: ["rating", "why"]) else { return nil }
    let value = required("rating", fields).flatMap { count($0, "rating", through: 4) }
    let why = fields.node["why"].flatMap { text($0, "why") }
    return value.map { Plan.Rating($0, why: why) }
  }

  private mutating func criterion(_ node: YAMLNode) -> Plan.Criterion? {
    guard let fields = fields(of: node, "the criterion", known: ["id", "title", "weight", "scores"]) else { return nil }
    let before = faults.count
    var criterion = Plan.Criterion(
      id: required("id", fields).flatMap { identifier($0, "id") } ?? SchemaReader.standIn,
      title: fields.node["title"].flatMap { text($0, "title") },
      weight: fields.node["weight"].flatMap { decimal($0, "weight") })
    if let weight = criterion.weight, weight > Decimal(100), let node = fields.node["weight"] {
      note(node.position, "'weight' is \(weight), and all weights together are 100")
    }
    let options = Plan.Option.allCases.map(\.rawValue)
    if let node = fields.node["scores"], let scores = self.fields(of: node, "the scores", known: options) {
      for option in Plan.Option.allCases {
        criterion.scores[option] = scores.node[option.rawValue].flatMap { count($0, option.rawValue, through: 10) }
      }
    }
    return faults.count == before ? criterion : nil
  }

  private mutating func costs(_ node: YAMLNode) -> [Plan.Option: [PlanCost]] {
    let options = Plan.Option.allCases.map(\.rawValue)
    guard let fields = fields(of: node, "the costs", known: options) else { return [:] }
    var costs: [Plan.Option: [PlanCost]] = [:]
    for option in Plan.Option.allCases {
      guard let node = fields.node[option.rawValue] else { continue }
      noteLength(node, option.rawValue, through: 200)
      costs[option] = items(node, option.rawValue) { $0.cost($1) }
    }
    return costs
  }

  private mutating func cost(_ node: YAMLNode) -> PlanCost? {
    let keys = ["kind", "title", "every", "amount", "hours", "rate", "headcount", "benefits"]
    guard let fields = fields(of: node, "the cost", known: keys) else { return nil }
    let before = faults.count
    guard let kind = required("kind", fields).flatMap({ word($0, "kind", PlanCost.Kind.self) }) else { return nil }
    var cost = PlanCost(kind, title: fields.node["title"].flatMap { text($0, "title") })
    if let node = fields.node["every"], let every = word(node, "every", PlanCost.Rhythm.self) {
      if let usual = kind.usualRhythm, usual != every {
        let rhythm = usual == .once ? "once" : "every \(usual.rawValue)"
        note(node.position, "'\(kind.rawValue)' is paid \(rhythm): leave 'every' out, or choose another kind")
      }
      cost.every = every
    }
    for key in ["amount", "hours", "rate", "headcount", "benefits"] {
      guard let node = fields.node[key] else { continue }
      guard kind.numbers.contains(key) else {
        let wanted = SchemaReader.alternatives(kind.numbers)
        note(node.position, "'\(kind.rawValue)' has no '\(key)': its numbers are \(wanted)")
        continue
      }
      guard let number = decimal(node, key) else { continue }
      switch key {
      case "amount": cost.amount = number
      case "hours": cost.hours = number
      case "rate": cost.rate = number
      case "headcount": cost.headcount = number
      default: cost.benefits = number
      }
    }
    return faults.count == before ? cost : nil
  }

  // MARK: Numbers and words

  /// Nobody decides by more, and each is held against every other.
  private mutating func noteLength(_ node: YAMLNode?, _ key: String, through limit: Int) {
    guard case .sequence(let items, let position) = node, items.count > limit else { return }
    note(position, "'\(key)' has \(items.count) lines, and no more than \(limit) are read: put some together")
  }

  private func isUnknown(_ node: YAMLNode) -> Bool {
    if case .scalar(SchemaReader.unknown, _) = node { true } else { false }
  }

  /// A whole number from 0 on; nil without a fault where it says that it is unknown.
  private mutating func count(_ node: YAMLNode, _ key: String, through limit: Int) -> Int? {
    guard !isUnknown(node) else { return nil }
    let wanted = "a whole number from 0 through \(limit), nor '\(SchemaReader.unknown)'"
    return text(
      node, key, wanted,
      where: {
        $0.utf8.count <= 9 && $0.utf8.allSatisfy { (48...57).contains($0) } && Int($0).map { $0 <= limit } == true
      }
    ).flatMap { Int($0) }
  }

  /// A number from 0 on; nil without a fault where it says that it is unknown.
  private mutating func decimal(_ node: YAMLNode, _ key: String) -> Decimal? {
    guard !isUnknown(node) else { return nil }
    let wanted =
      "a number of at most 12 digits and 4 behind a point, without signs, as 1250.00, nor '\(SchemaReader.unknown)'"
    return text(node, key, wanted, where: SchemaReader.isNumber).flatMap { Decimal($0) }
  }

  private static func isNumber(_ text: String) -> Bool {
    guard text.utf8.count <= 17, let number = Decimal(text), !number.isNegative, text.utf8.first != 45 else {
      return false
    }
    let parts = text.utf8.split(separator: 46)
    return parts.first.map { $0.count <= 12 } == true && (parts.count < 2 || parts[1].count <= 4)
  }

  private mutating func word<Word: RawRepresentable & CaseIterable>(
    _ node: YAMLNode, _ key: String, _ type: Word.Type
  ) -> Word? where Word.RawValue == String {
    guard !isUnknown(node) else { return nil }
    let words = type.allCases.map(\.rawValue)
    return text(node, key, "one of \(SchemaReader.alternatives(words))", where: { Word(rawValue: $0) != nil })
      .flatMap { Word(rawValue: $0) }
  }
}
