internal import Catalogs
internal import Crypto
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// Assessments and evidence as observations: who saw what, when, and how long it is good for.
struct Observing {
  private let context: OSCALContext
  /// Units by what statements call them: themselves, or their control.
  private let units: [String: [ResponsibilityMatrix.UnitRow]]
  /// Where in the source's list the evidence stands that names a control or unit.
  private let places: [String: [Int]]
  /// The names under which evidence brought objects.
  private let fileNames: [Digest: String]

  init(_ context: OSCALContext) {
    self.context = context
    var units: [String: [ResponsibilityMatrix.UnitRow]] = [:]
    for unit in context.source.matrix.units {
      units[unit.id.description, default: []].append(unit)
      if unit.control != unit.id { units[unit.control.description, default: []].append(unit) }
    }
    self.units = units
    var places: [String: [Int]] = [:]
    for (place, item) in context.source.evidence.enumerated() {
      for control in Set(item.record.evidence.controls) { places[control, default: []].append(place) }
    }
    self.places = places
    var fileNames: [Digest: String] = [:]
    for file in context.source.evidence.lazy.flatMap(\.files) where fileNames[file.digest] == nil {
      fileNames[file.digest] = file.name
    }
    self.fileNames = fileNames
  }

  func uuid(of mark: AssessmentBook.Mark) -> String { context.ids("assessment", "\(mark.entry)") }

  func uuid(of item: OSCALSource.EvidenceItem) -> String { context.ids("evidence", item.record.statement.hex) }

  /// The newest evidence on some units, in log order.
  func evidence(on units: [ResponsibilityMatrix.UnitRow], atMost count: Int) -> [OSCALSource.EvidenceItem] {
    let names = Set(units.flatMap { [$0.id.description, $0.control.description] })
    return Set(names.flatMap { (places[$0] ?? []).suffix(count) }).sorted().suffix(count).map {
      context.source.evidence[$0]
    }
  }

  /// Who signed something.
  static func origin(_ member: String, _ role: Role, _ context: OSCALContext) -> JSONOutput {
    var actor = Fields()
    actor.set("type", exactly: "party")
    actor.set("actor-uuid", exactly: context.parties.uuid(member))
    actor.set("role-id", exactly: role.rawValue)
    return ["actors": [actor.json]]
  }

  // MARK: Assessments

  /// What somebody assessed.
  func observation(_ mark: AssessmentBook.Mark, _ back: inout BackMatter) -> JSONOutput {
    let assessment = mark.assessment
    var fields = Fields()
    fields.set("uuid", exactly: uuid(of: mark))
    fields.set("title", line: "Assessment of \(Observing.some(assessment.units))")
    fields.set(
      "description",
      text: OSCALText.text(assessment.note) ?? "Assessed as \(assessment.status.rawValue); nothing more was written.")
    fields.set(
      "props",
      [
        Prop.own("entry", "\(mark.entry)"), Prop.own("assessment", assessment.status.rawValue),
        Prop.own("from", assessment.from.map { "\($0)" }), Prop.own("through", assessment.through.map { "\($0)" }),
        Prop.own("outdated", mark.outdated?.rawValue, remarks: "What it rests on is not what it was."),
        Prop.own("collected-unknown", "yes", remarks: Observing.dayOnly),
      ])
    // What an assessor did is known as far as something was looked at.
    fields.set("methods", [.string(assessment.evidence == nil ? "UNKNOWN" : "EXAMINE")])
    fields.set("types", ["control-objective"])
    fields.set("origins", [Observing.origin(mark.member, .assessor, context)])
    if let object = assessment.evidence {
      fields.set(
        "relevant-evidence", [relevant(object, fileNames[object], "evidence", "What the assessment rests on.", &back)])
    }
    fields.set("collected", exactly: OSCALText.instant(mark.day) ?? context.lastModified)
    fields.set("expires", exactly: expiry(of: assessment.units, after: mark.day))
    fields.set("remarks", text: Observing.dayOnly)
    return fields.json
  }

  // MARK: Evidence

  /// What somebody submitted.
  func observation(_ item: OSCALSource.EvidenceItem, _ back: inout BackMatter) -> JSONOutput {
    let record = item.record
    let evidence = record.evidence
    var fields = Fields()
    fields.set("uuid", exactly: uuid(of: item))
    fields.set("title", line: "Evidence on \(Observing.some(evidence.controls))")
    fields.set(
      "description",
      text: OSCALText.text(evidence.description)
        ?? "\(Wording.count(item.files.count, "file")); nothing more was written.")
    var props: [JSONOutput?] = [
      Prop.own("entry", "\(record.entry)"), Prop.own("statement", record.statement.hex),
      Prop.own("recorded", OSCALText.instant(record.recorded)), Prop.own("from", evidence.from.map { "\($0)" }),
      Prop.own("through", evidence.through.map { "\($0)" }), Prop.own("source", evidence.source),
      Prop.own("query", evidence.query), Prop.own("count", evidence.count.map { "\($0)" }),
    ]
    if evidence.collected == nil { props.append(Prop.own("collected-unknown", "yes", remarks: Observing.notSaid)) }
    for control in evidence.controls.prefix(Observing.mostControls) { props.append(Prop.own("unit", control)) }
    fields.set("props", props)
    fields.set("methods", [.string(evidence.run == nil ? "EXAMINE" : "TEST")])
    fields.set("types", ["control-objective"])
    fields.set("origins", [Observing.origin(record.member, .submitter, context)])
    let type = evidence.run == nil ? "evidence" : "tool-output"
    fields.set(
      "relevant-evidence",
      item.files.map { relevant($0.digest, $0.name, type, OSCALText.text($0.name) ?? "A file without a name.", &back) })
    fields.set("collected", exactly: OSCALText.instant(evidence.collected ?? record.recorded))
    fields.set(
      "expires", exactly: expiry(of: evidence.controls, after: record.ageDay(asOf: context.snapshot.asOf)))
    var remarks = evidence.collected == nil ? [Observing.notSaid] : []
    if evidence.controls.count > Observing.mostControls {
      remarks.append("It names \(evidence.controls.count) controls; the first stand among the props.")
    }
    fields.set("remarks", text: remarks.joined(separator: "\n\n"))
    return fields.json
  }

  private static let mostControls = 100

  // OSCAL has no observation without a moment of collection.

  /// What is said of evidence whose moment of collection nobody stated.
  private static let notSaid =
    "Nobody has stated when it was collected. The moment under 'collected' is that at which it was recorded."

  /// What is said of an assessment, of which the log keeps the day.
  private static let dayOnly =
    "Nobody has stated when it was looked at. The moment under 'collected' is the beginning of the day on which the "
    + "assessment was recorded, in UTC."

  private func relevant(
    _ object: Digest, _ title: String?, _ type: String, _ description: String, _ back: inout BackMatter
  ) -> JSONOutput {
    var fields = Fields()
    fields.set("href", exactly: back.object(object, title: title ?? object.hex, type: type))
    fields.set("description", text: description)
    return fields.json
  }

  /// When what is as old as a day has to be looked at anew: by the shortest cadence of what it is about. The day on which
  /// it is due is the last on which it is good, as in every report, so that it expires with the end of that day.
  private func expiry(of names: [String], after day: Day) -> String? {
    let cadences = names.flatMap { units[$0] ?? [] }.map(\.cadence)
    return cadences.min()?.due(after: day).flatMap { OSCALText.end(of: $0) }
  }

  /// `nist-800-171-r2/3.1.1 and 4 more`.
  private static func some(_ names: [String]) -> String {
    guard let first = names.first else { return "nothing named" }
    return names.count == 1 ? first : "\(first) and \(names.count - 1) more"
  }
}
