import Foundation
import TestSupport
import Testing

/// Results that are longer than the screen, on a terminal that `script(1)` makes.
struct PagerTests {
  /// Runs a line on a terminal of so many rows; what a pager was given stands in `paged`.
  private func screen(
    _ line: String, rows: Int = 10, environment: [String: String] = ["PAGER": "cat > paged; echo shown by the pager"]
  ) throws -> (shown: String, paged: String?, status: Int32) {
    let place = try SampleHouse.copy()
    try place.folder.write(Array("stty rows \(rows) cols 80\n\(line)\nexit $?\n".utf8), to: "desk/typed")
    let ended = try place.shell("script -qec 'bash typed' /dev/null < /dev/null", environment: environment)
    return (ended.output, place.folder.read("desk/paged").map { String(decoding: $0, as: UTF8.self) }, ended.status)
  }

  @Test func `what is longer than the screen goes through the pager, and talk comes behind it`() throws {
    let run = try screen("custody verify")
    #expect(run.paged?.contains("the store is sound") == true)
    #expect(run.shown.contains("shown by the pager"))
    #expect(run.status == 3)
    let said = try #require(run.shown.range(of: "next: custody report gaps"))
    let shown = try #require(run.shown.range(of: "shown by the pager"))
    #expect(shown.upperBound <= said.lowerBound, "\(run.shown)")
  }

  @Test func `what fits the screen does not`() throws {
    let run = try screen("custody verify", rows: 200)
    #expect(run.paged == nil && run.shown.contains("the store is sound"))
  }

  @Test(arguments: [
    ("custody verify --no-pager", [:]), ("custody verify | command cat", [:]), ("custody verify", ["PAGER": ""]),
    ("custody verify", ["PAGER": "cat"]), ("custody verify", ["CUSTODY_PAGER": ""]),
    ("custody verify", ["PAGER": "no-such-pager"]), ("custody key new --help --no-pager", [:]),
  ])
  func `nothing is paged that is not to be`(line: String, changed: [String: String]) throws {
    let run = try screen(line, environment: ["PAGER": "cat > paged"].merging(changed) { $1 })
    #expect(run.paged == nil)
    #expect(run.shown.contains("the store is sound") || run.shown.contains("Usage:"), "\(run.shown)")
  }

  @Test func `custody's own pager comes before the others'`() throws {
    let run = try screen(
      "custody help submit", environment: ["PAGER": "cat > other", "CUSTODY_PAGER": "cat > paged; echo LESS is $LESS"])
    #expect(run.paged?.contains("Usage:") == true)
    #expect(run.shown.contains("LESS is FRX"))
  }

  @Test func `a pager that is quit early is no error`() throws {
    let run = try screen("custody report ownership --full", environment: ["PAGER": "head -n 1"])
    #expect(run.status == 0 && run.shown.contains("Ownership, as of") && !run.shown.contains("error:"), "\(run.shown)")
    #expect(try screen("custody verify", environment: ["PAGER": "head -n 1"]).status == 3)
  }
}
