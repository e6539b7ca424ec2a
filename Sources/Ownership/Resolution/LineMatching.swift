internal import Agreements
internal import Catalogs
internal import Statements

/// How closely a line of the scope names a unit; the lesser wins.
struct Specificity: Comparable, Hashable {
  private let rank: Int
  /// Of families, how far out: of nested ones the inner is the more specific.
  private let distance: Int

  static let objective = Specificity(rank: 0, distance: 0)
  static let control = Specificity(rank: 1, distance: 0)
  static func family(distance: Int) -> Specificity { Specificity(rank: 2, distance: distance) }
  static let domain = Specificity(rank: 3, distance: 0)

  /// Whether the line names the unit itself, or its control, rather than something that it lies in.
  var isNaming: Bool { rank <= 1 }

  static func < (left: Specificity, right: Specificity) -> Bool {
    (left.rank, left.distance) < (right.rank, right.distance)
  }
}

/// A document's lines, prepared to find those that match a unit.
struct LineMatching: Sendable {
  fileprivate struct Match: Sendable {
    let line: Int
    let text: String
  }

  private typealias Matches = DatedLines<Match>

  private let scope: [ScopeLine]
  private let byControl: [ControlID: Matches]
  private let byUnit: [ControlID: Matches]
  private let byFamily: [ControlID: Matches]
  /// Lines that name a family of same-as controls match the controls those come to.
  private let byFamilyOfControl: [ControlID: Matches]
  private let byDomain: [String: Matches]

  init(_ scope: [ScopeLine], names: ControlNames) {
    var byControl: [ControlID: [Match]] = [:]
    var byUnit: [ControlID: [Match]] = [:]
    var byFamily: [ControlID: [Match]] = [:]
    var byFamilyOfControl: [ControlID: [Match]] = [:]
    var byDomain: [String: [Match]] = [:]
    for (index, line) in scope.enumerated() {
      switch line.target {
      case .domains(let domains):
        for domain in domains {
          byDomain[domain, default: []].append(Match(line: index, text: "domain \(domain)"))
        }
      case .families(let families):
        for text in families {
          guard let family = ControlID(parsing: text) else { continue }
          let match = Match(line: index, text: "family \(text)")
          byFamily[family, default: []].append(match)
          for control in names.familyTargets[family] ?? [] { byFamilyOfControl[control, default: []].append(match) }
        }
      case .controls(let controls):
        for text in controls {
          guard let control = ControlID(parsing: text) else { continue }
          let targets = names.sameAs[control] ?? [control]
          for target in targets {
            // An id that is both a control's and a unit's means the control.
            if names.controls.contains(target) {
              byControl[target, default: []].append(Match(line: index, text: "control \(text)"))
            } else {
              byUnit[target, default: []].append(Match(line: index, text: "objective \(text)"))
            }
          }
        }
      }
    }
    func dated(_ matches: [Match]) -> Matches {
      Matches(matches) { (scope[$0.line].from, scope[$0.line].through) }
    }
    self.scope = scope
    self.byControl = byControl.mapValues(dated)
    self.byUnit = byUnit.mapValues(dated)
    self.byFamily = byFamily.mapValues(dated)
    self.byFamilyOfControl = byFamilyOfControl.mapValues(dated)
    self.byDomain = byDomain.mapValues(dated)
  }

  /// The lines that match a unit on a day most specifically, and how closely they do.
  struct Best {
    let specificity: Specificity
    let lines: [(line: ScopeLine, text: String)]
    /// Of the lines, into the scope.
    let indices: [Int]
  }

  /// The lines that match a unit on a day most specifically.
  func best(_ unit: UnitFacts, on day: Day) -> Best? {
    if let found = inForce([byUnit[unit.id]], day) { return Best(.objective, found, scope) }
    if let found = inForce([byControl[unit.control]], day) { return Best(.control, found, scope) }
    for (distance, family) in unit.families.enumerated() {
      let ofControl = distance == 0 ? byFamilyOfControl[unit.control] : nil
      if let found = inForce([byFamily[family], ofControl], day) {
        return Best(.family(distance: distance), found, scope)
      }
    }
    if unit.families.isEmpty, let found = inForce([byFamilyOfControl[unit.control]], day) {
      return Best(.family(distance: 0), found, scope)
    }
    if let domain = unit.domain, let found = inForce([byDomain[domain]], day) { return Best(.domain, found, scope) }
    return nil
  }

  private func inForce(_ matches: [Matches?], _ day: Day) -> [Match]? {
    let found = matches.flatMap { $0?.inForce(on: day) ?? [] }
    guard found.count > 1 else { return found.isEmpty ? nil : found }
    // A line that names a unit twice, by its control and by a same-as of it, is one line.
    var lines: Set<Int> = []
    return found.filter { lines.insert($0.line).inserted }
  }

  /// Adds the days on which lines that may match a unit begin, and those after their last.
  func insertDays(of unit: UnitFacts, into days: inout Set<Day>) {
    let matches =
      [byUnit[unit.id], byControl[unit.control], byFamilyOfControl[unit.control], unit.domain.flatMap { byDomain[$0] }]
      + unit.families.map { byFamily[$0] }
    for match in matches.lazy.compactMap({ $0 }).flatMap(\.lines) {
      if let from = scope[match.line].from { days.insert(from) }
      if let through = scope[match.line].through { days.insert(through.adding(days: 1)) }
    }
  }
}

extension LineMatching.Best {
  fileprivate init(_ specificity: Specificity, _ matches: [LineMatching.Match], _ scope: [ScopeLine]) {
    self.init(
      specificity: specificity, lines: matches.map { (scope[$0.line], $0.text) }, indices: matches.map(\.line))
  }
}

/// The names under which adopted catalogs know controls.
struct ControlNames {
  private(set) var controls: Set<ControlID> = []
  private(set) var sameAs: [ControlID: [ControlID]] = [:]
  private(set) var familyTargets: [ControlID: [ControlID]] = [:]

  init(_ adoptions: [ResolutionInput.Adoption]) {
    for adoption in adoptions {
      for unit in adoption.units ?? [] { controls.insert(unit.control) }
      sameAs.merge(adoption.sameAs) { _, new in new }
      familyTargets.merge(adoption.familyTargets) { _, new in new }
    }
  }
}
