internal import CommandLine

/// How a command takes the store's lock.
///
/// A command that appends keeps it in a field of its arguments and adds `LockArguments.parameters(in: \.lock)`.
struct LockArguments: Sendable, Equatable {
  /// How long to wait for another writer to end, in seconds.
  var patience = 3
  /// Whether the store's network file system can be relied on.
  var allowsNetworkStore = false

  init() {}

  static func parameters<Outer>(
    in field: any WritableKeyPath<Outer, LockArguments> & Sendable
  ) -> [Parameter<Outer>] {
    let parameters: [Parameter<LockArguments>] = [
      .option(
        "wait", value: "SECONDS", help: "How long to wait while somebody else appends; 3 unless said.",
        replacing: \.patience, parse: CommandText.count),
      .flag(
        "network-store", help: "Append on a network file system, whose locks and renames you rely on.",
        into: \.allowsNetworkStore),
    ]
    return parameters.map { $0.nested(in: field) }
  }
}
