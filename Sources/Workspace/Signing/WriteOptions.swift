/// How signed statements are written, whatever they say.
package struct WriteOptions: Sendable, Equatable {
  /// The file that the signed envelopes go to, instead of the log.
  package var offer: String?
  /// The file of a checkpoint, where the store itself is out of reach.
  package var checkpoint: String?
  /// Whether to find out what would be written, and write nothing.
  package var isDryRun = false
  /// How long to wait for another writer to end, in seconds.
  package var patience = 3
  /// Whether the store's network file system can be relied on.
  package var allowsNetworkStore = false

  package init() {}
}
