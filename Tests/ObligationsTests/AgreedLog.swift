import Findings
import Obligations
import Ownership
import Statements
import TestSupport
import Testing
import TreeLog

/// A log in which both sides have accepted an agreement on its first day, to which measurements and hours are added.
final class AgreedLog {
  let log: LogBuilder
  /// What goes with every version.
  private let papers: [Subject]

  /// - Parameters:
  ///   - more: What the agreement says beside its scope: levels, blocks of hours.
  ///   - people: Who accepts it.
  init(
    _ more: String,
    scope: String = """
        - { domains: [patch-management], accountable: onsite, responsible: [onsite/jane] }
        - { domains: [identity-access], accountable: acme }
    """, through: String = "2027-12-31", by people: [String] = ["acme/bo", "onsite/jane"],
    papers: [(name: String, text: String)] = []
  ) throws {
    let log = try LogBuilder.company()
    self.log = log
    self.papers = papers.map { log.object($0.name, $0.text) }
    try apply(AgreedLog.document(more, scope: scope, through: through), by: people)
  }

  static func document(_ more: String, scope: String, through: String = "2027-12-31") -> String {
    LogBuilder.agreement(scope: scope, more: more).replacing("through: 2027-12-31", with: "through: \(through)")
  }

  /// A version that replaces the one before it, and the words on it.
  func apply(
    _ document: String, replacing replaces: Bool = false, by people: [String] = ["acme/bo", "onsite/jane"]
  ) throws {
    let version = try log.version(document, replaces: replaces ? newest : nil, papers: papers)
    newest = log.statements[version]
    versions += 1
    for person in people {
      let library = ObjectLibrary(log.store)
      var fold = Fold(ledger: MemoryLedger(library: library), library: library)
      for bytes in log.entries {
        let parsed = ParsedEntry(bytes, library: library)
        _ = try fold.apply(parsed.entry, parsed.statement)
      }
      let resolver = Resolver(try ResolutionInput(fold.state, library: library))
      let schedule = ScheduleBuilder(resolver, version: versions - 1).schedule(for: String(person.prefix { $0 != "/" }))
      try log.word(
        on: version, document: document, schedule: String(decoding: schedule.bytes, as: UTF8.self), by: person)
    }
  }

  private var newest = LogBuilder(on: "2026-01-01").last
  private var versions = 0

  func on(_ day: String) { log.on(day) }

  func end(on day: String) throws { try log.end(on: day) }

  /// - Returns: The entry.
  @discardableResult
  func measure(
    _ value: String, _ from: String, _ through: String, level: String = "uptime", on day: String? = nil,
    by person: String = "onsite/jane"
  ) throws -> Int {
    if let day { log.on(day) }
    return try log.add(
      .measurement(
        Measurement(
          engagement: "acme-onsite", level: level, from: try #require(Day(from)), through: try #require(Day(through)),
          value: value)), by: person)
  }

  @discardableResult
  func use(
    _ hours: String, _ day: String, block: String? = "block", _ domains: [String] = ["patch-management"],
    from: String? = nil, by person: String = "onsite/jane"
  ) throws -> Int {
    var usage = Usage(
      engagement: "acme-onsite", domains: domains, from: try #require(Day(from ?? day)),
      through: try #require(Day(day)), hours: hours)
    usage.block = block
    log.on(day)
    return try log.add(.usage(usage), by: person)
  }

  func snapshot(on day: String) throws -> Snapshot {
    try log.seal()
    let library = ObjectLibrary(log.store)
    var folding = LogFolding(library: library)
    try folding.run(LogReader(contents: log.store, size: log.size, root: log.root), to: log.size)
    return try Snapshot(
      checkpoint: Checkpoint(origin: folding.fold.state.store, size: log.size, root: log.root),
      state: folding.fold.state, evidence: folding.evidence, promises: folding.promises, asOf: try #require(Day(day)),
      library: library)
  }

  /// What becomes of each period, as `2026-01 met`.
  func results(on day: String) throws -> [String] {
    LevelResults.list(try snapshot(on: day)).map { "\($0.period) \($0.state.rawValue)" }
  }

  /// What is found, as `sla-missed acme-onsite/level uptime 2026-01`.
  func findings(on day: String) throws -> [String] {
    LevelFindings.findings(try snapshot(on: day)).map { "\($0.code.rawValue) \($0.subject)" }
  }
}
