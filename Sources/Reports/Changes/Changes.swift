package import Catalogs
internal import Findings
internal import Obligations
package import Ownership
package import Statements

/// What changed between two trees: who answers for what, and what was said in between, by whom.
///
/// A function of two snapshots of one log and of what was put into it from the one to the other.
public struct Changes: Sendable {
  /// Where it begins: what was known then, for that day.
  public let from: ReportStamp
  /// Where it ends.
  public let to: ReportStamp

  /// Units of one control that changed alike.
  package struct Move: Sendable, Equatable {
    package var framework: String
    package var family: ControlID?
    package var control: ControlID
    package var title: String
    package var units: [ControlID]
    /// Whether those are all that the control has.
    package var isWhole: Bool
    package var before: Standing
    package var after: Standing
    /// By which words it stands as it does afterwards.
    package var by: Ground?
    /// The day from which on it stands so, by what is known at the later end; nil where the day lies beyond what that knows.
    /// What was accepted later for days that were over changed hands on the first of those.
    package var since: Day?
  }

  /// How many there are, and how they stand.
  package struct Tally: Sendable, Equatable {
    package var controls: ResponsibilityMatrix.Totals
    package var units: ResponsibilityMatrix.Totals
    /// Units that somebody answers for, with evidence that is not too old.
    package var current: Int

    package init(_ matrix: ResponsibilityMatrix) {
      (controls, units) = matrix.totals
      current = matrix.units.count(where: \.isEvidenceCurrent)
    }
  }

  /// In the order of the catalogs.
  package let moves: [Move]
  /// In log order.
  package let events: [ChangeEvent]
  /// How much evidence, and what else is only counted, somebody put in.
  package let counts: [LogActivity.Count]
  package let before: Tally
  package let after: Tally
  /// Frameworks that were not asked for.
  package let frameworksLeftOut: [String]
  let familyTitles: [ControlID: String]
  /// Whether a page lists each control where many of a family changed alike.
  public var listsAll = false
  /// Whether the earlier end was named by its day, and not by its tree.
  package var isFromDay = false

  /// - Parameters:
  ///   - activity: What the entries from the first tree's size on have said.
  ///   - frameworks: Those to report on; nil for all.
  package init(
    from: Snapshot, to: Snapshot, activity: LogActivity, frameworks: [String]? = nil
  ) {
    let (old, new) = (
      frameworks.map { from.matrix.only($0) } ?? from.matrix, frameworks.map { to.matrix.only($0) } ?? to.matrix
    )
    self.from = ReportStamp(from)
    self.to = ReportStamp(to)
    moves = Changes.moves(old, new, to.resolver, on: to.asOf)
    events = ChangeEvent.list(activity, from: from.state.size, to: to.state)
    counts = activity.counts
    before = Tally(old)
    after = Tally(new)
    let known = Set(old.frameworkIDs + new.frameworkIDs)
    frameworksLeftOut = Set(from.matrix.frameworkIDs + to.matrix.frameworkIDs).subtracting(known)
      .sorted(by: ByteOrder.precedes)
    // A title that cannot be read now is missed by nobody who has the family's id.
    familyTitles = ((try? from.familyTitles()) ?? [:]).merging((try? to.familyTitles()) ?? [:]) { $1 }
  }

  /// Whether there is nothing to tell.
  package var isEmpty: Bool { moves.isEmpty && events.isEmpty && counts.isEmpty }

  /// Units that another party answers for than before, or none any more: where nobody did and nobody does, none changed hands.
  package var handedOver: Int {
    moves.filter { $0.before.party != $0.after.party }.reduce(0) { $0 + $1.units.count }
  }

  /// How many units went from where to where, the most first.
  package var handovers: [(before: Standing, after: Standing, units: Int)] {
    var found: [(before: Standing, after: Standing, units: Int)] = []
    for move in moves {
      if let place = found.firstIndex(where: { $0.before == move.before && $0.after == move.after }) {
        found[place].units += move.units.count
      } else {
        found.append((move.before, move.after, move.units.count))
      }
    }
    return found.enumerated().sorted { left, right in
      left.element.units == right.element.units
        ? left.offset < right.offset : left.element.units > right.element.units
    }.map(\.element)
  }

  private static func moves(
    _ old: ResponsibilityMatrix, _ new: ResponsibilityMatrix, _ newResolver: Resolver, on day: Day
  ) -> [Move] {
    let earlier = Dictionary(old.units.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var moves: [Move] = []
    var seen: Set<ControlID> = []
    func released(_ was: ResponsibilityMatrix.UnitRow?, _ now: ResponsibilityMatrix.UnitRow?) -> Ground? {
      guard let was, let now, was.applies, now.applies else { return nil }
      return Ground.released(was.ownership, now.ownership, newResolver, on: day)
    }
    func add(_ row: ResponsibilityMatrix.ControlRow, _ framework: String, isGone: Bool) {
      var own: [Move] = []
      for unit in row.units where seen.insert(unit.id).inserted {
        let (was, now): (ResponsibilityMatrix.UnitRow?, ResponsibilityMatrix.UnitRow?) =
          isGone ? (unit, nil) : (earlier[unit.id], unit)
        let (before, after) = (Standing(was), Standing(now))
        guard before != after else { continue }
        let by = Ground(now, newResolver) ?? released(was, now)
        let since = AccountableSpans.since(unit.ownership.unit, after, newResolver, on: day)
        if let place = own.firstIndex(where: {
          $0.before == before && $0.after == after && $0.by == by && $0.since == since
        }) {
          own[place].units.append(unit.id)
        } else {
          own.append(
            Move(
              framework: framework, family: row.control.families.first, control: row.control.id,
              title: row.control.title, units: [unit.id], isWhole: false, before: before, after: after, by: by,
              since: since))
        }
      }
      for place in own.indices { own[place].isWhole = own[place].units.count == row.units.count }
      moves += own
    }
    for framework in new.frameworks {
      for row in framework.controls { add(row, framework.id, isGone: false) }
    }
    // What no catalog has any more.
    for framework in old.frameworks {
      for row in framework.controls { add(row, framework.id, isGone: true) }
    }
    return moves
  }
}
