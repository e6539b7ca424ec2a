import Catalogs
import Crypto
import Findings
import Obligations
import Ownership
import Rendering
@testable import Reports
import Statements
import TestSupport
import Testing
import TreeLog

/// Half a year of Acme Manufacturing and its provider, of which agendas are made.
///
/// `onsite` answers for `demo/1.1` from January on, Acme for `demo/1.2` and `demo/2.2`; `demo/2.1` is nobody's until a
/// second version that holds from 10 May on gives it to Acme, and `demo/1.2` to `onsite`.
final class AgendaWorld {
  private let log: LogBuilder
  private var newest: Digest?

  /// - Parameters:
  ///   - more: What the agreement says beside its scope.
  ///   - people: Who accepts the first version.
  init(more: String = AgendaWorld.promises, acceptedBy people: [String] = ["acme/bo", "onsite/jane"]) throws {
    log = try LogBuilder.company()
    try apply(
      LogBuilder.agreement(
        scope: """
            - { domains: [patch-management], accountable: onsite, responsible: [onsite/jane] }
            - { domains: [identity-access], accountable: acme, responsible: [acme/bo] }
            - { controls: demo/2.2, accountable: acme, responsible: [acme/kim] }
          """, more: more), by: people)
  }

  static let promises = """
    duties: [{ id: minutes, title: Minutes of the steering committee, party: onsite, every: quarter }]
    hours: [{ id: block, party: onsite, domains: [patch-management], hours: "10", every: month, rollover: 3 months }]
    service-levels: [{ id: uptime, party: onsite, domains: [patch-management], target: ">= 99", unit: "%", every: month }]
    """

  /// - Parameter isNew: Whether it is another agreement, and replaces nothing.
  func apply(_ document: String, by people: [String], isNew: Bool = false) throws {
    let version = try log.version(document, replaces: isNew ? nil : newest)
    newest = log.statements[version]
    for person in people {
      let party = String(person.prefix { $0 != "/" })
      try log.word(on: version, document: document, schedule: schedule(for: party, version: version), by: person)
    }
  }

  private func schedule(for party: String, version entry: Int) throws -> String {
    let library = ObjectLibrary(log.store)
    var fold = Ownership.Fold(ledger: MemoryLedger(library: library), library: library)
    for bytes in log.entries {
      let parsed = ParsedEntry(bytes, library: library)
      _ = try fold.apply(parsed.entry, parsed.statement)
    }
    let resolver = Resolver(try ResolutionInput(fold.state, library: library))
    let index = resolver.input.versions.firstIndex { $0.entry == entry } ?? 0
    return String(decoding: ScheduleBuilder(resolver, version: index).schedule(for: party).bytes, as: UTF8.self)
  }

  /// Adopts the catalog without `demo/2.1`.
  func withdraw(on day: String) throws {
    log.on(day)
    let fewer = SampleCatalog.bytes([
      SampleCatalog.Control("1.1", family: "1", domain: "patch-management", objectives: ["1.1[a]", "1.1[b]"]),
      SampleCatalog.Control("1.2", family: "1", domain: "identity-access"),
      SampleCatalog.Control("2.2", family: "2", retained: "on paper"),
    ])
    try log.adopt("demo", fewer, effective: day)
  }

  /// The second version, and what was done in spring.
  func spring() throws {
    log.on("2026-02-10")
    try log.evidence("a review", controls: ["demo/1.2"])
    log.on("2026-04-15")
    var usage = Usage(
      engagement: "acme-onsite", domains: ["patch-management"], from: try World.day("2026-04-15"),
      through: try World.day("2026-04-15"), hours: "4")
    usage.block = "block"
    try log.add(.usage(usage), by: "onsite/jane")
    log.on("2026-05-04")
    try apply(
      LogBuilder.agreement(
        scope: """
            - { domains: [patch-management, identity-access], accountable: onsite, responsible: [onsite/jane] }
            - { domains: [physical-security], accountable: acme, responsible: [acme/kim] }
            - { controls: demo/2.2, accountable: acme, responsible: [acme/kim] }
          """, more: AgendaWorld.promises + "\neffective: 2026-05-10"), by: ["acme/bo", "onsite/jane"])
    try log.evidence("patches", controls: ["demo/1.1"], by: "onsite/jane")
    log.on("2026-06-02")
    var rows = Evidence(controls: ["demo/1.1"])
    rows.label = "acme-onsite/uptime"
    (rows.from, rows.through) = (Day("2026-05-01"), Day("2026-05-31"))
    try log.add(.evidence(rows), [log.object("outages.csv", "three of them")], by: "onsite/jane")
    try log.add(
      .measurement(
        Measurement(
          engagement: "acme-onsite", level: "uptime", from: try World.day("2026-05-01"),
          through: try World.day("2026-05-31"), value: "98.5", count: 3)), by: "onsite/jane")
  }

  /// What is known of a day, and of it only what was recorded by then where `isPast`.
  func fold(
    on day: String, isPast: Bool = false, done: [String: String] = [:], marks: [AssessmentBook.Mark] = [],
    overdue: [(list: String, states: [RequestRules.State])] = []
  ) throws -> AgendaReport.Fold {
    let asOf = try World.day(day)
    let snapshot = try snapshot(
      on: day, size: isPast ? log.entries.prefix { (try? Entry(parsing: $0))?.time.day ?? asOf <= asOf }.count : nil)
    let records = try done.map { duty, day in
      var evidence = Evidence(controls: ["demo/1.1"])
      evidence.duty = duty
      evidence.through = Day(day)
      return EvidenceRecord(
        entry: 99, statement: .zero, party: "onsite", member: "onsite/jane", keyID: .zero,
        recorded: try World.noon(day), evidence: evidence)
    }
    return AgendaReport.Fold(snapshot, DutyBook(records), marks: marks, overdue: overdue)
  }

  /// - Parameter size: Of the tree that is known; all of it if nil.
  func snapshot(on day: String, size: Int? = nil) throws -> Snapshot {
    try log.seal()
    let library = ObjectLibrary(log.store)
    let size = size ?? log.size
    var folding = LogFolding(library: library)
    try folding.run(LogReader(contents: log.store, size: log.size, root: log.root), to: size)
    return try Snapshot(
      checkpoint: Checkpoint(origin: folding.fold.state.store, size: size, root: log.roots[size]),
      state: folding.fold.state, evidence: folding.evidence, promises: folding.promises, asOf: World.day(day),
      library: library)
  }

  static func mark(
    _ unit: String, _ status: Assessment.Status, through: String? = nil, note: String? = nil, entry: Int = 30
  ) throws -> AssessmentBook.Mark {
    var assessment = Assessment(units: [unit], status: status, note: note)
    assessment.through = through.flatMap { Day($0) }
    return AssessmentBook.Mark(
      entry: entry, day: try World.day("2026-05-20"), party: "acme", member: "acme/bo", assessment: assessment)
  }

  static func request(_ number: String, due: String, owner: String? = nil) -> RequestRules.State {
    var request = AuditRequest(number: number, row: 2, text: "")
    request.targets = [AuditRequest.Target("demo/1.1", reach: ["demo/1.1"])]
    request.due = Day(due)
    request.owner = owner
    return RequestRules.states([request], [])[0]
  }
}

extension AgendaReport {
  /// A matter's rows as lines, their cells between bars.
  func rows(_ key: String) -> [String] {
    (sections.first { $0.key == key }?.rows ?? []).map { $0.map(AgendaReport.text).joined(separator: " | ") }
  }

  private static func text(_ cell: Cell) -> String {
    switch cell {
    case .empty: ""
    case .text(let text), .day(let text), .number(let text): text
    case .integer(let number): "\(number)"
    case .flag(let value): value ? "yes" : "no"
    case .list(let names): names.joined(separator: ", ")
    }
  }
}
