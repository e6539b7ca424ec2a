import Foundation

/// A clock that stands where a story says, for the programs that a test starts; the test's own goes on.
enum Clock {
  /// What is missing where nobody can hold a clock.
  struct Missing: Error, CustomStringConvertible {
    let description = "libfaketime.so.1 is not there: install the Debian package 'faketime'"
  }

  /// Lines of bash after which `custody` runs at that time, which stands still for it, and nothing else does.
  ///
  /// Each run has the clock to itself: processes of one shell that share it take it away from each other when one ends.
  /// - Parameter instant: `YYYY-MM-DDTHH:MM`, in UTC.
  /// - Throws: ``Missing``.
  static func standing(at instant: String) throws -> String {
    // Whoever waits for a lock measures by the clock that nobody sets.
    let words = [
      "LD_PRELOAD='\(try library())'", "FAKETIME='\(instant.replacing("T", with: " ")):00'", "TZ=UTC",
      "FAKETIME_DONT_FAKE_MONOTONIC=1",
    ]
    return "custody() { \(words.joined(separator: " ")) command custody \"$@\"; }\n"
  }

  /// Below `/usr/lib`, in the folder of the machine's architecture.
  private static func library() throws -> String {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib")) ?? []
    let places = [""] + folders.filter { $0.contains("-linux-gnu") }.map { "\($0)/" }
    let found = places.map { "/usr/lib/\($0)faketime/libfaketime.so.1" }.first {
      FileManager.default.fileExists(atPath: $0)
    }
    guard let found else { throw Missing() }
    return found
  }
}
