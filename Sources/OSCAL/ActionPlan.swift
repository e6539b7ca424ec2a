internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// What is open, who sees to it and by when: a plan of action and milestones.
struct ActionPlan {
  private let context: OSCALContext
  private let items: [ActionItem]

  init(_ context: OSCALContext) {
    self.context = context
    items = context.actionItems
  }

  func json() throws -> JSONOutput {
    guard !items.isEmpty else {
      throw Failure(
        .inputMissing,
        "nothing that was assessed is open on \(context.snapshot.asOf), and OSCAL has no plan without an item",
        hint: "'custody poam' shows the same as text")
    }
    let observing = Observing(context)
    var back = BackMatter(context.ids)
    let plan = try OSCALSource(context.snapshot, frameworks: context.source.asked, marks: context.source)
      .document(.securityPlan)
    var system = Fields()
    system.set("identifier-type", exactly: "https://ietf.org/rfc/rfc4122")
    system.set("id", exactly: context.ids("system"))
    var observations: [JSONOutput] = []
    var findings: [JSONOutput] = []
    var entries: Set<Int> = []
    let open = items.map { ($0, makers($0)) }
    for (_, makers) in open {
      for maker in makers {
        findings.append(maker.json(context, observing, by: "plan"))
        for mark in maker.marks where entries.insert(mark.entry).inserted {
          observations.append(observing.observation(mark, &back))
        }
      }
    }
    var definitions = Fields()
    definitions.set(
      "remarks", text: "Objectives without an id in their catalog go by the id of their control, and '_obj'.")
    var fields = Fields()
    fields.set("uuid", exactly: context.documentID)
    fields.set("metadata", context.metadata())
    fields.set("import-ssp", context.beside(.securityPlan, plan, &back))
    fields.set("system-id", system.json)
    fields.set("local-definitions", definitions.json)
    fields.set("observations", observations)
    fields.set("risks", items.map { risk($0) })
    fields.set("findings", findings)
    fields.set("poam-items", open.map { item($0, $1, observing) })
    fields.set("back-matter", back.json)
    return fields.json
  }

  /// What stands in the way of an item: its objectives that are not satisfied.
  private func makers(_ item: ActionItem) -> [FindingMaker] {
    let row = context.source.reachedFrameworks.first { $0.id == item.framework }?.controls
      .first { $0.control.id.local == item.control }
    return row.map { FindingMaker.list($0, context.book).filter { !$0.state.isSatisfied } } ?? []
  }

  private func item(_ item: ActionItem, _ makers: [FindingMaker], _ observing: Observing) -> JSONOutput {
    var fields = Fields()
    fields.set("uuid", exactly: context.ids("action", item.name))
    fields.set("title", line: title(item))
    fields.set("description", text: weakness(item))
    fields.set(
      "props",
      [
        Prop.own("control", item.name), Prop.own("assessment", item.status.rawValue),
        Prop.own("identified-on", "\(item.since)"), Prop.own("owner", item.owner),
        Prop.own("due", item.due.map { "\($0)" }), Prop.own("late", item.isLate ? "yes" : "no"),
        Prop.own("entry", "\(item.entry)"),
      ] + item.units.map { Prop.own("unit", "\(item.framework)/\($0)") })
    let member = makers.flatMap(\.marks).first { $0.entry == item.entry }?.member
    fields.set("origins", member.map { [Observing.origin($0, .assessor, context)] } ?? [])
    fields.set(
      "related-findings",
      makers.map { ["finding-uuid": .string(context.ids("finding", "plan", $0.subject.description))] })
    var entries: Set<Int> = []
    let marks = makers.flatMap(\.marks).filter { entries.insert($0.entry).inserted }
    fields.set("related-observations", marks.map { ["observation-uuid": .string(observing.uuid(of: $0))] })
    fields.set("related-risks", [["risk-uuid": .string(context.ids("risk", item.name))]])
    return fields.json
  }

  private func title(_ item: ActionItem) -> String { "\(item.name) \(item.title)" }

  private func weakness(_ item: ActionItem) -> String {
    OSCALText.text(item.weakness) ?? "Assessed as \(item.status.rawValue); nothing more was written."
  }

  private func risk(_ item: ActionItem) -> JSONOutput {
    var fields = Fields()
    fields.set("uuid", exactly: context.ids("risk", item.name))
    fields.set("title", line: title(item))
    fields.set("description", text: weakness(item))
    fields.set(
      "statement",
      text: "\(item.name) is not met, so what it asks for cannot be relied on. How likely harm is and how large is not "
        + "recorded in custody.")
    fields.set("status", exactly: item.due == nil && item.milestones.isEmpty ? "open" : "remediating")
    fields.set("deadline", exactly: item.due.flatMap { OSCALText.end(of: $0) })
    fields.set("remediations", [remediation(item)])
    return fields.json
  }

  /// What is to be done; nil where nobody has said.
  private func remediation(_ item: ActionItem) -> JSONOutput? {
    guard item.due != nil || !item.milestones.isEmpty || item.owner != nil else { return nil }
    var fields = Fields()
    fields.set("uuid", exactly: context.ids("remediation", item.name))
    fields.set("lifecycle", exactly: "planned")
    fields.set("title", line: "Close \(item.name)")
    let owner =
      item.owner.flatMap { OSCALText.line($0) }.map { "'\($0)' sees to it" } ?? "nobody is named who sees to it"
    fields.set("description", text: "To be closed by \(item.due.map { "\($0)" } ?? "no day that is named"); \(owner).")
    let tasks = item.milestones.enumerated().map { number, milestone -> JSONOutput in
      var task = Fields()
      task.set("uuid", exactly: context.ids("milestone", item.name, "\(number)"))
      task.set("type", exactly: "milestone")
      task.set("title", line: OSCALText.line(milestone.text) ?? "A step that is not named")
      if let day = OSCALText.instant(milestone.day) { task.set("timing", ["on-date": ["date": .string(day)]]) }
      if let owner = item.owner, context.parties.knows(owner) {
        task.set("responsible-roles", [Role.responsible.held(by: [owner], context.parties)])
      }
      return task.json
    }
    fields.set("tasks", tasks)
    return fields.json
  }
}

extension OSCALContext {
  /// What is open in the frameworks that are asked for; what is another's control under another name is open there.
  var actionItems: [ActionItem] {
    let asked = Set(frameworks.map(\.id))
    let targets = Set(frameworks.flatMap(\.controls).flatMap(\.control.sameAs).map(\.description))
    return source.reachedFrameworks.flatMap {
      ActionItem.list($0.id, $0.controls, book, marks: source.marks, asOf: snapshot.asOf)
    }.filter { asked.contains($0.framework) || targets.contains($0.name) }
  }
}

extension OSCALSource {
  /// The source of another document of the same kind of reader: with the same assessments, and no evidence.
  fileprivate init(_ snapshot: Snapshot, frameworks: [String]?, marks source: OSCALSource) {
    self.init(snapshot, frameworks: frameworks)
    marks = source.marks
    side = source.side
    isUnsound = source.isUnsound
    version = source.version
  }
}
