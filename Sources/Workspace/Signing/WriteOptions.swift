/// How signed statements are written, whatever they say.
public struct WriteOptions: Sendable, Equatable {
  /// The file that the signed envelopes go to, instead of the log.
  public var offer: String?
  /// The file of a checkpoint, where the store itself is out of reach.
  public var checkpoint: String?
  /// Whether to find out what would be written, and write nothing.
  public var isDryRun = false
  /// How long to wait for another writer to end, in seconds.
  public var patience = 3
  /// Whether the store's network file system can be relied on.
  public var allowsNetworkStore = false

  /// Into the log, after three seconds of patience.
  public init() {}
}
