internal import Agreements
internal import Catalogs
internal import Findings
internal import Index
internal import Obligations
internal import Ownership
package import Statements

/// Records hours that were worked under an agreement, by hand or from a list.
package struct HourRecording: Sendable {
  package var engagement: String
  package var details = HourDetails()
  /// A table with the options as its columns.
  package var list: String?
  /// How it writes days; nil where only the year may come first.
  package var dates: DateOrder?

  package init(engagement: String) { self.engagement = engagement }

  /// What was recorded.
  package struct Result {
    package var written: Writing.Written
    package var usages: [Usage]
    /// The hours of all of them.
    package var hours: Decimal
    /// How many lines the log had already.
    package var known: Int
  }

  /// Signs them, a statement for each line, all in one step.
  package func record(at place: SigningPlace, _ write: WriteOptions) throws -> Result {
    var rows: [(line: Int, details: HourDetails)] = [(0, details)]
    if let list {
      guard details.hours == nil else {
        throw Failure(.usage, "--hours says what the list says of each line", hint: "give one or the other")
      }
      var sheet = HourSheet(path: list, defaults: details, dates: dates, notices: place.desk.notices)
      rows = try sheet.read()
    } else if dates != nil {
      throw Failure(.usage, "--dates says how a list writes days, and no --list is given")
    }
    let choice = ControlChoice(place)
    let check = try place.store.map { try HourCheck($0, engagement: engagement, party: place.signer.party) }
    var usages: [Usage] = []
    var lines: [Int] = []
    var faults: [(line: Int, reason: String)] = []
    for (line, details) in rows {
      do {
        let usage = try usage(details, choice, today: place.desk.clock.today)
        try check?.check(usage)
        if let same = usages.firstIndex(of: usage) {
          throw Failure(
            .malformedInput, "it says the same as line \(lines[same])",
            hint: "leave it out, or tell them apart by a note")
        }
        usages.append(usage)
        lines.append(line)
      } catch let error as Failure where list != nil {
        faults.append((line, error.hint.map { "\(error.message) (\($0))" } ?? error.message))
      }
    }
    if let list, !faults.isEmpty { throw LineFaults(path: list, byLine: faults) }
    let fresh = try place.store.map { try self.fresh(usages, $0, place) } ?? usages
    guard !fresh.isEmpty else {
      let written = Writing.Written(checkpoint: place.checkpoint, entries: [], statements: [], isDryRun: write.isDryRun)
      return Result(written: written, usages: [], hours: .zero, known: usages.count)
    }
    let written = try Writing.perform(at: place, write) { _, signed in
      signed.count < fresh.count ? Draft(predicate: .usage(fresh[signed.count])) : nil
    }
    let hours = fresh.reduce(Decimal.zero) { $0 + (Decimal($1.hours) ?? .zero) }
    return Result(written: written, usages: fresh, hours: hours, known: usages.count - fresh.count)
  }

  private func usage(_ details: HourDetails, _ choice: ControlChoice, today: Day) throws -> Usage {
    let domains = Set(details.domains).sorted(by: ByteOrder.precedes)
    guard !domains.isEmpty else { throw Failure(.usage, "no domain is named: --domains cloud-security") }
    guard let from = details.from ?? details.through else {
      throw Failure(.usage, "no day is named: --from DAY, and --through DAY where it was more than one")
    }
    let through = details.through ?? from
    guard from <= through else { throw Failure(.usage, "it ends on \(through), before it begins on \(from)") }
    guard through <= today else {
      throw Failure(.usage, "nobody can have worked until \(through): that is still to come")
    }
    guard let hours = details.hours else { throw Failure(.usage, "no hours are named: --hours 2.5") }
    guard hours > .zero else { throw Failure(.usage, "'\(hours)' is not a number of hours: write more than 0") }
    var usage = Usage(engagement: engagement, domains: domains, from: from, through: through, hours: "\(hours)")
    usage.block = details.block
    usage.units = try choice.resolve(details.units)
    usage.member = details.member
    usage.note = details.note
    return usage
  }

  /// Of a list, what the log does not have yet: whoever exports a month twice must not bill it twice.
  private func fresh(_ usages: [Usage], _ store: OpenedStore, _ place: SigningPlace) throws -> [Usage] {
    let recorded = try store.index.promiseBook().usages.filter { $0.party == place.signer.party }
    let known = usages.compactMap { usage in recorded.first { $0.usage == usage }?.entry }
    let fresh = usages.filter { usage in !recorded.contains { $0.usage == usage } }
    guard let first = known.first else { return fresh }
    guard list != nil else {
      place.desk.notices.warn("entry \(first) says the same already: both count")
      return usages
    }
    place.desk.notices.say(
      "\(Wording.count(known.count, "line")) there already, the first as entry \(first), and not entered again")
    return fresh
  }
}

/// What an agreement and the catalogs say of hours before they are signed.
private struct HourCheck {
  private let held: HeldLines
  private let engagement: String
  private let party: String
  /// The domains that exist; none where nobody knows them.
  private let domains: [String]

  init(_ store: OpenedStore, engagement: String, party: String) throws {
    held = HeldLines(Resolver(try ResolutionInput(store.state, library: store.library)))
    guard held.engagements.contains(engagement) else {
      throw KnownNames.noEngagement(engagement, among: held.engagements)
    }
    self.engagement = engagement
    self.party = party
    domains = try store.finder().domains
  }

  func check(_ usage: Usage) throws {
    for domain in usage.domains where !domains.isEmpty && !domains.contains(domain) {
      let near = Spelling.nearest(to: domain, among: domains)
      throw Failure(
        .usage, "there is no domain '\(domain)'",
        hint: near.map { "did you mean '\($0)'" } ?? "'custody framework show it-functions' lists them")
    }
    guard let id = usage.block else { return }
    guard let block = held.block(engagement, id, on: usage.through) else {
      let own = held.blocks(engagement).filter { held.block(engagement, $0, on: usage.through)?.line.party == party }
      throw Failure(
        .usage, "'\(engagement)' has no block '\(id)' that holds on \(usage.through)",
        hint: own.isEmpty
          ? "leave --block out: they are then hours outside any block"
          : "blocks of '\(party)' on that day: \(Wording.list(own))")
    }
    guard block.line.party == party else {
      throw Failure(.notEntitled, "'\(id)' is a block of '\(block.line.party)', and these are hours of '\(party)'")
    }
    if let domain = usage.domains.first(where: { !block.line.domains.contains($0) }) {
      throw Failure(
        .usage, "the block '\(id)' is not about '\(domain)'",
        hint: "it is about \(Wording.list(block.line.domains)); record other work without --block")
    }
  }
}
