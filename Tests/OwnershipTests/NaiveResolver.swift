import Agreements
import Findings
import Catalogs
import Ownership
import Statements

/// A log as the six rules see it, with nothing worked out yet.
struct NaiveWorld {
  struct Unit {
    var id: String
    var control: String
    /// The innermost first.
    var families: [String]
    var domain: String?
    var isRetained: Bool
  }

  struct Adoption {
    var framework: String
    var catalog: String
    var effective: Day
    var notApplicable: Set<String>
    var units: [Unit]
    var typicalManaged: [String: String]
  }

  struct Version {
    var engagement: String
    var signedDay: Day
    /// nil where it cannot be read.
    var document: EngagementDocument?
    /// The files that it brings, by name: what stands for their digests.
    var papers: [String: String] = [:]
  }

  struct Word {
    var party: String
    /// The version's entry.
    var version: Int
    var accepts: Bool
    var lines: [Schedule.UnitLine]
    /// By framework, the catalogs that it names.
    var catalogs: [String: Set<String>]
    /// The lines of its schedule that are about no unit, as they are written.
    var otherLines: Set<String> = []
  }

  enum Event {
    case adoption(Adoption)
    case version(Version)
    case word(Word)
    /// The day that the statement asks for, where it does.
    case end(engagement: String, on: Day?)
    case leave(party: String)
  }

  var client = "acme"
  /// The UTC day of each entry, and what it says.
  var entries: [(day: Day, event: Event)] = []
}

/// The six rules of ownership word for word, one unit, one day and one entry at a time: slow, and a second opinion.
struct NaiveResolver {
  struct Answer: Equatable {
    /// Who answers; several where two lines of one rank do not agree.
    var parties: Set<String>
    var responsible: Set<String>
    var cadence: Cadence?
    var yieldsTo: Set<String>
    var basis: Basis
    var isUndelegable = false

    static let nobody = Answer(parties: [], responsible: [], cadence: nil, yieldsTo: [], basis: .line)

    /// What is accepted: the basis is not.
    var terms: Schedule.Terms {
      if parties.isEmpty { return Schedule.Terms(accountable: nil, responsible: [], cadence: nil, yieldsTo: []) }
      return Schedule.Terms(
        accountable: parties.sorted().joined(separator: ","), responsible: responsible.sorted(),
        cadence: cadence?.rawValue, yieldsTo: yieldsTo.sorted())
    }
  }

  /// Whether a claim rests on a line or a default, the stronger first.
  enum Basis: Int {
    case line, managedClient, inHouse
  }

  struct Verdict: Equatable, CustomStringConvertible {
    var accountable: String?
    var error: FindingCode?
    var isPending = false

    var description: String { "\(accountable ?? "nobody") \(error?.rawValue ?? "-")\(isPending ? " pending" : "")" }
  }

  let world: NaiveWorld
  /// How many entries are known.
  let size: Int
  let entries: ArraySlice<(day: Day, event: NaiveWorld.Event)>
  /// The versions of each engagement, in log order.
  private var versionsByEngagement: [String: [(entry: Int, version: NaiveWorld.Version)]] = [:]

  init(world: NaiveWorld, size: Int) {
    self.world = world
    self.size = size
    entries = world.entries[..<size]
    for (index, entry) in entries.enumerated() {
      guard case .version(let version) = entry.event else { continue }
      versionsByEngagement[version.engagement, default: []].append((index, version))
    }
  }

  // MARK: What applies

  func adoption(_ framework: String, on day: Day) -> NaiveWorld.Adoption? {
    var newest: NaiveWorld.Adoption?
    for entry in entries {
      guard case .adoption(let adoption) = entry.event, adoption.framework == framework, adoption.effective <= day,
        adoption.effective >= newest?.effective ?? adoption.effective
      else { continue }
      newest = adoption
    }
    return newest
  }

  /// The unit as the catalog of that day has it; nil where it is not there or does not apply.
  func unit(_ id: String, on day: Day) -> NaiveWorld.Unit? {
    let framework = String(id.prefix { $0 != "/" })
    guard let adoption = adoption(framework, on: day), let unit = adoption.units.first(where: { $0.id == id }),
      !adoption.notApplicable.contains(unit.id), !adoption.notApplicable.contains(unit.control)
    else { return nil }
    return unit
  }

  func hasLeft(_ party: String, by day: Day, known limit: Int) -> Bool {
    entries.prefix(limit).contains { entry in
      guard case .leave(let leaver) = entry.event else { return false }
      return leaver == party && entry.day <= day
    }
  }

  // MARK: Rules 1 and 2

  func versions(of engagement: String) -> [(entry: Int, version: NaiveWorld.Version)] {
    versionsByEngagement[engagement] ?? []
  }

  /// What a version says of a unit on a day; nil where it gives no answer.
  func answer(_ entry: Int, _ unit: NaiveWorld.Unit, on day: Day) -> Answer? {
    guard case .version(let version) = world.entries[entry].event, let document = version.document else { return nil }
    let all = versions(of: version.engagement)
    let isFirst = all.first?.entry == entry
    let effective = document.effective ?? (isFirst ? document.termFrom : version.signedDay)
    guard day >= effective else { return nil }
    let framework = String(unit.id.prefix { $0 != "/" })
    let hasFramework = document.frameworks.map { $0.contains(framework) || framework == "it-functions" } ?? true
    guard day >= document.termFrom, day <= document.termThrough, hasFramework else {
      let earlier = all.contains { $0.entry < entry && answer($0.entry, unit, on: day) != nil }
      return earlier ? .nobody : nil
    }
    let lines = matching(document, unit, on: day)
    if unit.isRetained {
      var answer = united(lines.lines, document)
      answer.isUndelegable = lines.isByName && answer.parties != [world.client]
      answer.parties = [world.client]
      if lines.lines.isEmpty { answer.basis = document.model == .inHouse ? .inHouse : .managedClient }
      return answer
    }
    return lines.lines.isEmpty ? byDefault(document, unit, on: day) : united(lines.lines, document)
  }

  /// The lines of the most specific rank that has any in force, and whether they name the unit or its control.
  private func matching(
    _ document: EngagementDocument, _ unit: NaiveWorld.Unit, on day: Day
  ) -> (lines: [ScopeLine], isByName: Bool) {
    let inForce = document.scope.filter { day >= $0.from ?? day && day <= $0.through ?? day }
    func lines(_ matches: (ScopeLine.Target) -> Bool) -> [ScopeLine] { inForce.filter { matches($0.target) } }
    for name in [unit.id, unit.control] {
      let named = lines { if case .controls(let ids) = $0 { ids.contains(name) } else { false } }
      if !named.isEmpty { return (named, true) }
    }
    for family in unit.families {
      let named = lines { if case .families(let ids) = $0 { ids.contains(family) } else { false } }
      if !named.isEmpty { return (named, false) }
    }
    guard let domain = unit.domain else { return ([], false) }
    return (lines { if case .domains(let names) = $0 { names.contains(domain) } else { false } }, false)
  }

  private func united(_ lines: [ScopeLine], _ document: EngagementDocument) -> Answer {
    let cadences = lines.compactMap { $0.evidenceEvery.flatMap { Cadence(rawValue: $0) } }
    return Answer(
      parties: Set(lines.map(\.accountable)),
      responsible: Set(lines.flatMap(\.responsible).map { String($0.prefix { $0 != "/" }) }),
      cadence: cadences.min(), yieldsTo: Set(document.yieldsTo), basis: .line)
  }

  private func byDefault(_ document: EngagementDocument, _ unit: NaiveWorld.Unit, on day: Day) -> Answer {
    func answer(_ party: String, _ basis: Basis) -> Answer {
      Answer(parties: [party], responsible: [], cadence: nil, yieldsTo: Set(document.yieldsTo), basis: basis)
    }
    switch document.model {
    case .inHouse: return answer(world.client, .inHouse)
    case .coManaged: return .nobody
    case .managed:
      let custom = unit.domain.flatMap { adoption("it-functions", on: day)?.typicalManaged[$0] }
      if custom == "client" || custom == "shared" { return answer(world.client, .managedClient) }
      return document.providers.count == 1 ? answer(document.providers[0], .line) : .nobody
    }
  }

  // MARK: Rules 3 and 4

  /// What an engagement comes to for a unit and a day.
  struct LogState {
    var holding: (entry: Int, answer: Answer)?
    var waiting: Answer?
    var isDeclined = false
    var isUndecided = false
  }

  /// Whether an end recorded after an entry leaves a day uncovered.
  private func isOver(_ entry: Int, of engagement: String, on day: Day) -> Bool {
    entries.enumerated().contains { index, other in
      guard case .end(let ended, let on) = other.event, ended == engagement, index > entry else { return false }
      return day >= max(on ?? other.day, other.day)
    }
  }

  func state(_ engagement: String, _ unit: NaiveWorld.Unit, on day: Day) -> LogState {
    let framework = String(unit.id.prefix { $0 != "/" })
    let catalog = adoption(framework, on: day)?.catalog ?? ""
    var state = LogState()
    /// Versions so far that answer and that may still come to hold on the day.
    var candidates: [(entry: Int, answer: Answer)] = []
    /// The latest word of each party on each version, as entries come.
    var words: [Int: [String: Bool]] = [:]
    /// Versions that the client has accepted some line of.
    var acceptedByClient: Set<Int> = []

    func needed(_ answer: Answer, after limit: Int) -> Set<String> {
      let outgoing = (state.holding?.answer.parties ?? []).filter { !hasLeft($0, by: day, known: limit) }
      return answer.parties.union(outgoing).union([world.client])
    }

    for (index, entry) in entries.enumerated() {
      switch entry.event {
      case .version(let version) where version.engagement == engagement:
        if let answer = answer(index, unit, on: day) { candidates.append((index, answer)) }
      case .word(let word):
        if word.party == world.client, word.accepts { acceptedByClient.insert(word.version) }
        guard let answered = answer(word.version, unit, on: day) else { continue }
        let says = word.lines.contains {
          $0.unit == unit.id && $0.from <= day && day <= $0.through && $0.terms == answered.terms
        }
        guard says, word.catalogs[framework]?.contains(catalog) == true else { continue }
        words[word.version, default: [:]][word.party] = word.accepts
      case .end(let ended, let on) where ended == engagement && day >= max(on ?? entry.day, entry.day):
        // The answer that holds is nobody's from this entry on, and what came before it is out for good.
        candidates = []
        state.holding = nil
      default: continue
      }
      var hasChanged = true
      while hasChanged {
        hasChanged = false
        for (version, answer) in candidates where version > state.holding?.entry ?? -1 {
          let isEqual = answer.terms == (state.holding?.answer ?? .nobody).terms
          let isSigned = needed(answer, after: index + 1).allSatisfy { words[version]?[$0] == true }
          if isEqual || isSigned {
            state.holding = (version, answer)
            hasChanged = true
            break
          }
        }
      }
    }
    if let newest = candidates.last, newest.entry > state.holding?.entry ?? -1 {
      state.waiting = newest.answer
      state.isDeclined = needed(newest.answer, after: size).contains { words[newest.entry]?[$0] == false }
    }
    // What cannot be read has no days but its entry's.
    state.isUndecided = versions(of: engagement).contains {
      $0.version.document == nil && $0.entry > state.holding?.entry ?? -1 && acceptedByClient.contains($0.entry)
        && day >= world.entries[$0.entry].day && !isOver($0.entry, of: engagement, on: day)
    }
    return state
  }

  // MARK: Rules 5 and 6

  private struct Claim {
    var engagement: String
    var answer: Answer
    var isPending: Bool
  }

  private func names(_ state: LogState, on day: Day) -> Set<String>? {
    guard let parties = state.holding?.answer.parties, !parties.isEmpty,
      !parties.contains(where: { hasLeft($0, by: day, known: size) })
    else { return nil }
    return parties
  }

  /// Who answers for a unit that applies.
  func verdict(_ unit: NaiveWorld.Unit, on day: Day) -> Verdict {
    var engagements: [String] = []
    for entry in entries {
      if case .version(let version) = entry.event, !engagements.contains(version.engagement) {
        engagements.append(version.engagement)
      }
    }
    let standings = engagements.map { ($0, state($0, unit, on: day)) }
    if standings.contains(where: { $0.1.isUndecided }) { return Verdict(error: .undecided) }
    let claims: [Claim] = standings.compactMap { engagement, state in
      guard names(state, on: day) != nil, let answer = state.holding?.answer else { return nil }
      return Claim(engagement: engagement, answer: answer, isPending: state.waiting != nil)
    }
    guard let strongest = claims.map(\.answer.basis.rawValue).min() else {
      return Verdict(error: withoutClaim(standings, unit, on: day))
    }
    // Retained units never contest, so that no claim on one is weaker than another.
    let counting = claims.filter { unit.isRetained || $0.answer.basis.rawValue == strongest }
    let isPending = counting.contains(where: \.isPending)
    if unit.isRetained {
      let isUndelegable = claims.contains(where: \.answer.isUndelegable)
      return Verdict(
        accountable: world.client, error: isUndelegable ? .undelegable : nil, isPending: isPending)
    }
    let staying = counting.indices.filter { !isBeaten($0, counting) }
    let parties = Set(staying.flatMap { counting[$0].answer.parties })
    return parties.count == 1
      ? Verdict(accountable: parties.first, error: nil, isPending: isPending)
      : Verdict(accountable: nil, error: .contested, isPending: isPending)
  }

  /// Whether a claim yields to another that does not yield back, be it through further ones.
  private func isBeaten(_ claim: Int, _ claims: [Claim]) -> Bool {
    func yields(_ left: Int, _ right: Int) -> Bool {
      claims[left].answer.yieldsTo.contains(claims[right].engagement)
        && claims[left].answer.parties != claims[right].answer.parties
    }
    func reaches(_ left: Int, _ right: Int, _ visited: Set<Int>) -> Bool {
      claims.indices.contains { next in
        !visited.contains(next) && yields(left, next)
          && (next == right || reaches(next, right, visited.union([next])))
      }
    }
    return claims.indices.contains { other in
      other != claim && yields(claim, other) && !reaches(other, claim, [other])
    }
  }

  private func withoutClaim(
    _ standings: [(String, LogState)], _ unit: NaiveWorld.Unit, on day: Day
  ) -> FindingCode {
    var codes: Set<FindingCode> = []
    for (engagement, state) in standings {
      let waitsForParty = state.waiting.map { !$0.parties.isEmpty } ?? false
      if waitsForParty {
        // An answer of a party that has left holds nothing, so that this waits like one after nobody.
        codes.insert(state.isDeclined ? .declined : .unaccepted)
      } else if hasLapsed(engagement, unit.id, on: day) {
        codes.insert(.lapsed)
      }
    }
    return [.declined, .unaccepted, .lapsed].first { codes.contains($0) } ?? .unowned
  }

  /// Whether there is a day on which the engagement named a party, the last of a term or the last before an end.
  private func hasLapsed(_ engagement: String, _ unit: String, on day: Day) -> Bool {
    var last = day
    while last > NaiveResolver.firstDay {
      last = last.adding(days: -1)
      guard isLastDay(last, of: engagement), let unit = self.unit(unit, on: last) else { continue }
      let state = state(engagement, unit, on: last)
      guard names(state, on: last) != nil, let holding = state.holding,
        case .version(let version) = world.entries[holding.entry].event
      else { continue }
      let isEnded = isOver(holding.entry, of: engagement, on: last.adding(days: 1))
      if version.document?.termThrough == last || isEnded { return true }
    }
    return false
  }

  /// Whether anything of the engagement runs out with the day; spares looking at all others.
  private func isLastDay(_ day: Day, of engagement: String) -> Bool {
    entries.contains { entry in
      switch entry.event {
      case .version(let version): version.engagement == engagement && version.document?.termThrough == day
      case .end(let ended, let on): ended == engagement && max(on ?? entry.day, entry.day) == day.adding(days: 1)
      default: false
      }
    }
  }

  /// No world says anything about earlier days.
  static let firstDay = Day(year: 2025, month: 12, day: 15) ?? Day(daysSinceEpoch: 0)
}
