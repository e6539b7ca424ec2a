internal import CommandLine
internal import Workspace

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
            throw InvalidValue(Period.refusal(text))
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
        "duty", value: "ENGAGEMENT/DUTY",
        help: "The duty, or what is to be handed over, that it fulfils; controls are not needed then.",
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
