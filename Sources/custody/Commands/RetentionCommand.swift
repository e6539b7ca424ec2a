internal import CommandLine
internal import Findings
internal import Rendering
internal import Reports
internal import Statements
internal import Storage
internal import Workspace

/// `custody retention`: what of the evidence may go, what may not yet, and why.
enum RetentionCommand {
  struct Arguments: Sendable {
    var asOf: Day?
    var listsAll = false
    var applies = false
  }

  static let spec = CommandSpec<Arguments>(
    name: "retention", abstract: "Show what evidence may go, what may not yet, and why.",
    discussion: """
      Evidence is kept for as long as the longest of these asks: the law behind a framework that it shows something of (six \
      years under HIPAA, from its making or its last day in effect; six years under CMMC, from the newest assessment), and \
      the day that its submitter named with --retain-until. Under HIPAA, what was submitted without --through and nothing has \
      replaced is taken to be in effect. A hold keeps evidence whatever else says.

      Nothing is ever removed because time has passed: this is a proposal, and 'custody redact' does it.

      Of a store in a bucket with object lock (lock= in its address) it also shows for how long the bucket keeps each thing \
      from being deleted, and where that is not what the rules ask. What is in effect is kept for longer from day to day: \
      --apply once a month lengthens it.
      """,
    examples: [
      Example("custody retention", "what may go today, and what is under a hold"),
      Example("custody retention --apply", "what the bucket keeps for too short a time is kept for longer"),
      Example("custody retention --as-of 2032-01-01 --all --format csv", "everything, as it will stand then"),
    ],
    parameters: [
      .option(
        "as-of", value: "DATE", help: "The day that is asked about; today unless stated.", into: \.asOf,
        parse: CommandText.day),
      .flag(
        "apply", help: "Have the bucket keep what is to be kept: lengthen, set and lift legal holds; shorten nothing.",
        into: \.applies),
      .flag("all", help: "List what is to be kept as well.", into: \.listsAll),
    ],
    formats: [.text, .csv, .json],
    answers: [ExitAnswer(.answerIsNo, "with --apply: something is not kept as it has to be")],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    if let notice = store.verificationNotice { console.warn(notice) }
    if arguments.applies { return try apply(store, arguments, global, console) }
    let day = arguments.asOf ?? store.desk.clock.today
    let report = try RetentionReading(store, on: day).report(listsAll: arguments.listsAll)
    let format = ReportFormat(rawValue: global.format.rawValue) ?? .text
    try console.write((try report.rendered(as: format, width: console.columns) ?? "").utf8)
    return .success
  }

  private static func apply(
    _ store: OpenedStore, _ arguments: Arguments, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    guard arguments.asOf == nil else {
      throw Failure(.usage, "what is kept is kept as of today: --apply goes without --as-of")
    }
    guard let keeping = try BucketKeeping(store, on: store.desk.clock.today) else {
      throw Failure(
        .usage, "'\(store.name)' is in no bucket that keeps things",
        hint: "the address says that it does: lock=compliance or lock=governance")
    }
    var lifts = false
    let left = try keeping.heldForNothing()
    if left > 0 {
      let question = Question(
        "\(Wording.count(left, "object")) \(left == 1 ? "has" : "have") a legal hold in the bucket for which there is no hold in "
          + "the log: lift \(left == 1 ? "it" : "them")?")
      lifts = try store.desk.consent.confirm(question)
    }
    let changes = try keeping.apply(lifts: lifts)
    if global.format == .json {
      try console.print([
        "lengthened": .integer(changes.lengthened), "holdsSet": .integer(changes.holdsSet),
        "holdsLifted": .integer(changes.holdsLifted), "missing": .strings(changes.missing),
        "refused": .array(changes.refused.map { ["name": .string($0.name), "reason": .string($0.reason)] }),
      ])
    } else {
      let legal = "legal holds: \(changes.holdsSet) set, \(changes.holdsLifted) lifted"
      try console.print(wrapped: "kept for longer: \(Wording.count(changes.lengthened, "object")); \(legal)")
    }
    for name in changes.missing { console.warn("'\(name)' is not there: 'custody verify' says more") }
    for refused in changes.refused { console.warn("'\(refused.name)' stays as it is: \(refused.reason)") }
    return changes.refused.isEmpty && changes.missing.isEmpty ? .success : .answerIsNo
  }
}
