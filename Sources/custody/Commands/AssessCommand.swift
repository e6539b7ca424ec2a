internal import Catalogs
internal import CommandLine
internal import Crypto
internal import Findings
internal import Obligations
internal import Ownership
internal import Statements
internal import Storage
internal import TreeLog
internal import Workspace

/// `custody assess`: whether controls are met, in the eyes of whoever signs.
enum AssessCommand {
  struct Arguments: Sendable {
    var controls: [String] = []
    var status: Assessment.Status?
    var evidence: String?
    var note: String?
    var from: Day?
    var through: Day?
    var partial: String?
    var owner: String?
    var alternative: String?
    var due: Day?
    var milestones: [AssessmentNote.Milestone] = []
    var write = WriteOptions()
  }

  static let spec = CommandSpec<Arguments>(
    name: "assess", abstract: "Say whether controls or objectives are met.",
    discussion: """
      An administrator of the client assesses, or a member of an auditor. It does not touch who owns a control, nor \
      whether it applies: that the framework's adoption says. --partial, --owner, --alternative and --milestone stand in \
      the note, a line each, from which 'custody report assessment' and 'custody poam' read them; --due is the last day.
      """,
    examples: [
      Example("custody assess 3.1.1 --status met --note \"reviewed in September\"", "a control that is met"),
      Example(
        "custody assess '3.5.3[d]' --status planned --owner acme/bo --due 2027-03-31 --milestone '2027-01-31: tokens ordered'",
        "one objective that is still to be met, and the plan for it"),
      Example(
        "custody assess 3.13.11 --status not-met --partial 'encrypted, the module is not validated'",
        "what is worth 3 points less instead of 5"),
    ],
    parameters: [
      .positionals("CONTROL", help: "Control or objective.", into: \.controls, parse: CommandText.text),
      .option(
        "status", value: Assessment.Status.allCases.map(\.rawValue).joined(separator: "|"), help: "What it is.",
        required: true, completion: .words(Assessment.Status.allCases.map(\.rawValue)), into: \.status,
        parse: { text in
          guard let status = Assessment.Status(rawValue: text) else {
            throw InvalidValue(
              "write \(Wording.list(Assessment.Status.allCases.map(\.rawValue), "or")), not '\(text)'")
          }
          return status
        }),
      .option(
        "evidence", value: "REF",
        help: "What shows it: an object's digest, or its first digits, or an entry of one object.",
        into: \.evidence, parse: CommandText.text),
      .option("note", value: "TEXT", help: "Why.", into: \.note, parse: CommandText.text),
      .option(
        "partial", value: "TEXT", help: "Not met, but in place for some: what is missing.", into: \.partial,
        parse: CommandText.text),
      .option(
        "alternative", value: "TEXT", help: "What is done in the place of an addressable specification (HIPAA).",
        into: \.alternative, parse: CommandText.text),
      .option("owner", value: "PERSON", help: "Who sees to it.", into: \.owner, parse: CommandText.text),
      .option("due", value: "DAY", help: "The day by which it is to be met.", into: \.due, parse: CommandText.day),
      .repeatable(
        "milestone", value: "DAY: TEXT", help: "A step on the way.", into: \.milestones,
        parse: { text in
          guard let milestone = AssessmentNote("milestone \(text)").milestones.first, !milestone.text.isEmpty else {
            let day = text.prefix { $0 != ":" }
            if day.count == 10, day.allSatisfy({ $0.isNumber || $0 == "-" }), Day(String(day)) == nil {
              throw InvalidValue("'\(day)' is not a day of the calendar")
            }
            throw InvalidValue("write 'YYYY-MM-DD: what is done by then', not '\(text)'")
          }
          return milestone
        }),
      .option("from", value: "DAY", help: "First day that it covers.", into: \.from, parse: CommandText.day),
      .option("through", value: "DAY", help: "Last day that it covers.", into: \.through, parse: CommandText.day),
    ] + WriteOptions.parameters(in: \.write),
    initial: Arguments.init
  ) { arguments, global, console in
    guard let status = arguments.status else { throw Failure(.usage, "--status is missing") }
    if let from = arguments.from, let through = arguments.through, through < from {
      throw Failure(.usage, "the period ends on \(through), before it begins on \(from)")
    }
    let isPlan = arguments.owner != nil || arguments.due != nil || !arguments.milestones.isEmpty
    guard !isPlan || status == .planned || status == .notMet else {
      throw Failure(
        .usage, "--owner, --due and --milestone are about what is open, and this is \(status.rawValue)",
        hint: "leave them out, or say --status planned")
    }
    guard arguments.partial == nil || status == .notMet || status == .planned else {
      throw Failure(.usage, "--partial is about what is not met, and this is \(status.rawValue)")
    }
    guard arguments.due == nil || arguments.through == nil else {
      throw Failure(
        .usage, "--due and --through say the same day", hint: "--due for a plan, --through for what was assessed")
    }
    var note = AssessmentNote(arguments.note)
    note.partial = arguments.partial ?? note.partial
    note.owner = arguments.owner ?? note.owner
    note.alternative = arguments.alternative ?? note.alternative
    note.milestones += arguments.milestones
    let place = try SigningPlace.open(arguments.write, global, console)
    let today = place.desk.clock.today
    if status == .met, let day = [arguments.through, arguments.from].compactMap({ $0 }).first(where: { $0 > today }) {
      throw Failure(
        .usage, "nobody has seen yet what is met on \(day): today is \(today)",
        hint: "say --through \(today) at most, and assess it anew afterwards")
    }
    let choice = ControlChoice(place)
    var assessment = Assessment(
      units: try choice.resolve(arguments.controls), status: status,
      evidence: try arguments.evidence.map { try object($0, at: place) }, note: note.written)
    assessment.from = arguments.from
    assessment.through = arguments.through ?? arguments.due
    if note.alternative != nil { try checkAddressable(assessment.units, try choice.everything()) }
    for doubt in try doubts(assessment, note, place) { console.warn(doubt) }
    let what = "\(FileGathering.some(assessment.units)) \(status.rawValue)"
    if let digest = assessment.evidence, let store = place.store, try store.contents.objectSize(digest) == nil {
      throw Failure(
        .inputMissing, "the store has no object \(digest.hex)",
        hint: "submit it first, or give the digest that 'submit' says")
    }
    let written = try Writing.perform(.assessment(assessment), at: place, arguments.write)
    try written.tell(what, global, console)
    return .success
  }
  /// The one object that a reference means.
  private static func object(_ reference: String, at place: SigningPlace) throws -> Digest {
    let found = try EvidenceObjects.find([reference], at: place)
    guard let only = found.first, found.count == 1 else {
      throw Failure(
        .usage, "'\(reference)' brings \(Wording.count(found.count, "object")), and an assessment names one",
        hint: "give the first digits of its digest: 'custody show \(reference)' has them")
    }
    return only
  }

  /// Refuses something in the place of a specification that is required (45 CFR 164.306(d)(2)).
  private static func checkAddressable(_ units: [String], _ finder: ControlFinder) throws {
    for id in units.compactMap({ ControlID(parsing: $0) }) {
      let control = finder.control(id) ?? finder.unit(id).flatMap { finder.control($0.control) }
      guard control?.requirement == "required" else { continue }
      throw Failure(
        .usage, "'\(id)' is required, and nothing takes its place (45 CFR 164.306(d)(2))",
        hint: "--alternative is for what is addressable: 'custody framework show \(id.framework)' says which is")
    }
  }

  /// What is recorded as it is said, and probably was not meant so.
  private static func doubts(_ assessment: Assessment, _ note: AssessmentNote, _ place: SigningPlace) throws -> [String]
  {
    var doubts: [String] = []
    let today = place.desk.clock.today
    if let owner = note.owner, let store = place.store, try !KnownPeople(store).knows(owner) {
      doubts.append("nobody here knows '\(owner)', who is to see to it: 'custody member list' shows who is a member")
    }
    switch assessment.status {
    case .notMet, .planned:
      if let due = assessment.through {
        if due < today { doubts.append("it is due on \(due), which has passed") }
        for step in note.milestones where step.day > due {
          doubts.append("the milestone of \(step.day) is after \(due), when all is to be done")
        }
      } else if assessment.status == .planned, note.milestones.isEmpty {
        doubts.append("no day is named by which it is to be met: --due says one")
      }
      if note.alternative != nil, assessment.status == .notMet, note.text.isEmpty {
        doubts.append(
          "why it is not reasonable and appropriate is documented too where something takes its place: --note "
            + "(45 CFR 164.306(d)(3)(ii)(B)(1))")
      }
    case .notApplicable:
      if note.text.isEmpty { doubts.append("why it is not applicable is not said: --note") }
      if assessment.units.contains(where: { $0.hasPrefix("nist-800-171-r2/\(DoDScore.planRequirement)") }) {
        doubts.append("without a system security plan there is no score (32 CFR 170.24(c)(2)(i)(B)(5))")
      }
    case .met: break
    }
    return doubts
  }
}
