internal import Crypto
internal import Findings
internal import Rendering
internal import Statements
internal import Workspace

/// What a statement is about, for somebody who has nothing but it.
enum StatementTopic {
  /// Names and what they have, in the order in which they are read.
  static func lines(_ statement: Statement?) -> [(name: String, text: String)] {
    guard let statement else { return [] }
    var lines: [(name: String, text: String)] = []
    func add(_ name: String, _ text: String?) { if let text { lines.append((name, text)) } }
    switch statement.predicate {
    case .evidence(let evidence):
      if !evidence.controls.isEmpty { add("about", FileGathering.some(evidence.controls, limit: 20)) }
      add("duty", evidence.duty)
      add("description", evidence.description)
      add("covered", span(evidence.from, evidence.through) ?? "not said")
      add("collected", evidence.collected.map { "\($0)" } ?? "not said")
      add("source", evidence.source)
      add("label", evidence.label)
      if !evidence.replaces.isEmpty { add("replaces", Wording.count(evidence.replaces.count, "earlier statement")) }
    case .assessment(let assessment): add("about", FileGathering.some(assessment.units, limit: 20))
    case .member(let event): add("about", "\(event.member): \(event.event.rawValue)")
    case .party(let event): add("about", "\(event.id): \(event.event.rawValue)")
    case .measurement(let measurement): add("about", "\(measurement.engagement), level \(measurement.level)")
    case .usage(let usage): add("about", usage.engagement)
    case .genesis, .keyRevocation, .framework, .engagement, .acceptance, .staffing, .redaction, .hold, .anchor,
      .unknown:
      break
    }
    if let seen = statement.seen { add("having seen", "\(Wording.entries(seen.size)), root \(seen.root.hex)") }
    return lines
  }

  /// The same for a machine.
  static func json(_ statement: Statement?) -> JSONOutput {
    .object(lines(statement).map { ($0.name, .string($0.text)) })
  }

  private static func span(_ from: Day?, _ through: Day?) -> String? {
    switch (from, through) {
    case (let from?, let through?): from == through ? "\(from)" : "\(from) through \(through)"
    case (let from?, nil): "from \(from)"
    case (nil, let through?): "through \(through)"
    case (nil, nil): nil
    }
  }
}
