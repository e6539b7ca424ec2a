internal import Glibc
internal import Statements

/// The system's clock.
enum Clock {
  /// Now, to the millisecond.
  static func now() -> Instant {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Instant(millisecondsSinceEpoch: Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000)
  }
}
