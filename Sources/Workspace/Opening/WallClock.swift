internal import Glibc
public import Statements

/// What time it is, as the user's clock says.
public struct WallClock: Sendable {
  private let read: @Sendable () -> Instant

  /// - Parameter read: Gives the time, to the millisecond; called from any thread.
  public init(_ read: @escaping @Sendable () -> Instant) { self.read = read }

  /// The system's clock.
  public static let system = WallClock {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Instant(millisecondsSinceEpoch: Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000)
  }

  /// Now.
  public func now() -> Instant { read() }

  /// The UTC day that it is.
  public var today: Day { now().day }
}
