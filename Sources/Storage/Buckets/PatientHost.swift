internal import Glibc
internal import RemoteWire

/// A host that is asked again where it did not answer, or had no time.
///
/// Only what may be done twice is: reading, writing a name whose bytes are the same each time, deleting. The swap of a
/// checkpoint is not among it: see ``CheckpointSwap``.
package struct PatientHost: StoreHost {
  private let host: any StoreHost
  /// How often, and for how long at most between two tries, in milliseconds.
  private let tries: Int
  private static let longestPause = 5000

  package init(_ host: any StoreHost, tries: Int = 8) {
    self.host = host
    self.tries = tries
  }

  package var address: String { host.address }

  package func perform(_ requests: [HostRequest]) throws -> [HostAnswer] {
    var answers = try host.perform(requests)
    for attempt in 1..<max(2, tries) {
      let again = answers.indices.filter { answers[$0].wire.isWorthAnotherTry }
      guard !again.isEmpty else { break }
      PatientHost.pause(attempt, asked: again.compactMap { answers[$0].wire.pause }.max())
      for index in again { PatientHost.clear(requests[index]) }
      for (index, answer) in zip(again, try host.perform(again.map { requests[$0] })) { answers[index] = answer }
    }
    return answers
  }

  /// The file that a cut transfer left, so that the next can make it.
  private static func clear(_ request: HostRequest) {
    guard request.wire.verb == .get, let file = request.wire.file else { return }
    unsafe unlink(file)
  }

  /// Waits a growing time, not the same for everybody.
  ///
  /// - Parameters:
  ///   - attempt: From 1 on.
  ///   - seconds: What the host asks for.
  static func pause(_ attempt: Int, asked seconds: Int? = nil) {
    let growing = min(longestPause, 50 << min(attempt, 7))
    let pause = max(Int.random(in: growing / 2...growing), min(seconds ?? 0, 30) * 1000)
    usleep(useconds_t(pause * 1000))
  }
}
