internal import Catalogs
internal import Crypto
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements
internal import TreeLog

/// What an auditor would miss who came today.
struct SteeringEvidence {
  private let input: SteeringReport.Input
  private let matrix: ResponsibilityMatrix

  init(_ input: SteeringReport.Input, _ matrix: ResponsibilityMatrix) {
    self.input = input
    self.matrix = matrix
  }

  /// How many units of a family have what.
  private struct Tally {
    var framework = ""
    var family: ControlID?
    var units = 0
    var missing = 0
    var stale = 0
    var uncovered = 0
    var oldest: Day?

    mutating func add(_ line: EvidenceReport.Line, on day: Day) {
      let count = line.units.count
      units += count
      if line.newest == nil {
        missing += count
      } else if line.isStale(on: day) {
        stale += count
        if let age = line.ageDay { oldest = min(oldest ?? age, age) }
      }
      if !line.holes.isEmpty { uncovered += count }
    }
  }

  func part() -> SteeringPart {
    let day = input.fold.snapshot.asOf
    var part = SteeringPart(key: .evidence, answer: "Nothing is adopted, so that there is nothing to show.")
    part.notes += requests()
    // What is another's under another name is counted there.
    let counted = Set(matrix.countedControls.map(\.control.id))
    let lines = input.evidence.lines.filter { counted.contains($0.control) }
    guard !lines.isEmpty else { return part }
    var all = Tally()
    var families: [Tally] = []
    for line in lines {
      all.add(line, on: day)
      let place =
        families.firstIndex { $0.framework == line.framework && $0.family == line.family } ?? families.count
      if place == families.count { families.append(Tally(framework: line.framework, family: line.family)) }
      families[place].add(line, on: day)
    }
    let current = all.units - all.missing - all.stale
    let span = input.evidence.period
    part.answer =
      "\(current) of \(Wording.count(all.units, "unit")) have current evidence, \(all.stale) evidence that is too old, "
      + "\(all.missing) none; \(all.uncovered) have days without current evidence between \(span.from) and \(span.through)."
    part.tone = all.missing + all.stale > 0 ? .bad : .good
    let titles = (try? input.fold.snapshot.familyTitles()) ?? [:]
    let isOne = matrix.frameworkIDs.count == 1
    var grid = SteeringPart.Grid(
      key: "families",
      columns: [
        .init("family", "family", .name), .init("units", "units", .number), .init("missing", "none", .number),
        .init("stale", "too old", .number), .init("uncovered", "with holes", .number),
        .init("oldest", "oldest of", .day),
      ], command: "custody report evidence --stale")
    let sorted = families.filter { $0.missing + $0.stale + $0.uncovered > 0 }.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      let (first, second) = (a.missing + a.stale, b.missing + b.stale)
      return first == second ? left.offset < right.offset : first > second
    }.map(\.element)
    for family in sorted {
      let id = family.family.map { isOne ? $0.local : $0.description } ?? family.framework
      let name = [id, family.family.flatMap { titles[$0] } ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
      let whole = family.family?.description ?? family.framework
      grid.rows.append(
        SteeringPart.Row(
          [
            .text(name), .integer(family.units), .integer(family.missing), .integer(family.stale),
            .integer(family.uncovered), family.oldest.map { .day("\($0)") } ?? .empty,
          ], .init(line: "\(whole): units without evidence", value: .integer(family.missing)),
          .init(line: "\(whole): units with evidence that is too old", value: .integer(family.stale)),
          .init(line: "\(whole): units with uncovered days", value: .integer(family.uncovered))))
    }
    if !grid.rows.isEmpty { part.grids = [grid] }
    return part
  }

  /// What auditors asked for and did not get, in a sentence.
  private func requests() -> [String] {
    let day = input.fold.snapshot.asOf
    let late = input.fold.overdue.flatMap { list in
      list.states.filter { $0.isOverdue(on: day) }.map { (list.list, $0.request) }
    }.enumerated().sorted { ($0.element.1.due ?? day, $0.offset) < ($1.element.1.due ?? day, $1.offset) }.map(\.element)
    guard let (list, first) = late.first else { return [] }
    let due = first.due.map { ", due \($0)" } ?? ""
    return [
      "\(Wording.count(late.count, "request")) of auditors overdue, the first '\(first.number)' of '\(list)'\(due): "
        + "'custody requests list --open'."
    ]
  }
}

/// Where the paper comes from, and who vouches for it, by what the log itself shows. What its reader's own verification
/// found differs from machine to machine, and stands around the paper: `ReportStamp.cover`.
struct SteeringTrust {
  private let input: SteeringReport.Input

  init(_ input: SteeringReport.Input) { self.input = input }

  func part() -> SteeringPart {
    let snapshot = input.fold.snapshot
    let size = snapshot.state.size
    let parties = snapshot.state.membership.parties.filter { $0.leftDay == nil && $0.kind != .auditor }
    let reaches = parties.map { party in (party: party.id, reach: snapshot.state.reach[party.id]) }
    let silent = reaches.filter { $0.reach == nil }.map(\.party)
    var part = SteeringPart(key: .trust, answer: "")
    let smallest = reaches.compactMap(\.reach?.size).min() ?? 0
    if parties.count < 2 {
      part.answer =
        "Nobody but '\(parties.first?.id ?? snapshot.state.client)' has signed yet: there is no second word."
    } else if silent.isEmpty {
      part.answer = "Every party has signed for the first \(smallest) of \(Wording.entries(size))."
    } else {
      part.answer = "\(Wording.list(silent)) \(silent.count == 1 ? "has" : "have") signed for no tree of the log yet."
    }
    var grid = SteeringPart.Grid(
      key: "trust", columns: [.init("line", ""), .init("value", "")], command: "custody checkpoint show",
      isTitled: false, isKept: true)
    func add(_ line: String, _ value: String, who: String? = nil) {
      grid.rows.append(
        SteeringPart.Row([.text(line), .text(value)], .init(line: line, value: .text(value), who: who)))
    }
    add("log", "\(snapshot.checkpoint.origin), \(Wording.entries(snapshot.checkpoint.size))")
    add("root", snapshot.checkpoint.root.hex)
    for (party, reach) in reaches {
      let text = reach.map {
        "signed for the first \(Wording.entries($0.size)), on \($0.time.day), in entry \($0.entry)"
      }
      add(party, text ?? "has signed for nothing yet", who: party)
    }
    add("verified", "by each reader for themselves, with 'custody verify'")
    if case .unsound = snapshot.standing {
      part.tone = .bad
      part.answer = "No: this store was found NOT sound. \(part.answer)"
    }
    part.grids = [grid]
    return part
  }
}
