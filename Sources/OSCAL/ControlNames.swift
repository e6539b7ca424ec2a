internal import Catalogs
internal import Findings
internal import Ownership
internal import Rendering

/// What OSCAL calls controls and their parts: by the ids of the adopted catalogs.
///
/// A catalog may have ids that OSCAL would not take, and objectives without any. Such a control goes by its id with low
/// lines in it, and such a part is defined in the document itself.
struct ControlNames {
  /// What an assessment says something of.
  struct Target {
    /// `objective-id` or `statement-id`.
    let type: String
    let id: String
  }

  private var controls: [ControlID: String] = [:]
  private var parts: [ControlID: Target] = [:]
  private var statements: [ControlID: String] = [:]
  private var texts: [String: (control: String, prose: String)] = [:]
  /// Controls whose own ids OSCAL would not take, and what the catalog has.
  private(set) var respelled: [ControlID: String] = [:]

  /// - Throws: `usage` where two frameworks have controls of one id: OSCAL tells controls apart by nothing else.
  init(_ frameworks: [ResponsibilityMatrix.FrameworkRows]) throws {
    var taken: [String: ControlID] = [:]
    for control in frameworks.lazy.flatMap(\.controls).map(\.control) where OSCALText.isToken(control.oscalID) {
      if let other = taken[control.oscalID] {
        throw Failure(
          .usage,
          "'\(other.framework)' and '\(control.id.framework)' both have a control '\(control.oscalID)', and in OSCAL nothing "
            + "else tells them apart", hint: "write them one by one: --framework \(other.framework)")
      }
      taken[control.oscalID] = control.id
      controls[control.id] = control.oscalID
    }
    var names = Set(taken.keys)
    for control in frameworks.lazy.flatMap(\.controls).map(\.control) where controls[control.id] == nil {
      controls[control.id] = ControlNames.free(OSCALText.token(control.oscalID), &names)
      respelled[control.id] = control.oscalID
    }
    var ids: Set<String> = []
    for control in frameworks.lazy.flatMap(\.controls).map(\.control) { name(control, &ids) }
    var given: Set<String> = []
    for control in frameworks.lazy.flatMap(\.controls).map(\.control) {
      if let id = control.statementID, OSCALText.isToken(id), given.insert(id).inserted { statements[control.id] = id }
    }
  }

  private mutating func name(_ control: Control, _ ids: inout Set<String>) {
    let units = control.units.isEmpty ? [] : control.units
    let own = control.sameAs.isEmpty ? units : []
    for unit in own {
      let isWhole = unit.id == control.id
      add(unit.id, isWhole ? "statement-id" : "objective-id", unit.partID, of: control, unit.prose, &ids)
    }
    // Of a control that is another's under another name, or that is its own unit, the whole is what is looked at.
    if parts[control.id] == nil {
      add(control.id, "statement-id", control.statementID, of: control, control.statement, &ids)
    }
  }

  private mutating func add(
    _ id: ControlID, _ type: String, _ part: String?, of control: Control, _ prose: String, _ ids: inout Set<String>
  ) {
    if let part, OSCALText.isToken(part), ids.insert(part).inserted {
      parts[id] = Target(type: type, id: part)
      return
    }
    let token = self.control(control.id)
    let name = id == control.id ? "\(token)_obj" : "\(token)_obj.\(OSCALText.token(id.local))"
    let free = ControlNames.free(name, &ids)
    parts[id] = Target(type: "objective-id", id: free)
    texts[free] = (token, prose.isEmpty ? control.title : prose)
  }

  /// A name that nobody has, as it is or with a number.
  private static func free(_ name: String, _ taken: inout Set<String>) -> String {
    var candidate = name
    var number = 2
    while !taken.insert(candidate).inserted {
      candidate = "\(name).\(number)"
      number += 1
    }
    return candidate
  }

  /// What OSCAL calls a control.
  func control(_ id: ControlID) -> String { controls[id] ?? OSCALText.token(id.local) }

  /// The id of a control's statement; nil where its catalog has none that OSCAL would take.
  func statement(_ id: ControlID) -> String? { statements[id] }

  /// The id that its catalog gives an objective; nil where it gives none, and of what is no objective.
  func objective(_ id: ControlID) -> String? {
    guard let target = parts[id], target.type == "objective-id", texts[target.id] == nil else { return nil }
    return target.id
  }

  /// What an assessment of a unit, or of a whole control, is about.
  func target(_ id: ControlID) -> Target {
    parts[id] ?? Target(type: "objective-id", id: OSCALText.token(id.local))
  }

  /// The objectives that no catalog defines, of those that a document names.
  ///
  /// - Parameter targets: In the order in which they are named.
  func localObjectives(_ targets: [Target]) -> [JSONOutput] {
    var seen: Set<String> = []
    return targets.compactMap { target in
      guard let (control, prose) = texts[target.id], seen.insert(target.id).inserted else { return nil }
      var part = Fields()
      part.set("id", exactly: target.id)
      part.set("name", exactly: "assessment-objective")
      part.set("prose", text: prose)
      var fields = Fields()
      fields.set("control-id", exactly: control)
      fields.set("parts", [part.json])
      return fields.json
    }
  }
}
