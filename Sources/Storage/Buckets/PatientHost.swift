internal import Glibc
internal import RemoteWire

/// A host that is asked again where it did not answer, or had no time.
///
/// Only what may be done twice is: reading, writing a name whose bytes are the same each time, deleting. The swap of a
/// checkpoint is not among it: see ``CheckpointSwap``.
package struct PatientHost: StoreHost {
  private let host: any StoreHost
  private let tries: Int
  private let patience: Patience

  /// - Parameters:
  ///   - tries: How often at most.
  ///   - patience: For how long to wait between tries, all in all.
  package init(_ host: any StoreHost, tries: Int = 8, patience: Patience = Patience()) {
    self.host = host
    self.tries = tries
    self.patience = patience
  }

  package var address: String { host.address }

  package func perform(_ requests: [HostRequest]) throws -> [HostAnswer] {
    var begun = ContinuousClock.now
    var answers = try host.perform(requests)
    var patience = patience
    for attempt in 1..<max(2, tries) {
      let again = answers.indices.filter { answers[$0].wire.isWorthAnotherTry }
      // A host that takes what is sent and says nothing costs as much time as one that has to be waited for.
      if again.contains(where: { answers[$0].wire.status == 0 }) { patience.spend(begun.duration(to: .now)) }
      guard !again.isEmpty, patience.pause(attempt, asked: again.compactMap { answers[$0].wire.pause }.max())
      else { break }
      for index in again { PatientHost.clear(requests[index]) }
      begun = .now
      for (index, answer) in zip(again, try host.perform(again.map { requests[$0] })) { answers[index] = answer }
    }
    return answers
  }

  /// The file that a cut transfer left, so that the next can make it.
  private static func clear(_ request: HostRequest) {
    guard request.wire.verb == .get, let file = request.wire.file else { return }
    unsafe unlink(file)
  }
}
