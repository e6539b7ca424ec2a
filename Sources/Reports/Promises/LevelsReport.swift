package import Obligations
public import Ownership
public import Statements

/// Service levels: what was promised, what each period had, and whether that keeps the promise.
public struct LevelsReport: Sendable {
  /// Whose promise it is, which says how it is to be read.
  package enum Part: String, Sendable, CaseIterable {
    /// A provider's, on functions that it answers for.
    case provider
    /// A party's, on functions that it does not answer for, all or some of them.
    case outside
    /// The client's own, on what stays with it.
    case `internal`
  }

  /// What it was folded from.
  public let stamp: ReportStamp
  /// Each period of each level, in the order of the agreements.
  package let results: [LevelResults.Result]
  /// The span that was asked for; nil for all.
  package let span: (from: Day, through: Day)?
  /// Whether any level was ever promised.
  let hasLevels: Bool
  let client: String
  /// What the agreements' tables give for each result; empty where no agreement names one.
  let credits: [CreditBook.Answer?]

  /// The levels of a snapshot.
  ///
  /// - Parameter span: Only periods that touch it; nil for all.
  public init(_ snapshot: Snapshot, span: (from: Day, through: Day)? = nil) {
    self.init(snapshot, span: span, credits: nil)
  }

  /// - Parameter credits: The tables that agreements name; nil for none.
  package init(_ snapshot: Snapshot, span: (from: Day, through: Day)?, credits: CreditBook?) {
    stamp = ReportStamp(snapshot)
    self.span = span
    client = snapshot.state.client
    let all = LevelResults.list(snapshot)
    hasLevels = !all.isEmpty
    let results = all.filter { result in
      span.map { result.period.from <= $0.through && $0.from <= result.period.through } ?? true
    }
    self.results = results
    self.credits = credits.flatMap { $0.isEmpty ? nil : $0 }.map { book in results.map(book.answer) } ?? []
  }

  static func part(_ result: LevelResults.Result) -> Part {
    if result.isInternal { return .internal }
    return result.outside.isEmpty ? .provider : .outside
  }

  /// A period, and what it gives back.
  struct Line {
    var result: LevelResults.Result
    var credit: CreditBook.Answer?
  }

  /// Every period with its credit.
  var lines: [Line] {
    results.enumerated().map { Line(result: $0.element, credit: credits.isEmpty ? nil : credits[$0.offset]) }
  }

  /// The lines of one part, those of one level together.
  func levels(_ part: Part) -> [[Line]] {
    var levels: [[Line]] = []
    for line in lines where LevelsReport.part(line.result) == part {
      if let last = levels.last?.last, LevelsReport.isAlike(last.result, line.result) {
        levels[levels.count - 1].append(line)
      } else {
        levels.append([line])
      }
    }
    return levels
  }

  /// Whether two results are of one promise.
  private static func isAlike(_ left: LevelResults.Result, _ right: LevelResults.Result) -> Bool {
    left.name == right.name && left.party == right.party && left.target == right.target && left.unit == right.unit
      && left.every == right.every && left.domains == right.domains && left.outside == right.outside
  }

  /// How many periods there are of each state.
  func count(_ state: LevelResults.State) -> Int { results.count { $0.state == state } }
}
