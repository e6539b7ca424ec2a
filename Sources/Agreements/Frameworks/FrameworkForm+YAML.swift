internal import Statements

extension FrameworkForm {
  /// Reads a form in YAML, and so in JSON too.
  ///
  /// - Parameter domains: The IT functions that there are.
  /// - Returns: The form, or every fault in it.
  package static func read(yaml bytes: [UInt8], domains: [String]) -> (form: FrameworkForm?, faults: [Diagnostic]) {
    let tree = YAMLTree.read(bytes)
    guard let root = tree.root else { return (nil, tree.faults) }
    var reader = SchemaReader()
    let form = reader.framework(root, domains)
    let faults = tree.faults + reader.faults
    return faults.isEmpty ? (form, []) : (nil, faults)
  }
}

extension SchemaReader {
  fileprivate mutating func framework(_ root: YAMLNode, _ domains: [String]) -> FrameworkForm? {
    let known = ["title", "version", "date", "source", "cadence", "families", "controls"]
    guard let fields = fields(of: root, "the framework", known: known) else { return nil }
    let title = required("title", fields).flatMap { text($0, "title") }
    let version = required("version", fields).flatMap { text($0, "version") }
    let families = self.families(fields.node["families"])
    let controls = required("controls", fields).flatMap { self.controls($0, families, domains) }
    guard let title, let version, let controls else { return nil }
    var form = FrameworkForm(title: title, version: version)
    form.date = fields.node["date"].flatMap { day($0, "date") }?.description
    form.source = fields.node["source"].flatMap { text($0, "source") }
    form.cadence = fields.node["cadence"].flatMap { periodName($0) }
    form.controls = controls
    return form
  }

  /// `families: { incident-response: Incident response }`
  private mutating func families(_ node: YAMLNode?) -> [String: String] {
    guard let node else { return [:] }
    guard case .mapping(let pairs, _) = node else {
      note(node.position, "'families' must be a mapping, written { id: title, … }")
      return [:]
    }
    var titles: [String: String] = [:]
    for pair in pairs {
      if let fault = FrameworkForm.fault(inID: pair.key) { note(pair.position, fault) }
      if let title = text(pair.value, pair.key) { titles[pair.key] = title }
    }
    return titles
  }

  private mutating func controls(
    _ node: YAMLNode, _ families: [String: String], _ domains: [String]
  ) -> [FrameworkForm.Line]? {
    guard case .sequence(let items, _) = node, !items.isEmpty else {
      note(node.position, "'controls' must be a list of at least one control, each { id: …, title: … }")
      return nil
    }
    var lines: [FrameworkForm.Line] = []
    var seen: [String: Int] = [:]
    for item in items {
      guard let line = control(item, families, domains) else { continue }
      if let first = seen.updateValue(item.position.line, forKey: line.id) {
        note(item.position, "the id '\(line.id)' is there twice: it is in line \(first) too")
      }
      lines.append(line)
    }
    return lines
  }

  private mutating func control(
    _ node: YAMLNode, _ families: [String: String], _ domains: [String]
  ) -> FrameworkForm.Line? {
    let known = ["id", "title", "citation", "domain", "retained", "cadence", "family"]
    guard let fields = fields(of: node, "the control", known: known) else { return nil }
    let id = required("id", fields).flatMap { text($0, "id") }
    let title = required("title", fields).flatMap { text($0, "title") }
    if let id, let fault = FrameworkForm.fault(inID: id) { note(fields.node["id"]?.position ?? node.position, fault) }
    guard let id, let title else { return nil }
    var line = FrameworkForm.Line(id: id, title: title)
    line.citation = fields.node["citation"].flatMap { text($0, "citation") }
    if let node = fields.node["domain"], let domain = text(node, "domain") {
      if let fault = FrameworkForm.fault(inDomain: domain, known: domains) { note(node.position, fault) }
      line.domain = domain
    }
    if let node = fields.node["retained"], let retained = text(node, "retained"), retained != "no" {
      line.retained = retained == "yes" ? line.citation : retained
      if line.retained == nil {
        note(node.position, "what stays with the client needs its source: write it in 'retained', or a 'citation'")
      }
    }
    line.cadence = fields.node["cadence"].flatMap { periodName($0) }
    if let node = fields.node["family"], let family = text(node, "family") {
      line.family = FrameworkForm.family(family, title: families[family])
      if line.family == nil { note(node.position, "the family '\(family)' has no letter or digit to name it by") }
    }
    return line
  }

  private mutating func periodName(_ node: YAMLNode) -> String? {
    guard let text = text(node, "cadence") else { return nil }
    guard let cadence = FrameworkForm.cadence(text) else { return self.cadence(node, "cadence") }
    return cadence
  }
}
