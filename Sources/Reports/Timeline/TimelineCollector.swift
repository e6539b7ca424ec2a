internal import Agreements
internal import Catalogs
internal import Crypto
internal import Findings
internal import Obligations
internal import Ownership
internal import Statements

/// Finds all that the log says of a control.
struct TimelineCollector {
  typealias Event = TimelineReport.Event

  private let snapshot: Snapshot
  private let control: ControlID
  private let units: [UnitFacts]
  private let facts: TimelineReport.Facts
  /// The control and its units, as statements write them.
  private let names: Set<String>

  init(_ snapshot: Snapshot, _ control: ControlID, _ units: [UnitFacts], _ facts: TimelineReport.Facts) {
    self.snapshot = snapshot
    self.control = control
    self.units = units
    self.facts = facts
    names = Set([control.description] + units.map(\.id.description) + units.map(\.control.description))
  }

  private var state: LogState { snapshot.state }
  private var input: ResolutionInput { snapshot.resolver.input }

  private func event(_ day: Day, _ entry: Int, _ kind: Event.Kind, _ what: String, by member: String? = nil) -> Event {
    Event(day: day, entry: entry, kind: kind, member: member ?? facts.signers[entry], what: what)
  }

  /// Adoptions, versions that speak of it, answers, ends.
  var agreements: [Event] {
    var events: [Event] = []
    for adoption in state.adoptions where adoption.framework == control.framework {
      let reason = names.sorted().compactMap { adoption.notApplicable[$0] }.first
      let left = reason.map { "; it does not apply: \($0)" } ?? ""
      events.append(
        event(adoption.day, adoption.entry, .adopted, "'\(adoption.framework)' from \(adoption.effective) on\(left)"))
    }
    // An agreement that never gives it to anybody is about other matters, though its schedules list every unit.
    let given = input.versions.indices.map { parties(of: $0) }
    let engagements = Set(input.versions.indices.filter { !given[$0].isEmpty }.map { input.versions[$0].engagement })
    for (index, version) in input.versions.enumerated() where engagements.contains(version.engagement) {
      let whom = given[index].isEmpty ? "nobody" : Wording.list(given[index])
      events.append(
        event(
          version.day, version.entry, .agreement,
          "'\(version.engagement)' gives it to \(whom) from \(version.effective) on"))
    }
    let versions = Dictionary(input.versions.map { ($0.statement, $0) }, uniquingKeysWith: { first, _ in first })
    for (place, word) in state.acceptances.enumerated() {
      guard place < input.acceptances.count else { break }
      let lines = units.flatMap { input.acceptances[place].lines[$0.id] ?? [] }
      guard input.acceptances[place].entry == word.entry, !lines.isEmpty, let version = versions[word.version],
        engagements.contains(version.engagement)
      else { continue }
      let whole = lines.count < units.count ? ", \(lines.count) of \(units.count) units" : ""
      events.append(
        event(
          word.entryDay, word.entry, word.accepts ? .accepted : .declined,
          "'\(version.engagement)' of entry \(version.entry)\(whole)" + (word.reason.map { ": \($0)" } ?? ""),
          by: word.member))
    }
    for end in state.ends where engagements.contains(end.engagement) {
      events.append(
        event(end.entryDay, end.entry, .ended, "'\(end.engagement)': \(end.on) is the first day that it does not cover")
      )
    }
    return events
  }

  /// Whom a version gives any of it to, on its first day.
  private func parties(of index: Int) -> [String] {
    let version = input.versions[index]
    let day = max(version.effective, version.document?.termFrom ?? version.effective)
    let scope = snapshot.resolver.scope(on: day)
    let parties = units.flatMap { snapshot.resolver.answer(index, $0, on: day, in: scope)?.parties ?? [] }
    return Set(parties).sorted(by: ByteOrder.precedes)
  }

  /// Staffing, and parties that have left.
  var people: [Event] {
    var events = state.staffings.filter { !names.isDisjoint(with: $0.units) }.compactMap { staffing -> Event? in
      guard let day = facts.days[staffing.entry] else { return nil }
      let people = staffing.responsible.isEmpty ? "nobody" : Wording.list(staffing.responsible)
      return event(day, staffing.entry, .staffed, "\(people) by '\(staffing.engagement)'")
    }
    let answered = Set(input.versions.indices.flatMap { parties(of: $0) })
    for leave in input.leaves where answered.contains(leave.party) {
      events.append(event(leave.day, leave.entry, .left, leave.party))
    }
    return events
  }

  /// Evidence, what took its place, and assessments.
  var evidence: [Event] {
    var events: [Event] = []
    for (record, replaced) in facts.evidence {
      let said = record.evidence
      let covered = said.through.map { through in
        ", of " + (said.from.map { $0 == through ? "" : "\($0) through " } ?? "") + "\(through)"
      }
      let brought = record.manifest == nil ? Wording.count(record.artifacts.count, "file") : "files of a list"
      let what = (said.description ?? brought) + (covered ?? "")
      events.append(event(record.recorded.day, record.entry, .evidence, what, by: record.member))
      if let replaced {
        events.append(
          Event(day: replaced, entry: nil, kind: .replaced, member: nil, what: "the evidence of entry \(record.entry)"))
      }
    }
    for mark in facts.assessments where !names.isDisjoint(with: mark.assessment.units) {
      events.append(event(mark.day, mark.entry, .assessed, mark.assessment.told, by: mark.member))
    }
    return events
  }

  /// Holds on it, and redactions of what was submitted for it.
  var removals: [Event] {
    var events: [Event] = []
    for hold in state.holds where !names.isDisjoint(with: hold.controls) {
      if let day = facts.days[hold.entry] {
        events.append(event(day, hold.entry, .held, "'\(hold.id)' begins: \(hold.reason)"))
      }
      if let ended = hold.ended, let day = facts.days[ended] {
        events.append(event(day, ended, .held, "'\(hold.id)' ends"))
      }
    }
    var uses: [Digest: [Int]] = [:]
    for (record, _) in facts.evidence {
      for object in record.artifacts { uses[object, default: []].append(record.entry) }
    }
    for redaction in state.redactions {
      let touched = Set(redaction.objects.flatMap { uses[$0] ?? [] }).sorted()
      guard !touched.isEmpty else { continue }
      let verb = redaction.isAnnouncement ? "will remove" : "removes"
      events.append(
        event(
          redaction.entryDay, redaction.entry, .redacted,
          "\(verb) what \(touched.count == 1 ? "entry" : "entries") \(Wording.list(touched.map(String.init))) brought: "
            + redaction.reason))
    }
    return events
  }
}
