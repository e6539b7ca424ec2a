internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// What was assessed, a result for each party that did, and the evidence that is on record, a result of its own.
struct AssessmentResults {
  private let context: OSCALContext
  private let observing: Observing

  init(_ context: OSCALContext) {
    self.context = context
    observing = Observing(context)
  }

  var json: JSONOutput {
    var back = BackMatter(context.ids)
    let plan = back.absent(
      "Assessment plan",
      description: "The assessment plan is not kept in custody. Where there is one, it lies elsewhere.")
    var targets: [ControlNames.Target] = []
    var results: [JSONOutput] = []
    for party in assessors {
      if let result = result(by: party, &targets, &back) { results.append(result) }
    }
    if !context.source.evidence.isEmpty || results.isEmpty { results.append(evidenceResult(&back)) }
    var objectives = Fields()
    objectives.set("objectives-and-methods", context.names.localObjectives(targets))
    var importing = Fields()
    importing.set("href", exactly: plan)
    importing.set("remarks", text: "The assessment plan is not kept in custody; the resource says so.")
    var fields = Fields()
    fields.set("uuid", exactly: context.documentID)
    fields.set("metadata", context.metadata())
    fields.set("import-ap", importing.json)
    if !context.names.localObjectives(targets).isEmpty { fields.set("local-definitions", objectives.json) }
    fields.set("results", results)
    fields.set("back-matter", back.json)
    return fields.json
  }

  /// Parties whose assessments are asked for, in the order of their first.
  private var assessors: [String] {
    var parties: [String] = []
    for mark in context.source.marks where !parties.contains(mark.party) {
      let side: AssessmentBook.Side = mark.party == context.client ? .client : .auditor
      if context.source.side.map({ $0 == side }) ?? true { parties.append(mark.party) }
    }
    return parties
  }

  // MARK: What a party assessed

  /// - Returns: nil where it has said nothing of the frameworks that are asked for.
  private func result(
    by party: String, _ targets: inout [ControlNames.Target], _ back: inout BackMatter
  ) -> JSONOutput? {
    let book = AssessmentBook(context.source.marks.filter { $0.party == party }, client: context.client)
    var findings: [JSONOutput] = []
    var marks: [AssessmentBook.Mark] = []
    var entries: Set<Int> = []
    var controls: [String] = []
    var own: [ControlNames.Target] = []
    for row in context.frameworks.flatMap(\.controls) where book.newest(row) != nil {
      controls.append(context.names.control(row.control.id))
      for finding in FindingMaker.list(row, book) {
        findings.append(finding.json(context, observing, by: party))
        own.append(context.names.target(finding.subject))
        marks += finding.marks.filter { entries.insert($0.entry).inserted }
      }
    }
    guard !controls.isEmpty else { return nil }
    marks.sort { $0.entry < $1.entry }
    targets += own
    var fields = Fields()
    fields.set("uuid", exactly: context.ids("result", party))
    fields.set("title", line: "Assessed by \(context.parties.called(party))")
    fields.set(
      "description",
      text:
        "The newest word of \(context.parties.called(party)) on each control and objective, as it was signed. What nobody "
        + "assessed stands nowhere.")
    fields.set("start", exactly: start(marks))
    fields.set("end", exactly: marks.last.flatMap { OSCALText.instant($0.day) })
    fields.set("props", [Prop.own("party-id", party)])
    fields.set("reviewed-controls", reviewed(controls, own))
    fields.set("observations", marks.map { observing.observation($0, &back) })
    fields.set("findings", findings)
    return fields.json
  }

  private func start(_ marks: [AssessmentBook.Mark]) -> String {
    marks.first.flatMap { OSCALText.instant($0.day) } ?? context.lastModified
  }

  private func reviewed(_ controls: [String], _ targets: [ControlNames.Target]) -> JSONOutput {
    var selection = Fields()
    selection.set("include-controls", controls.map { ["control-id": .string($0)] })
    var fields = Fields()
    fields.set("control-selections", [selection.json])
    let objectives = targets.filter { $0.type == "objective-id" }
    if !objectives.isEmpty {
      var selection = Fields()
      selection.set("include-objectives", objectives.map { ["objective-id": .string($0.id)] })
      fields.set("control-objective-selections", [selection.json])
    }
    return fields.json
  }

  // MARK: The evidence

  private func evidenceResult(_ back: inout BackMatter) -> JSONOutput {
    let evidence = context.source.evidence
    let named = Set(evidence.flatMap(\.record.evidence.controls))
    let controls = context.frameworks.flatMap(\.controls).filter { row in
      row.units.contains { named.contains($0.id.description) || named.contains($0.control.description) }
    }
    var selection = Fields()
    if controls.isEmpty {
      selection.set("description", text: "There is no evidence on any control.")
    } else {
      selection.set("include-controls", controls.map { ["control-id": .string(context.names.control($0.control.id))] })
    }
    var reviewed = Fields()
    reviewed.set("control-selections", [selection.json])
    var fields = Fields()
    fields.set("uuid", exactly: context.ids("result", "evidence"))
    fields.set("title", line: "Evidence on record")
    fields.set(
      "description",
      text: evidence.isEmpty
        ? "No evidence counts on \(context.snapshot.asOf)."
        : "Evidence that counts on \(context.snapshot.asOf): not replaced, and not redacted as a whole. That it is there says "
          + "nothing of whether a control is met.")
    let recorded = evidence.map(\.record.recorded)
    fields.set("start", exactly: recorded.min().map { OSCALText.instant($0) } ?? context.lastModified)
    fields.set("end", exactly: recorded.max().map { OSCALText.instant($0) })
    fields.set("reviewed-controls", reviewed.json)
    fields.set("observations", evidence.map { observing.observation($0, &back) })
    return fields.json
  }
}
