/// Turns what an OSCAL file says into controls, families and units, and refuses what would be ambiguous.
struct CatalogBuilder {
  let framework: String
  private(set) var families: [Family] = []
  private(set) var controls: [Control] = []
  private(set) var familyIndex: [ControlID: Int] = [:]
  private(set) var controlIndex: [ControlID: Int] = [:]
  private(set) var unitIndex: [ControlID: Unit] = [:]
  private(set) var withdrawn: [WithdrawnControl] = []
  /// Objectives that got a name because the file gives them none, or another's.
  private(set) var renamedUnits: [ControlID] = []
  /// Which labels stand at one thing of their kind only: others name nothing.
  private let names: UniqueNames

  init(framework: String, _ children: [OSCALChild]) {
    self.framework = framework
    names = UniqueNames(children)
  }

  /// Adds groups and controls with all that lies in them.
  ///
  /// - Parameter families: those around, from the innermost out.
  mutating func add(
    _ children: [OSCALChild], families: [ControlID], parameters: ParameterText
  ) throws(CatalogError) {
    for child in children {
      switch child {
      case .group(let group): try add(group, families: families, parameters: parameters)
      case .control(let control): try add(control, families: families, parameters: parameters)
      }
    }
  }

  private mutating func add(
    _ group: OSCALGroup, families around: [ControlID], parameters: ParameterText
  ) throws(CatalogError) {
    var around = around
    // A group need not have an id; what cannot be named is no family.
    if let name = names.family(group, in: around.first?.local) {
      let id = try identifier(name, of: "family", at: group.location)
      guard familyIndex.updateValue(families.count, forKey: id) == nil else {
        throw duplicate(id, "families", group.location)
      }
      families.append(
        Family(
          id: id, title: group.title, parent: around.first,
          isStandard: group.props.contains { $0.isCustody && $0.name == "kind" && $0.value == "standard" }))
      around.insert(id, at: 0)
    }
    var parameters = parameters
    parameters.add(group.params)
    try add(group.children, families: around, parameters: parameters)
  }

  private mutating func add(
    _ source: OSCALControl, families: [ControlID], parameters: ParameterText
  ) throws(CatalogError) {
    var parameters = parameters
    parameters.add(source.params)
    if source.isWithdrawn {
      try withdraw(source)
    } else {
      var control = try control(from: source, families: families, parameters: parameters)
      guard controlIndex.updateValue(controls.count, forKey: control.id) == nil else {
        throw duplicate(control.id, "controls", source.location)
      }
      for index in control.units.indices {
        let unit = control.units[index]
        let isNameless = unit.id == control.id && source.parts.contains(where: \.holdsObjective)
        guard isNameless else {
          guard unitIndex.updateValue(unit, forKey: unit.id) == nil else {
            throw duplicate(unit.id, "units", source.location)
          }
          continue
        }
        let renamed = Unit(
          id: try freeName(of: index, in: control, at: source.location), control: unit.control, prose: unit.prose,
          partID: unit.partID)
        control.units[index] = renamed
        unitIndex[renamed.id] = renamed
        renamedUnits.append(renamed.id)
      }
      controls.append(control)
    }
    try add(source.children, families: families, parameters: parameters)
  }

  private mutating func control(
    from source: OSCALControl, families: [ControlID], parameters: ParameterText
  ) throws(CatalogError) -> Control {
    let id = try identifier(names.control(source), of: "control", at: source.location)
    let props = CustodyProps(source.props, location: source.location)
    let sameAs = try props.sameAs(notIn: framework)
    let statement = Self.statement(of: source.parts, parameters)
    let statementID = source.parts.first { $0.isNamed("statement") }?.id
    var units: [Unit] = []
    if sameAs.isEmpty {
      for part in source.parts { _ = try collect(part, of: id, parameters, into: &units) }
      if units.isEmpty { units = [Unit(id: id, control: id, prose: statement, partID: statementID)] }
    }
    let others = UniqueNames.others(of: source)
    return Control(
      id: id, title: source.title, statement: statement, families: families,
      domain: try props.identifier("domain"), retained: try props.single("retained"),
      weight: try props.single("weight"), sameAs: sameAs, cadence: try props.cadence(),
      typicalManaged: try props.choice("typical-managed", of: ["provider", "client", "shared"]),
      units: units, properties: props.others, oscalID: source.id, statementID: statementID,
      aliases: others.filter { $0 != id.local })
  }

  /// Collects the objectives that have no objectives below them.
  ///
  /// - Returns: whether there were any in the part.
  private mutating func collect(
    _ part: OSCALPart, of control: ControlID, _ parameters: ParameterText, into units: inout [Unit]
  ) throws(CatalogError) -> Bool {
    var isAbove = false
    for inner in part.parts where try collect(inner, of: control, parameters, into: &units) { isAbove = true }
    guard part.isObjective else { return isAbove }
    guard !isAbove else { return true }
    let name = names.unit(part, of: control.local)
    // A label that another objective of the control has, too, and no id beside it, names as little as none.
    let isTaken = part.id == nil && units.contains { $0.id.local == name }
    guard let name, !isTaken else {
      // The control's own id until those that have a name have theirs.
      units.append(Unit(id: control, control: control, prose: parameters.fill(part.prose), partID: part.id))
      return true
    }
    let id = try identifier(name, of: "objective", at: part.location)
    units.append(Unit(id: id, control: control, prose: parameters.fill(part.prose), partID: part.id))
    return true
  }

  /// A name for an objective whose own is taken: `AC-1[2]` for the second, or the first after it that nobody has.
  private func freeName(
    of index: Int, in control: Control, at location: JSONLocation
  ) throws(CatalogError) -> ControlID {
    let taken = Set(control.units.map(\.id))
    for number in (index + 1)...(index + 1 + control.units.count) {
      let name = try identifier("\(control.id.local)[\(number)]", of: "objective", at: location)
      if unitIndex[name] == nil, !taken.contains(name), !controlIndex.keys.contains(name) { return name }
    }
    throw duplicate(control.units[index].id, "units", location)
  }

  /// Notes a control that is none any more, and where it went.
  private mutating func withdraw(_ source: OSCALControl) throws(CatalogError) {
    guard let id = ControlID(framework: framework, local: names.control(source)) else { return }
    let links = source.links.filter { OSCALLink.successions.contains($0.relation?.lowercased() ?? "") }
    withdrawn.append(
      WithdrawnControl(
        id: id, title: source.title, aliases: UniqueNames.others(of: source),
        successors: links.map { $0.target.hasPrefix("#") ? String($0.target.dropFirst()) : $0.target }))
  }

  private func identifier(_ name: String, of kind: String, at location: JSONLocation) throws(CatalogError) -> ControlID
  {
    guard let id = ControlID(framework: framework, local: name) else {
      throw CatalogError(
        .malformed, "\(location) is a \(kind) whose id is no identifier",
        hint: "give it a label without a class, made of letters, digits, and . _ - ( ) [ ]")
    }
    return id
  }

  private func duplicate(_ id: ControlID, _ kind: String, _ location: JSONLocation) -> CatalogError {
    CatalogError(.duplicate, "\(location): two \(kind) have the id '\(id.local)'", hint: "give each a label of its own")
  }

  /// The text of the statement and its items, a line each, with the labels that stand before them.
  private static func statement(of parts: [OSCALPart], _ parameters: ParameterText) -> String {
    var lines: [String] = []
    func add(_ part: OSCALPart) {
      let label = part.name == "item" ? part.props.first { $0.isNamed("label") && $0.category == nil }?.value : nil
      let line = [label, part.prose].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
      if !line.isEmpty { lines.append(parameters.fill(line)) }
      for inner in part.parts { add(inner) }
    }
    for part in parts where part.isNamed("statement") { add(part) }
    return lines.joined(separator: "\n")
  }
}
