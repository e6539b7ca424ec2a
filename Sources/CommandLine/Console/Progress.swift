internal import Rendering

/// One line that says how far a step has come, and how fast: `verifying entries: 1200 of 4000, 30 %, 600/s`.
package final class Progress {
  private static let interval = Duration.milliseconds(100)

  private let step: String
  private let total: Int?
  private let isShown: Bool
  private let columns: Int
  private let now: () -> ContinuousClock.Instant
  private let write: (String) -> Void
  private let start: ContinuousClock.Instant
  private var lastShown: ContinuousClock.Instant?
  private var isOnScreen = false
  /// How many are done.
  package private(set) var count = 0

  package init(
    step: String, total: Int?, isShown: Bool, columns: Int, now: @escaping () -> ContinuousClock.Instant,
    write: @escaping (String) -> Void
  ) {
    self.step = step
    self.total = total
    self.isShown = isShown
    self.columns = columns
    self.now = now
    self.write = write
    start = now()
  }

  /// Counts on, and shows it unless it was shown less than a tenth of a second ago.
  package func advance(by steps: Int = 1) {
    let (sum, overflows) = count.addingReportingOverflow(steps)
    count = overflows ? .max : sum
    guard isShown else { return }
    let moment = now()
    if let lastShown, moment - lastShown < Progress.interval { return }
    show(at: moment)
  }

  /// Shows the line before anything is done: what takes long from its first step on must not look like nothing.
  func begin() { if isShown { show(at: now()) } }

  private func show(at moment: ContinuousClock.Instant) {
    lastShown = moment
    isOnScreen = true
    write("\r" + TextWrapping.shortened(text(at: moment), width: columns - 1) + "\u{1b}[K")
  }

  /// Takes the line away.
  package func finish() { erase() }

  /// Takes the line away until it is shown next.
  package func erase() {
    guard isOnScreen else { return }
    isOnScreen = false
    lastShown = nil
    write("\r\u{1b}[K")
  }

  private func text(at moment: ContinuousClock.Instant) -> String {
    var text = "\(step): \(count)"
    if let total, total > 0 {
      text += " of \(total), \(Int(min(100, Double(count) / Double(total) * 100))) %"
    }
    let seconds = Double((moment - start).components.seconds) + Double((moment - start).components.attoseconds) / 1e18
    if seconds >= 0.5 { text += ", \(Int(Double(count) / seconds))/s" }
    return text
  }
}
