internal import Agreements
internal import Catalogs
internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import Statements
internal import Workspace

/// What somebody sees before they put their party's name to an agreement: who asks, what for, what it gives and takes, and by
/// the wording of which catalogs.
struct SigningScreen {
  let asked: AskedAcceptance
  let parts: [AskedAcceptance.Part]
  let document: EngagementDocument?
  /// The version's entry, where the store is at hand.
  let entry: Int?
  let catalogs: [(named: Acceptance.NamedCatalog, catalog: Catalog)]

  /// - Parameter catalog: The catalog of a framework with a digest; nil where it cannot be read.
  init(
    _ asked: AskedAcceptance, _ parts: [AskedAcceptance.Part], document: EngagementDocument?, entry: Int?,
    catalog: (Acceptance.NamedCatalog) throws -> Catalog?
  ) throws {
    self.asked = asked
    self.parts = parts
    self.document = document
    self.entry = entry
    catalogs = try asked.catalogs.map { named in
      guard let read = try catalog(named) else {
        throw Failure(
          .malformedInput, "the catalog of '\(named.id)' that this is about cannot be read: \(named.sha256.hex)",
          hint: "nobody signs for a wording that they cannot see; 'custody verify' says what is wrong with the store")
      }
      return (named, read)
    }
  }

  func print(to console: Console) throws {
    let version = entry.map { ", the version of entry \($0)" } ?? ""
    if let document {
      try console.print(
        wrapped: (document.client == asked.party
          ? "'\(asked.party)' is to sign the agreement"
          : "'\(document.client)' asks '\(asked.party)' to sign the agreement")
          + " '\(asked.engagement)'\(version): "
          + "\(document.model.rawValue), \(document.termFrom) through \(document.termThrough)")
    }
    let lines = asked.schedule.units
    let given = lines.filter { $0.terms.accountable == asked.party }.count
    let worked = lines.filter {
      $0.terms.accountable != asked.party && $0.terms.responsible.contains(asked.party)
    }.count
    let nobody = lines.filter { $0.terms.accountable == nil }.count
    let rest = [
      worked == 0 ? nil : "responsible for \(worked) for which somebody else is accountable",
      lines.count - given - worked - nobody == 0 ? nil : "gives \(lines.count - given - worked - nobody) to others",
      nobody == 0 ? nil : "leaves \(nobody) to nobody",
    ].compactMap { $0 }
    try console.print(
      wrapped: Wording.list(["it makes '\(asked.party)' accountable for \(Wording.count(given, "unit"))"] + rest))
    for (named, catalog) in catalogs {
      try console.print(
        wrapped:
          "\(catalog.title), version \(catalog.version), \(Wording.count(catalog.unitCount, "unit")), \(named.sha256.hex)",
        after: "  \(named.id): ")
    }
    for paper in asked.papers {
      let isWork = paper.name == document?.statementOfWork
      try console.print(
        wrapped: "\(paper.name), \(paper.digest.hex)", after: isWork ? "  statement of work: " : "  paper: ")
    }
    if !asked.papers.isEmpty {
      try console.print(
        wrapped: entry == nil
          ? "papers come apart: have the files sent to you, and see that 'sha256sum FILE' prints these digests"
          : "'custody cat DIGEST' writes such a paper")
    }
    for part in parts { try print(part, to: console) }
    try console.flush()
  }

  private func print(_ part: AskedAcceptance.Part, to console: Console) throws {
    try console.print(part.reason.map { "declined, because \($0):" } ?? "accepted:")
    var table = TextTable(["UNIT", "TITLE", "FROM", "THROUGH", "ACCOUNTABLE", "RESPONSIBLE", "EVIDENCE"])
    for line in inCatalogOrder(part.schedule.units) {
      table.add([
        line.unit, title(of: line.unit), "\(line.from)", "\(line.through)", line.terms.accountable ?? "nobody",
        line.terms.responsible.joined(separator: ", "), line.terms.cadence ?? "",
      ])
    }
    if !table.isEmpty { try console.print(table) }
    for duty in part.schedule.duties {
      try console.print("duty \(duty.id), \(duty.party), \(duty.cadence): \(duty.title)")
    }
    for level in part.schedule.levels {
      try console.print(
        "level \(level.id), \(level.party): \(level.target) \(level.unit) on "
          + "\(level.domains.joined(separator: ", ")), \(level.cadence)")
    }
    for line in part.schedule.otherLines.joined() {
      if let text = SigningScreen.prose(line) { try console.print(wrapped: text) }
    }
  }

  /// A line that is no unit, duty or level, as people say it.
  private static func prose(_ line: any ScheduleLine) -> String? {
    switch line {
    case let block as Schedule.BlockLine:
      "hours \(block.id), \(block.party): \(block.hours) hours" + (block.cadence.map { " \($0)" } ?? "")
        + " for \(Wording.list(block.domains))" + (block.rollover.map { ", what is left may be used for \($0)" } ?? "")
    case let step as Schedule.StepLine:
      "escalation \(step.id), step \(step.number)" + (step.severity.map { ", \($0)" } ?? "")
        + (step.domains.isEmpty ? "" : ", of \(Wording.list(step.domains))")
        + ": \(step.who) within \(step.within)" + (step.by.map { ", by \($0)" } ?? "")
    case let paper as Schedule.PaperLine:
      "paper \(paper.kind)" + (paper.from.map { ", from \($0)" } ?? "") + (paper.through.map { " through \($0)" } ?? "")
        + (paper.sha256.map { ": \($0.hex)" } ?? "")
    default: nil
    }
  }

  /// Lines as a reader of the catalogs expects them, 3.1.2 before 3.1.10; what no catalog has comes last, as it came.
  private func inCatalogOrder(_ lines: [Schedule.UnitLine]) -> [Schedule.UnitLine] {
    let units = catalogs.flatMap { $0.catalog.units.map { $0.id.description } }
    let places = Dictionary(units.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: min)
    return lines.enumerated().sorted {
      (places[$0.element.unit] ?? .max, $0.offset) < (places[$1.element.unit] ?? .max, $1.offset)
    }.map(\.element)
  }

  private func title(of unit: String) -> String {
    guard let id = ControlID(parsing: unit) else { return "" }
    for (named, catalog) in catalogs where named.id == id.framework {
      let control = catalog.unit(id)?.control ?? id
      if let found = catalog.control(control) { return found.title }
    }
    return ""
  }
}
