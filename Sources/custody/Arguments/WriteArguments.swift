internal import CommandLine

/// What every command takes that signs and appends.
///
/// A command keeps it in a field of its arguments and adds `WriteArguments.parameters(in: \.write)` to its rows.
struct WriteArguments: Sendable, Equatable {
  /// Where the signed envelope goes, instead of the log.
  var offer: String?
  /// The file of a checkpoint, where the store itself is out of reach.
  var checkpoint: String?
  /// Whether to show what would be written, and write nothing.
  var isDryRun = false
  var lock = LockArguments()

  init() {}

  /// - Parameter fromCheckpoint: Whether an offer can be made with nothing of the store but its checkpoint.
  static func parameters<Outer>(
    in field: any WritableKeyPath<Outer, WriteArguments> & Sendable, fromCheckpoint: Bool = true
  ) -> [Parameter<Outer>] {
    var parameters: [Parameter<WriteArguments>] =
      [
        .option(
          "offer", value: "FILE",
          help: "Write the signed statement to a file that somebody else appends; touch no log.",
          completion: .file, into: \.offer,
          parse: { text in
            guard !text.isEmpty else { throw InvalidValue("its value is empty") }
            return text
          }),
        .option(
          "checkpoint", value: "FILE",
          help: "With --offer, where the store is out of reach: its checkpoint, signed or as its three lines.",
          completion: .file, into: \.checkpoint, parse: CommandText.text),
        .flag("dry-run", help: "Show what would be written; write nothing.", into: \.isDryRun),
      ] + LockArguments.parameters(in: \.lock)
    if !fromCheckpoint { parameters.removeAll { $0.row.name == "checkpoint" } }
    return parameters.map { parameter in
      var parameter = parameter
      parameter.row.group = "Writing"
      return parameter.nested(in: field)
    }
  }
}
