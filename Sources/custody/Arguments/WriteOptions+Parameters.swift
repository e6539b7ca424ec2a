internal import CommandLine
internal import Workspace

/// What every command takes that signs and appends.
///
/// A command keeps it in a field of its arguments and adds `WriteOptions.parameters(in: \.write)` to its rows.
extension WriteOptions {
  /// - Parameter fromCheckpoint: Whether an offer can be made with nothing of the store but its checkpoint.
  static func parameters<Outer>(
    in field: any WritableKeyPath<Outer, WriteOptions> & Sendable, fromCheckpoint: Bool = true
  ) -> [Parameter<Outer>] {
    var parameters: [Parameter<WriteOptions>] =
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
      ] + waiting
    if !fromCheckpoint { parameters.removeAll { $0.row.name == "checkpoint" } }
    return parameters.map { parameter in
      var parameter = parameter
      parameter.row.group = "Writing"
      return parameter.nested(in: field)
    }
  }

  /// The rows of a command that appends, and signs nothing of its own.
  static func lockParameters<Outer>(
    in field: any WritableKeyPath<Outer, WriteOptions> & Sendable
  ) -> [Parameter<Outer>] {
    waiting.map { $0.nested(in: field) }
  }

  private static let waiting: [Parameter<WriteOptions>] = [
    .option(
      "wait", value: "SECONDS", help: "How long to wait while somebody else appends; 3 unless stated.",
      replacing: \.patience, parse: CommandText.count),
    .flag(
      "network-store", help: "Append on a network file system, whose locks and renames you rely on.",
      into: \.allowsNetworkStore),
  ]
}
