import Foundation
import TestSupport
import Testing

/// Output that is kept in `Fixtures/reports` and reviewed like code.
enum Golden {
  /// Compares with what is kept; with `RECORD=1` in the environment keeps it instead.
  static func check(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let url = URL(fileURLWithPath: Fixtures.path("reports/\(name)"))
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
      return
    }
    let kept = try String(decoding: Data(contentsOf: url), as: UTF8.self)
    guard !kept.utf8.elementsEqual(text.utf8) else { return }
    let (old, new) = (
      kept.split(separator: "\n", omittingEmptySubsequences: false),
      text.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let line = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }
    Issue.record(
      """
      'Fixtures/reports/\(name)' differs from line \((line?.offset ?? min(old.count, new.count)) + 1) on
      kept: \(line?.element.0 ?? "(\(old.count) lines)")
      made: \(line?.element.1 ?? "(\(new.count) lines)")
      """, sourceLocation: sourceLocation)
  }
}
