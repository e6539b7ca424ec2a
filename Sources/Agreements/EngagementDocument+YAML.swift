internal import Statements

/// What reading an engagement document came to.
package enum DocumentReading: Sendable {
  /// The agreement, and where its values stand.
  case read(EngagementDocument, SourceMap)
  /// Every fault, in the order of the document.
  case unreadable([Diagnostic])
}

extension EngagementDocument {
  /// Reads a document, which is YAML and so may be JSON too.
  ///
  /// Syntax and schema only: whether what it names exists is `AgreementCheck`'s question. A scalar is what its field
  /// says, whatever it looks like.
  package static func read(_ bytes: [UInt8]) -> DocumentReading {
    let (document, sources, faults) = readWithFaults(bytes)
    guard faults.isEmpty, let document else { return .unreadable(faults) }
    return .read(document, sources)
  }

  /// Reads as much of a document as can be read, so that what else is wrong with it can be told at once.
  ///
  /// - Returns: The document without what has faults, where it is a mapping at all; and the faults, in its order.
  package static func readWithFaults(
    _ bytes: [UInt8]
  ) -> (document: EngagementDocument?, sources: SourceMap, faults: [Diagnostic]) {
    let tree = YAMLTree.read(bytes)
    guard let root = tree.root else { return (nil, SourceMap(), tree.faults) }
    var reader = SchemaReader()
    let document = reader.document(root)
    // What stands where the tree has a fault has been told already.
    let told = Set(tree.faults.map { SourcePosition(line: $0.line, column: $0.column) })
    let faults =
      tree.faults + reader.faults.filter { !told.contains(SourcePosition(line: $0.line, column: $0.column)) }
    let sorted = faults.enumerated().sorted { isBefore($0, $1) }.map(\.element)
    return (document, SourceMap(root: root, kept: reader.kept), sorted)
  }

  private static func isBefore(_ left: (offset: Int, element: Diagnostic), _ right: (offset: Int, element: Diagnostic))
    -> Bool
  {
    (left.element.line, left.element.column, left.offset) < (right.element.line, right.element.column, right.offset)
  }
}

extension SchemaReader {
  private static let documentKeys = [
    "id", "model", "client", "providers", "term", "effective", "statement-of-work", "frameworks", "yields-to", "scope",
    "service-levels", "duties", "hours", "escalation", "papers", "notice", "contacts", "notes",
  ]

  /// What stands in for a name that has a fault, in a document that is only looked through for further faults.
  static let standIn = "unreadable"

  /// The whole document; nil, or wanting, if a fault was noted.
  mutating func document(_ root: YAMLNode) -> EngagementDocument? {
    guard let fields = fields(of: root, "the document", known: SchemaReader.documentKeys) else { return nil }
    let id = required("id", fields).flatMap { identifier($0, "id") }
    let model = required("model", fields).flatMap { modelName($0) }
    let client = required("client", fields).flatMap { identifier($0, "client") }
    let providers = providers(fields, model: model)
    let term = required("term", fields).flatMap { self.term($0) }
    let effective = fields.node["effective"].flatMap { day($0, "effective") }
    let paper = fields.node["statement-of-work"].flatMap { fileName($0, "statement-of-work") }
    let frameworks = fields.node["frameworks"].flatMap { identifiers($0, "frameworks") }
    let yieldsTo = fields.node["yields-to"].flatMap { identifiers($0, "yields-to") }
    let scope = items(fields.node["scope"], "scope") { $0.scopeLine($1) }
    let levels = items(fields.node["service-levels"], "service-levels") { $0.serviceLevel($1) }
    let duties = items(fields.node["duties"], "duties") { $0.duty($1) }
    noteDuplicates(fields.node["service-levels"], "service level")
    noteDuplicates(fields.node["duties"], "duty")
    let hours = items(fields.node["hours"], "hours") { $0.hourBlock($1) }
    let escalation = items(fields.node["escalation"], "escalation") { $0.escalation($1) }
    let papers = items(fields.node["papers"], "papers") { $0.paper($1) }
    let notice = fields.node["notice"].flatMap { timeSpan($0, "notice", [.day, .week, .month]) }
    let contacts = items(fields.node["contacts"], "contacts") { $0.contact($1) }
    let notes = items(fields.node["notes"], "notes") { $0.sidesNote($1) }
    noteDuplicates(fields.node["hours"], "block of hours")
    noteDuplicates(fields.node["escalation"], "escalation")
    noteDuplicates(fields.node["papers"], "paper", by: "file", beside: paper)
    noteDuplicates(fields.node["contacts"], "contact")
    guard let first = Day(year: 1, month: 1, day: 1), let last = Day(year: 9999, month: 12, day: 31) else { return nil }
    // What has a fault, which was noted, must not hide what else is wrong: something stands in for it.
    let span = term ?? (first, last)
    return EngagementDocument(
      id: id ?? SchemaReader.standIn, model: model ?? .coManaged, client: client ?? SchemaReader.standIn,
      providers: providers ?? scope.map(\.accountable), termFrom: span.from, termThrough: span.through,
      effective: effective, statementOfWork: paper, frameworks: frameworks, yieldsTo: yieldsTo ?? [], scope: scope,
      serviceLevels: levels, duties: duties, hours: hours, escalation: escalation, papers: papers, notice: notice,
      contacts: contacts, notes: notes)
  }

  private mutating func modelName(_ node: YAMLNode) -> EngagementDocument.Model? {
    text(node, "model", "a model: managed, co-managed or in-house") { EngagementDocument.Model(rawValue: $0) != nil }
      .flatMap { EngagementDocument.Model(rawValue: $0) }
  }

  private mutating func providers(_ fields: MappingFields, model: EngagementDocument.Model?) -> [String]? {
    guard let node = fields.node["providers"] else {
      guard model != .inHouse else { return [] }
      note(fields.position, "the document has no 'providers', which it needs unless its model is in-house")
      return nil
    }
    guard let providers = identifiers(node, "providers") else { return nil }
    if model == .inHouse, !providers.isEmpty {
      note(node.position, "an in-house engagement has no providers: leave 'providers' out, or choose another model")
    } else if let model, model != .inHouse, providers.isEmpty {
      note(node.position, "a \(model.rawValue) engagement needs at least one provider")
    }
    return providers
  }

  private mutating func term(_ node: YAMLNode) -> (from: Day, through: Day)? {
    guard let fields = fields(of: node, "the term", known: ["from", "through"]) else { return nil }
    _ = required("from", fields)
    _ = required("through", fields)
    let span = span(fields)
    guard let from = span.from, let through = span.through else { return nil }
    return (from, through)
  }

  /// A list of identifiers, those left out that have faults; nil where it is no list.
  private mutating func identifiers(_ node: YAMLNode, _ key: String) -> [String]? {
    guard case .sequence = node else { return list(node, key) { $0.identifier($1, key) } }
    return items(node, key) { $0.identifier($1, key) }
  }

  /// A list's items, those left out that have faults.
  mutating func items<Item>(
    _ node: YAMLNode?, _ key: String, _ read: (inout SchemaReader, YAMLNode) -> Item?
  ) -> [Item] {
    guard let node else { return [] }
    guard case .sequence(let nodes, _) = node else {
      note(node.position, "'\(key)' must be a list: begin each item with '- ', or leave the key out")
      return []
    }
    var items: [Item] = []
    for (index, node) in nodes.enumerated() {
      guard let item = read(&self, node) else { continue }
      items.append(item)
      kept[key, default: []].append(index)
    }
    return items
  }

  /// - Parameter other: A name that is taken already.
  mutating func noteDuplicates(
    _ node: YAMLNode?, _ kind: String, by key: String = "id", beside other: String? = nil
  ) {
    guard case .sequence(let items, _) = node else { return }
    var seen: Set<[UInt8]> = Set(other.map { [Array($0.utf8)] } ?? [])
    for item in items {
      guard case .scalar(let id, let position) = item[key], !id.isEmpty else { continue }
      if !seen.insert(Array(id.utf8)).inserted { note(position, "there is another \(kind) '\(id)' above") }
    }
  }
}
