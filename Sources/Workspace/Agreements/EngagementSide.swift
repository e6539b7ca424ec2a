internal import Agreements
internal import Catalogs
internal import Findings
package import Ownership
package import Statements

/// One side of a comparison of agreements: what a version says, or what holds, on a day.
package struct EngagementSide {
  /// What it is, for people: `entry 12`, `agreement.yaml`, `what holds on 2026-05-01`.
  package let label: String
  /// The day on which it is looked at.
  package let day: Day
  private let units: [(facts: UnitFacts, terms: Schedule.Terms)]
  private let lines: [Schedule.LineKey: [String]]
  private let client: String
  /// Between whom, beside the client, its papers are.
  private let providers: Set<String>
  /// Whether it is what holds on a day, and no words that are still to be given.
  package let holds: Bool
  /// What is agreed beside scope and promises: the key, and what it says.
  private let head: [(key: String, text: String)]

  /// What a version says, on a day or on the first day that it speaks for.
  ///
  /// - Parameters:
  ///   - index: Into the resolver's versions.
  ///   - day: On which it is looked at.
  ///   - shared: The day of both sides, where versions are compared: what is adopted on it is what both are asked about,
  ///     so that their words are compared and not their days. After its term a version is asked as on its last day.
  package init(_ label: String, version index: Int, _ resolver: Resolver, on day: Day? = nil, shared: Day? = nil) {
    let version = resolver.input.versions[index]
    let first = EngagementSide.firstDay(of: index, resolver)
    let day = day ?? shared.map { min($0, max(first, version.document?.termThrough ?? $0)) } ?? first
    let scope = resolver.scope(on: shared ?? day)
    self.label = label
    self.day = shared ?? day
    client = resolver.input.client
    units = scope.units.filter { scope.applies($0) == true }.map { unit in
      (unit, (resolver.answer(index, unit, on: day, in: scope) ?? .nobody(.outside)).terms)
    }
    lines = resolver.lineTexts(of: index)
    providers = Set(version.document?.providers ?? [])
    head = version.document?.head ?? []
    holds = false
  }

  /// The first day that a version speaks for.
  package static func firstDay(of index: Int, _ resolver: Resolver) -> Day {
    let version = resolver.input.versions[index]
    return max(version.effective, version.document?.termFrom ?? version.effective)
  }

  /// What holds of an engagement on a day.
  package init(_ engagement: String, holdingOn day: Day, _ resolver: Resolver) {
    let scope = resolver.scope(on: day)
    label = "what holds on \(day)"
    self.day = day
    client = resolver.input.client
    let held = scope.units.filter { scope.applies($0) == true }.map { unit in
      (unit, resolver.holding(engagement, unit, on: day, in: scope))
    }
    units = held.map { ($0, $1.answer.terms) }
    head = held.compactMap(\.1.version).max().flatMap { resolver.input.versions[$0].document?.head } ?? []
    let states = resolver.lines(engagement, on: day)
    lines = Dictionary(states.map { ($0.key, $0.held?.texts ?? []) }, uniquingKeysWith: { first, _ in first })
    providers = Set(states.filter { $0.key.kind == .paper }.flatMap { $0.held?.parties ?? [] })
    holds = true
  }

  /// What is otherwise on another side.
  package func changes(to other: EngagementSide) -> ChangeList {
    let nobody = Schedule.Terms(accountable: nil, responsible: [], cadence: nil, yieldsTo: [])
    let old = Dictionary(units.map { ($0.facts.id, $0.terms) }, uniquingKeysWith: { first, _ in first })
    let known = Set(other.units.map(\.facts.id))
    // Units that no longer apply, or no longer exist, go as well.
    let all = other.units + units.filter { !known.contains($0.facts.id) }.map { ($0.facts, nobody) }
    let moved = all.compactMap { unit, new -> ChangeList.Moved? in
      let before = old[unit.id] ?? nobody
      guard before != new else { return nil }
      return ChangeList.Moved(
        unit: unit.id, control: unit.control, from: other.day, through: other.day, old: before, new: new)
    }
    var counts: [String: Int] = [:]
    var families: [ControlID: ControlID] = [:]
    for (unit, _) in all {
      counts[unit.control.description, default: 0] += 1
      families[unit.control] = unit.families.first
    }
    let keys = Set(lines.keys).union(other.lines.keys).sorted(by: Schedule.LineKey.precedes)
    let changed = keys.compactMap { key -> ScheduleBuilder.LineChange? in
      let (before, after) = (lines[key] ?? [], other.lines[key] ?? [])
      guard before != after else { return nil }
      return ScheduleBuilder.LineChange(
        key: key, from: other.day, through: other.day, old: before, new: after,
        parties: key.kind == .paper
          ? providers.union(other.providers).sorted(by: ByteOrder.precedes) : EngagementSide.parties(before + after))
    }
    return ChangeList(moved, lines: changed, unitsOfControl: { counts[$0] ?? 1 }, family: { families[$0] })
  }

  /// Of what is agreed beside scope and promises, what is otherwise on another side: the term, the notice, the model.
  package func headChanges(to other: EngagementSide) -> [(key: String, old: String, new: String)] {
    let keys = head.map(\.key) + other.head.map(\.key).filter { key in !head.contains { $0.key == key } }
    return keys.compactMap { key in
      let (old, new) = (head.first { $0.key == key }?.text ?? "", other.head.first { $0.key == key }?.text ?? "")
      return old == new ? nil : (key, old, new)
    }
  }

  /// Whose word a change from this side to another needs: the client's, and that of every party that gains or loses; of
  /// papers, all providers. What holds on a day needs no further word.
  package func parties(of changes: ChangeList, to other: EngagementSide) -> [String] {
    guard !other.holds, !changes.changes.isEmpty || !changes.lines.isEmpty else { return [] }
    var parties: Set<String> = []
    for change in changes.changes {
      parties.formUnion([change.old.accountable, change.new.accountable].compactMap { $0 })
      parties.formUnion(change.old.responsible + change.new.responsible)
    }
    for line in changes.lines { parties.formUnion(line.parties) }
    return [client] + parties.subtracting([client]).sorted(by: ByteOrder.precedes)
  }

  /// The parties that lines of a schedule name, papers aside.
  private static func parties(_ texts: [String]) -> [String] {
    let found = texts.compactMap { text -> String? in
      let fields = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      switch fields.first {
      case "duty", "level", "block": return fields.count > 2 ? fields[2] : nil
      case "step": return fields.count > 5 ? Identifier.party(ofMember: fields[5]) : nil
      default: return nil
      }
    }
    return Set(found).sorted(by: ByteOrder.precedes)
  }
}

extension EngagementDocument {
  /// What is agreed beside scope and promises, as the keys of the document write it; what is not agreed is empty.
  fileprivate var head: [(key: String, text: String)] {
    [
      ("term", "\(termFrom) through \(termThrough)"), ("notice", notice.map { "\($0)" } ?? ""),
      ("model", model.rawValue), ("providers", providers.joined(separator: ", ")),
      ("frameworks", frameworks?.joined(separator: ", ") ?? "all that are adopted"),
      ("yields-to", yieldsTo.joined(separator: ", ")),
    ]
  }
}
