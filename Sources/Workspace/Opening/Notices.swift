/// Who is told how things go; always on the thread that began them.
public protocol Notices {
  /// Says how things go, and what to do next.
  func say(_ text: String)

  /// Says what the user should know, though the work goes on.
  func warn(_ text: String)

  /// Says what only somebody who looks closely wants to know.
  func detail(_ text: String)

  /// Says that the log is about to change: the process must not be ended from now on.
  func willCommit()

  /// Says that the log did not change after all.
  func didNotCommit()

  /// Says that entries are in the log: whatever fails from now on must not make anybody say them again.
  func recorded(_ entries: ClosedRange<Int>)

  /// Says that a long step begins.
  ///
  /// - Parameters:
  ///   - step: What is being done: `verifying entries`.
  ///   - total: How many there are, if that is known.
  func begin(_ step: String, total: Int?) -> any StepProgress
}

extension Notices {
  /// Nobody looks that closely.
  public func detail(_ text: String) {}

  /// Whoever calls a library has to see to its own signals.
  public func willCommit() {}

  /// See ``willCommit()``.
  public func didNotCommit() {}

  /// Nobody has to be told: what was called gives the entries back.
  public func recorded(_ entries: ClosedRange<Int>) {}
}

/// How far a long step has come.
public protocol StepProgress: AnyObject {
  /// How many are done.
  var count: Int { get }

  /// Counts on.
  func advance(by steps: Int)

  /// Says that the step has ended.
  func finish()
}

/// Nobody is told anything.
public struct NoNotices: Notices, Sendable {
  /// Silence.
  public init() {}

  /// Says nothing.
  public func say(_ text: String) {}
  /// Says nothing.
  public func warn(_ text: String) {}
  /// Counts, and shows nobody.
  public func begin(_ step: String, total: Int?) -> any StepProgress { Silence() }

  private final class Silence: StepProgress {
    private(set) var count = 0

    func advance(by steps: Int) { count &+= steps }
    func finish() {}
  }
}
