internal import Glibc

/// For how long somebody waits for a host that fails: between all tries of one request, and for answers that did not come.
package struct Patience: Sendable {
  /// In milliseconds.
  private var left: Int
  /// In milliseconds.
  private static let longestPause = 5000
  /// However short the wait that was asked for, in seconds: a host that fails once mostly answers the next time.
  private static let least = 10

  /// - Parameter seconds: What was asked for; 30 unless stated, and never fewer than ten.
  package init(seconds: Int = 30) { left = min(max(seconds, Patience.least), 86_400) * 1000 }

  /// Takes off how long was waited for an answer that did not come.
  package mutating func spend(_ duration: Duration) {
    left = max(0, left - Int(duration.components.seconds) * 1000)
  }

  /// Waits a growing time, not the same for everybody.
  ///
  /// - Parameters:
  ///   - attempt: From 1 on.
  ///   - seconds: What the host asks for.
  /// - Returns: False, without waiting, where it would be too long.
  package mutating func pause(_ attempt: Int, asked seconds: Int? = nil) -> Bool {
    let growing = min(Patience.longestPause, 50 << min(attempt, 7))
    let pause = max(Int.random(in: growing / 2...growing), min(max(seconds ?? 0, 0), 30) * 1000)
    guard pause <= left else { return false }
    left -= pause
    usleep(useconds_t(pause * 1000))
    return true
  }
}
