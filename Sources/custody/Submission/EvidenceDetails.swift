internal import CommandLine
internal import Findings
internal import Catalogs
internal import Crypto
internal import Statements

/// What a submitter says about evidence, as the command line or a list gives it.
struct EvidenceDetails: Sendable, Equatable {
  /// As they were written.
  var controls: [String] = []
  var description: String?
  var collected: Instant?
  var from: Day?
  var through: Day?
  /// The same two days in one word.
  var period: Period?
  var source: String?
  var query: String?
  var count: Int?
  var label: String?
  var duty: String?
  var retainUntil: Day?
  /// Entry numbers or statements, as they were written.
  var replaces: [String] = []

  /// How far a clock may be ahead of ours, in milliseconds.
  private static let clockTolerance = 15 * 60_000

  /// Refuses dates that cannot be.
  func checkDates() throws {
    if period != nil, from != nil || through != nil {
      throw Failure(.usage, "--period says the days that --from and --through say", hint: "give one or the other")
    }
    if let from, let through, through < from {
      throw Failure(.usage, "the period ends on \(through), before it begins on \(from)")
    }
    if let collected, collected > Clock.now().adding(milliseconds: EvidenceDetails.clockTolerance) {
      throw Failure(
        .usage, "it cannot have been collected at \(collected): that is still to come",
        hint: "instants are in UTC; if this machine's clock is wrong, set it")
    }
  }

  /// The same with the period's days each by itself, so that a list's line can say another.
  var inDays: EvidenceDetails {
    var details = self
    details.from = from ?? period?.from
    details.through = through ?? period?.through
    details.period = nil
    return details
  }

  /// The predicate.
  func evidence(controls: [String], duty: String?, replaces: [Digest]) -> Evidence {
    var evidence = Evidence(controls: controls)
    evidence.description = description
    evidence.collected = collected
    evidence.from = inDays.from
    evidence.through = inDays.through
    evidence.source = source
    evidence.query = query
    evidence.count = count
    evidence.label = label
    evidence.duty = duty
    evidence.retainUntil = retainUntil
    evidence.replaces = replaces
    return evidence
  }
}

extension EvidenceDetails {
  /// The rows of every command that submits.
  static func parameters<Outer>(
    in field: any WritableKeyPath<Outer, EvidenceDetails> & Sendable
  ) -> [Parameter<Outer>] {
    let parameters: [Parameter<EvidenceDetails>] = [
      .repeatable(
        "control", "c", value: "ID", help: "Control, or objective, that it is about.", into: \.controls,
        parse: CommandText.text),
      .option(
        "description", value: "TEXT", help: "What it shows.", into: \.description, parse: CommandText.text),
      .option("from", value: "DAY", help: "First day that it covers.", into: \.from, parse: CommandText.day),
      .option("through", value: "DAY", help: "Last day that it covers.", into: \.through, parse: CommandText.day),
      .option(
        "period", value: "PERIOD", help: "Both in one word: 2026-09, 2026-q3, 2026-h2 or 2026.", into: \.period,
        parse: { text in
          guard let period = Period(text) else {
            throw InvalidValue("'\(text)' is no period: write a month, 2026-09, a quarter, 2026-q3, or a year, 2026")
          }
          return period
        }),
      .option(
        "source", value: "TEXT", help: "The system that it came from.", into: \.source, parse: CommandText.text),
      .option(
        "query", value: "TEXT", help: "The query or filter that made it.", into: \.query, parse: CommandText.text),
      .option(
        "count", value: "NUMBER", help: "How many rows or items it has.", into: \.count, parse: CommandText.count),
      .option(
        "label", value: "TEXT", help: "An auditor's request id, or any other label.", into: \.label,
        parse: CommandText.text),
      .option(
        "duty", value: "ENGAGEMENT/DUTY", help: "The duty that it fulfils; controls are not needed then.",
        into: \.duty, parse: CommandText.text),
      .option(
        "retain-until", value: "DAY", help: "Day until which it has to be kept.", into: \.retainUntil,
        parse: CommandText.day),
      .repeatable(
        "replaces", value: "ENTRY|STATEMENT", help: "Earlier evidence of your party that this stands in for.",
        into: \.replaces, parse: CommandText.text),
    ]
    return parameters.map { parameter in
      var parameter = parameter
      parameter.row.group = "About the evidence"
      return parameter.nested(in: field)
    }
  }
}
