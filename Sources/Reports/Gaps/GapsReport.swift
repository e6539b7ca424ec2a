public import Findings
internal import Catalogs
internal import Obligations
public import Ownership
internal import Statements
internal import TreeLog

/// Everything that somebody has to act on, the worst first, with who has to and how.
public struct GapsReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp
  /// The worst first; of one kind, in the catalogs' order.
  public let gaps: [Gap]
  /// Frameworks that were not asked for.
  public let frameworksLeftOut: [String]
  /// Whether anything is adopted on its day.
  let hasFrameworks: Bool
  /// Gaps that weigh less than what was asked for.
  public let lighterLeftOut: Int
  /// Whether a page lists each control where many have one gap for one reason; else it counts them by family.
  public var listsAll = false
  /// Whether a page says how more is listed.
  public var givesAdvice = true
  let familyTitles: [ControlID: String]

  /// The findings of a snapshot.
  ///
  /// - Parameters:
  ///   - frameworks: Those to report on; nil for all.
  ///   - severity: The lightest to report.
  ///   - owed: Findings on duties, which a snapshot alone does not know.
  public init(
    _ snapshot: Snapshot, frameworks: [String]? = nil, atLeast severity: Severity = .note, owed: [Finding] = []
  ) {
    let matrix = snapshot.matrix
    stamp = ReportStamp(snapshot)
    // A title that cannot be read now is missed by nobody who has the family's id.
    familyTitles = (try? snapshot.familyTitles()) ?? [:]
    let shown = frameworks.map { matrix.only($0) } ?? matrix
    hasFrameworks = !matrix.frameworkIDs.isEmpty || !matrix.unreadable.isEmpty
    frameworksLeftOut = matrix.frameworkIDs.filter { !shown.frameworkIDs.contains($0) }
    let general = frameworks == nil ? snapshot.generalFindings + owed + Obligations.findings(snapshot) : []
    let all = GapCollector(shown, Adviser(snapshot.state, shown), general: general).gaps
    gaps = all.filter { $0.severity >= severity }
    lighterLeftOut = all.count - gaps.count
  }

  /// Gaps with the same cause and cure together, the worst first, then those of the most units.
  public var groups: [GapGroup] {
    var groups: [GapGroup] = []
    var indices: [GroupKey: Int] = [:]
    for gap in gaps {
      let key = GroupKey(
        code: gap.code, reason: gap.advice.reason, patterns: gap.advice.actors.map(\.pattern))
      if let index = indices[key] {
        groups[index].gaps.append(gap)
      } else {
        indices[key] = groups.count
        groups.append(
          GapGroup(
            code: gap.code, reason: gap.advice.reason, remedy: gap.advice.remedy, actors: gap.advice.actors,
            gaps: [gap]))
      }
    }
    return groups.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.code != b.code { return a.code.precedes(b.code) }
      return a.unitCount == b.unitCount ? left.offset < right.offset : a.unitCount > b.unitCount
    }.map(\.element)
  }

  private struct GroupKey: Hashable {
    let code: FindingCode
    let reason: String
    let patterns: [String]
  }

  /// How many gaps of each kind there are, the worst first; kinds without any are left out.
  public var counts: [(code: FindingCode, gaps: Int, units: Int)] {
    FindingCode.allCases.sorted { $0.precedes($1) }.compactMap { code in
      let own = gaps.filter { $0.code == code }
      return own.isEmpty ? nil : (code, own.count, own.reduce(0) { $0 + $1.units.count })
    }
  }
}

extension FindingCode {
  /// Whether it weighs more, or stands earlier among those that weigh the same.
  func precedes(_ other: FindingCode) -> Bool {
    if severity != other.severity { return severity > other.severity }
    let order = FindingCode.allCases
    return order.firstIndex(of: self) ?? 0 < order.firstIndex(of: other) ?? 0
  }
}

/// Finds the gaps of a matrix.
private struct GapCollector {
  private(set) var gaps: [Gap] = []
  private let adviser: Adviser

  /// - Parameter general: Findings that are about no control.
  init(_ matrix: ResponsibilityMatrix, _ adviser: Adviser, general: [Finding]) {
    self.adviser = adviser
    for finding in general {
      gaps.append(
        Gap(
          code: finding.code, control: nil, title: finding.subject, units: [], isWhole: true,
          advice: adviser.general(finding)))
    }
    for framework in matrix.unreadable {
      gaps.append(
        Gap(
          code: .undecided, control: nil, title: framework, units: [], isWhole: true,
          advice: adviser.unreadable(framework)))
    }
    for row in matrix.countedControls { add(row) }
    for point in matrix.singlePoints {
      gaps.append(
        Gap(
          code: .singlePoint, control: nil, title: point.person, units: [], isWhole: true,
          advice: adviser.singlePoint(
            person: point.person, party: point.party, count: point.count, total: point.total)))
    }
    gaps = gaps.enumerated().sorted { left, right in
      left.element.code == right.element.code
        ? left.offset < right.offset : left.element.code.precedes(right.element.code)
    }.map(\.element)
  }

  private mutating func add(_ row: ResponsibilityMatrix.ControlRow) {
    let missing = row.missingFrameworks
    if !missing.isEmpty {
      gaps.append(
        Gap(
          code: .undecided, control: row.control.id, family: row.control.families.first, title: row.control.title,
          units: [], isWhole: true,
          advice: adviser.notAdopted(row.control, missing: missing)))
    }
    for code in row.findings {
      var found: [Gap] = []
      for unit in row.applicable where unit.findings.contains(code) {
        let advice = adviser.advice(code, unit, of: row.control)
        if let index = found.firstIndex(where: { $0.advice == advice }) {
          found[index].units.append(unit.id)
        } else {
          found.append(
            Gap(
              code: code, control: row.control.id, family: row.control.families.first, title: row.control.title,
              units: [unit.id], isWhole: false, advice: advice))
        }
      }
      for index in found.indices { found[index].isWhole = found[index].units.count == row.applicable.count }
      gaps += found
    }
  }
}
