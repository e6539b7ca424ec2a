internal import Crypto
internal import Ownership
internal import Statements
package import TreeLog

extension Desk {
  /// Says in a new store which older one it goes on from: one whose keys are all lost, so that nothing can be said in it
  /// any more. The entry is evidence with the label `successor`, and names the old log's origin, size and root.
  ///
  /// - Parameters:
  ///   - old: Checked as every store is that is opened.
  ///   - path: The new store's folder.
  /// - Returns: The new store's checkpoint with that entry.
  package func name(_ old: OpenedStore, aheadOf path: String, _ allowsNetworkStore: Bool) throws -> Checkpoint {
    let store = try open(path)
    var evidence = Evidence(
      controls: [try store.control(of: "backup-recovery", about: "the store that came before")])
    evidence.label = Succession.label
    evidence.description =
      "Goes on from the log \(old.origin) of \(old.checkpoint.size) entries, root \(old.checkpoint.root.hex)."
    let note = Succession.text(old.checkpoint)
    var options = WriteOptions()
    options.allowsNetworkStore = allowsNetworkStore
    let checkpoint = old.checkpointNote.bytes
    let place = SigningPlace(store, signer: try store.signer())
    let written = try Writing.perform(at: place, options) { sink, signed in
      guard signed.isEmpty else { return nil }
      // In byte order of their names.
      let subjects = [
        try sink.keep(checkpoint, name: "checkpoint", mediaType: "text/plain"),
        try sink.keep(note, name: "successor.json", mediaType: "application/json"),
      ]
      return Draft(predicate: .evidence(evidence), subjects: subjects)
    }
    return written.checkpoint
  }
}
