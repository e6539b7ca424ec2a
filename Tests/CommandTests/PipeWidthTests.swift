import Foundation
import Rendering
import TestSupport
import Testing

@testable import custody

/// What goes into a pipe or a file is read by people too, who are not asked how wide their window is.
struct PipeWidthTests {
  /// Names and titles that are long, where a catalog, an agreement or an entry has them.
  private static let house = Result {
    let place = try SampleHouse.copy()
    let long = (1...40).map { "word\($0)" }.joined(separator: " ")
    try place.prepare(
      ("acme/bo", "sed 's/\"title\": \"\\([^\"]*\\)\"/\"title\": \"\\1 \(long)\"/' three-controls.json > long.json"),
      ("acme/bo", "custody framework import long.json --id long --effective 2026-01-01"),
      (
        "acme/bo",
        """
        sed -e 's/^id: .*/id: wide/' -e 's/^duties:/duties:\\n  - { id: long, title: \(long), party: acme, every: year }/' \
          -e 's/frameworks: .*/frameworks: [long]/' -e '/^service-levels/,$d' \
          -e "s/^providers: .*/providers: [onsite$(for n in 1 2 3 4 5; do printf ', provider-of-this-%s' $n; done)]/" \
          agreement.yaml > wide.yaml
        for n in 1 2 3 4 5; do
          custody key new --as "provider-of-this-$n/ann" --name Ann --output $n.card
          custody party add "provider-of-this-$n" --name "A $n" --card $n.card
        done
        custody engagement apply wide.yaml --yes
        """
      ),
      ("acme/bo", "custody submit february.txt --control house/1.2 --description '\(long)'"))
    return place
  }

  @Test func `what a submission says of a file with a long name fits, and so do keys of whoever has one`() throws {
    let place = try Workplace(copyOf: PipeWidthTests.house.get())
    let long = (1...20).map { "word\($0)" }.joined(separator: " ")
    let lines = [
      "echo x > '\(long).txt'; custody submit '\(long).txt' --control house/1.2 --dry-run",
      "custody submit '\(long).txt' --control house/1.2", "custody submit '\(long).txt' --control house/1.2",
      "custody key new --as acme/\(String(repeating: "n", count: 32)) --name '\(long)' --output n.card > out; custody member add n.card",
      "custody key list", "custody status", "custody member list", "custody show 0",
    ]
    for line in lines {
      let ended = try place.shell("{ \(line); } | cat")
      for shown in ended.output.split(separator: "\n") where DisplayWidth.of(String(shown)) > 100 {
        #expect(shown.split(separator: " ").count == 1, "\(line): \(shown)")
      }
    }
  }

  /// What is copied as it is, a signed note with a line for each signature; and what gives a program a line an entry.
  private static let whole = ["custody show checkpoint", "custody log", "custody search"]

  @Test(
    arguments: NarrowWindowTests.lines.filter { line in !PipeWidthTests.whole.contains { line.hasPrefix($0) } } + [
      "custody engagement show wide", "custody framework show long",
      "custody framework show long/1.1",
    ])
  func `where nobody said how wide, a hundred columns are enough`(line: String) throws {
    let ended = try PipeWidthTests.house.get().shell("\(line) | cat")
    for shown in ended.output.split(separator: "\n") where DisplayWidth.of(String(shown)) > 100 {
      let words = shown.split(separator: " ").filter { $0 != "\\" }
      #expect(words.count == 1, "\(shown)")
    }
  }
}
