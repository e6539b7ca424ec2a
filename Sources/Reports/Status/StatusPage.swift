internal import Findings
internal import Catalogs
package import Obligations
public import Ownership
internal import Rendering
public import Statements

/// One screen: is the chain sound, who answers for how much, and what to do first.
public struct StatusPage: Sendable {
  /// The most lines and columns that the text takes.
  public static let height = 40
  /// The most columns that the text takes.
  public static let width = 100
  /// Evidence that is due within so many days is named.
  public static let daysAhead = 30

  /// Units that wait for a party's word.
  public struct Waiting: Sendable {
    /// The agreement's id.
    public var engagement: String
    /// The party whose word is awaited.
    public var party: String
    /// Whether it said no.
    public var hasDeclined: Bool
    /// How many units wait for it.
    public var units: Int
    /// What waits beside units, as a schedule names it: `paper baa`.
    public var lines: [String] = []
    /// The first day that it is about, where that is still to come.
    public var from: Day?

    /// Units that wait for a party's word.
    public init(engagement: String, party: String, hasDeclined: Bool, units: Int, from: Day? = nil) {
      self.engagement = engagement
      self.party = party
      self.hasDeclined = hasDeclined
      self.units = units
      self.from = from
    }
  }

  /// Evidence of a control that is too old, or will be soon.
  public struct Due: Sendable {
    /// The control's id.
    public var control: String
    /// How many of its units it is about.
    public var units: Int
    /// The party that answers for them.
    public var party: String
    /// The day its age runs from, and the day it is due anew.
    public var day: String
    /// The day on which evidence is due anew.
    public var due: String
    /// Whether that day has passed.
    public var isStale: Bool
  }

  /// Something to do, and what for.
  public struct Step: Sendable {
    /// What to run.
    public var command: String
    /// What that is for.
    public var reason: String
  }

  /// What it is made from.
  public let input: StatusInput
  /// Over all frameworks.
  public let totals: (controls: ResponsibilityMatrix.Totals, units: ResponsibilityMatrix.Totals)
  /// Largest first; then what is about days to come.
  public let waiting: [Waiting]
  /// Oldest first.
  public let due: [Due]
  /// What is owed by agreements, and overdue or due within the days ahead; the soonest first.
  package let duties: [DutyCalendar.Entry]
  /// Items of plans of action that are late; those that were due first stand first.
  package let lateActions: [ActionItem]
  /// Requests of auditors that are overdue, by the names of their lists; those that were due first stand first.
  package let overdueRequests: [(list: String, request: AuditRequest, status: RequestRules.Status)]
  /// What shows the late items.
  static let planCommand = "custody poam"
  /// What shows the overdue requests.
  static let requestsCommand = "custody requests list --open"
  /// Papers in force that end soon, and that none follows; the soonest first.
  let endingPapers: [HeldPapers.Entry]
  /// What assessments said last.
  let assessments: AssessmentSummary
  /// Owned units that nothing was submitted for.
  public let unitsWithoutEvidence: Int
  /// At most three, the most urgent first.
  public let steps: [Step]
  /// Whether something that nobody owns, or that cannot be told, is among the findings.
  public var hasErrors: Bool { !unowned.isEmpty || input.snapshot.generalFindings.contains { $0.severity == .error } }
  let stamp: ReportStamp
  let summary: OwnershipSummary
  /// What is unowned, by its cause.
  let unowned: [GapGroup]
  /// What was promised and not kept, by what is the matter.
  let broken: [GapGroup]

  /// The page of what is known.
  public init(_ input: StatusInput) {
    self.input = input
    let matrix = input.matrix
    stamp = ReportStamp(input.snapshot)
    totals = matrix.totals
    summary = OwnershipSummary(matrix, input.state)
    waiting = StatusPage.waiting(matrix) + StatusPage.waitingLines(matrix) + input.upcoming
    due = StatusPage.due(matrix)
    let ahead = matrix.asOf.adding(days: StatusPage.daysAhead)
    duties = input.duties.filter { duty in duty.due.map { $0 <= ahead } ?? false }
    lateActions = StatusPage.sorted(input.lateActions, by: \.due)
    let requests = input.overdueRequests.flatMap { list, states in
      states.map { (list: list, request: $0.request, status: $0.status) }
    }
    overdueRequests = StatusPage.sorted(requests) { $0.request.due }
    endingPapers = HeldPapers.ending(HeldPapers.list(input.snapshot), on: matrix.asOf)
    assessments = AssessmentSummary(input.assessments, matrix, client: input.snapshot.state.client)
    unitsWithoutEvidence = matrix.units.filter { $0.findings.contains(.noEvidence) }.count
    let groups = GapsReport(input.snapshot, owed: input.unreadableHandovers).groups
    unowned = groups.filter { $0.code.severity == .error }
    broken = groups.filter { $0.code.row.group == .obligations }
    steps = StatusPage.steps(input, groups)
  }

  /// By a day, and as they come where it is the same.
  private static func sorted<Item>(_ items: [Item], by day: (Item) -> Day?) -> [Item] {
    items.enumerated().sorted { left, right in
      let (first, second) = (day(left.element), day(right.element))
      guard let first, let second, first != second else { return left.offset < right.offset }
      return first < second
    }.map(\.element)
  }

  private static func waiting(_ matrix: ResponsibilityMatrix) -> [Waiting] {
    var waiting: [Waiting] = []
    for unit in matrix.units where unit.applies {
      guard let wait = unit.ownership.waiting else { continue }
      for party in wait.missing {
        let hasDeclined = unit.ownership.error == .declined
        if let index = waiting.firstIndex(where: {
          $0.engagement == wait.engagement && $0.party == party && $0.hasDeclined == hasDeclined
        }) {
          waiting[index].units += 1
        } else {
          waiting.append(Waiting(engagement: wait.engagement, party: party, hasDeclined: hasDeclined, units: 1))
        }
      }
    }
    return waiting.enumerated().sorted { left, right in
      left.element.units == right.element.units
        ? left.offset < right.offset : left.element.units > right.element.units
    }.map(\.element)
  }

  /// Duties, papers and other lines that wait for a party's word, in the matrix's order.
  private static func waitingLines(_ matrix: ResponsibilityMatrix) -> [Waiting] {
    var waiting: [Waiting] = []
    for line in matrix.lines where line.state.waiting != nil {
      for party in line.state.missing {
        let hasDeclined = line.state.decliners.contains(party)
        let index =
          waiting.firstIndex {
            $0.engagement == line.engagement && $0.party == party && $0.hasDeclined == hasDeclined
          } ?? waiting.count
        if index == waiting.count {
          waiting.append(Waiting(engagement: line.engagement, party: party, hasDeclined: hasDeclined, units: 0))
        }
        waiting[index].lines.append("\(line.key)")
      }
    }
    return waiting
  }

  private static func due(_ matrix: ResponsibilityMatrix) -> [Due] {
    var found: [(due: Due, on: Day)] = []
    for row in matrix.countedControls {
      let start = found.count
      for unit in row.applicable where unit.ownership.isOwned {
        guard let day = unit.evidenceDay, let on = unit.evidenceDue, on <= matrix.asOf.adding(days: daysAhead)
        else { continue }
        let entry = Due(
          control: row.control.id.description, units: 1, party: unit.accountable ?? "", day: "\(day)",
          due: "\(on)", isStale: on < matrix.asOf)
        // Units of one control, of one party and age, are one line.
        if let index = found[start...].firstIndex(where: {
          $0.on == on && $0.due.party == entry.party && $0.due.day == entry.day
        }) {
          found[index].due.units += 1
        } else {
          found.append((entry, on))
        }
      }
    }
    return found.enumerated().sorted { left, right in
      left.element.on == right.element.on ? left.offset < right.offset : left.element.on < right.element.on
    }.map(\.element.due)
  }

  private static func steps(_ input: StatusInput, _ groups: [GapGroup]) -> [Step] {
    var steps: [Step] = []
    switch input.chain {
    case .unsound: return [Step(command: "custody verify", reason: "trust nothing here before this is understood")]
    case .unchecked: steps.append(Step(command: "custody verify", reason: "nobody has checked the chain"))
    case .sound: break
    }
    if input.offersWaiting > 0 {
      steps.append(
        Step(
          command: "custody append", reason: "\(Wording.count(input.offersWaiting, "offer")) in the inbox"))
    }
    if let party = input.unconfirmed.first {
      let advice = Adviser(input.state, input.matrix)
        .unconfirmed(party: party.party, fingerprint: party.fingerprint)
      steps.append(Step(command: advice.actors.first?.command ?? "custody party list", reason: advice.remedy))
    }
    // What was applied speaks for nobody before it is accepted: nothing else is as quickly done.
    let lines = waitingLines(input.matrix).filter { !$0.hasDeclined }
    for wait in lines where steps.count < 3 {
      let agreement = ShellWord.quoted(wait.engagement)
      steps.append(
        Step(
          command: "custody engagement show \(agreement) --party \(wait.party) --request \(wait.party).request",
          reason: "\(wait.party) has not accepted \(Wording.list(wait.lines.map { "'\($0)'" })): mail them the request")
      )
    }
    for group in groups where group.severity > .note {
      guard let command = group.gaps.first?.advice.actors.first?.command,
        !steps.contains(where: { $0.command == command })
      else { continue }
      let more = group.commands.first == command ? "" : ", this one first"
      steps.append(Step(command: command, reason: "\(group.code.rawValue): \(group.size)\(more)"))
    }
    if steps.count < 3, let duty = input.duties.first(where: \.isOverdue) {
      let name = ShellWord.quoted(duty.name)
      steps.append(Step(command: "custody submit --duty \(name) FILE", reason: "overdue: \(duty.title)"))
    }
    let items = input.lateActions.count
    if items > 0 {
      steps.append(Step(command: planCommand, reason: "\(Wording.count(items, "item")) of a plan of action late"))
    }
    let requests = input.overdueRequests.reduce(0) { $0 + $1.states.count }
    if requests > 0 {
      let count = Wording.count(requests, "request")
      steps.append(Step(command: requestsCommand, reason: "\(count) of auditors overdue"))
    }
    return Array(steps.prefix(3))
  }
}

extension GapGroup {
  var severity: Severity { code.severity }

  /// `3 units`; `2 controls` where it is not about units, and what it is about where it is not about controls.
  var size: String {
    if unitCount > 0 { return Wording.count(unitCount, "unit") }
    let controls = gaps.filter { $0.control != nil }.count
    return controls > 0 ? Wording.count(controls, "control") : Wording.list(gaps.map(\.title))
  }
}
