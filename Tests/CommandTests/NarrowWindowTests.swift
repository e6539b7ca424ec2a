import Foundation
import Rendering
import TestSupport
import Testing

@testable import custody

/// What people read has to fit the window that they read it in, with every number in it.
struct NarrowWindowTests {
  /// Every command that reads, and every help page.
  static let lines =
    [
      "custody status", "custody verify", "custody verify --fail-on never", "custody report ownership",
      "custody report ownership --only unowned", "custody report ownership --full", "custody report gaps",
      "custody report gaps --full", "custody report gaps --severity error", "custody log", "custody log --reverse",
      "custody log --type evidence", "custody show 0", "custody show 3", "custody show 6", "custody show checkpoint",
      "custody show $(sha256sum < updates.txt | cut -c 1-64)", "custody search january",
      "custody engagement check agreement.yaml", "custody engagement check more.yaml",
      "custody engagement check more.yaml --full", "custody engagement check bad.yaml", "custody engagement show",
      "custody engagement history", "custody framework list", "custody framework show house", "custody member list",
      "custody key list", "custody key show acme/bo", "custody party list", "custody check-proof entry.proof",
      "custody version", "custody help", "custody --help",
    ] + leaves(of: CommandTable.commands).map { "\($0.1) --help" }

  private static let house = Result {
    let place = try SampleHouse.copy()
    try place.prepare(
      (
        "acme/bo",
        "sed 's/^duties:/duties:\\n  - { id: review, title: Review of the year, party: onsite, every: year }/' agreement.yaml > more.yaml"
      ),
      // A store that one lost key ends would have one more line on its page than a narrow window has.
      (
        "acme/bo",
        "custody key new --as acme --use recovery --page page.txt --output page.card && custody member add page.card"
      ),
      ("acme/bo", "sed 's/^model: managed/model: managd/; s/party: acme/party: nobody-here/' agreement.yaml > bad.yaml")
    )
    return place
  }

  @Test(arguments: lines)
  func `a page fits the window, and no word and no number is lost in it`(line: String) throws {
    let place = try NarrowWindowTests.house.get()
    let wide = try place.shell(line, merged: true, environment: ["COLUMNS": "100"])
    for width in [80, 60] {
      let narrow = try place.shell(line, merged: true, environment: ["COLUMNS": "\(width)"])
      #expect(narrow.status == wide.status)
      for shown in narrow.output.split(separator: "\n") where DisplayWidth.of(String(shown)) > width {
        // What is to be copied may be one word that is wider than the window.
        let words = shown.split(separator: " ").filter { $0 != "\\" }
        #expect(words.count == 1, "\(width): \(shown)")
      }
      let long = Set(wide.output.split(whereSeparator: \.isWhitespace).filter { $0.count > width - 4 }.map(String.init))
      let (told, all) = (without(long, narrow.output), without(long, wide.output))
      #expect(words(told).subtracting(words(all)).subtracting(["in", "all"]) == [], "\(width): \(narrow.output)")
      #expect(words(all).subtracting(words(told)).subtracting(titles) == [], "\(width): \(narrow.output)")
      #expect(numbers(all).subtracting(numbers(told)) == [], "\(width): \(narrow.output)")
    }
  }

  /// The text without words that are wider than a line, also where they go on in the next.
  private func without(_ words: Set<String>, _ text: String) -> String {
    words.reduce(text) { text, word in
      let pattern = word.map { NSRegularExpression.escapedPattern(for: String($0)) }.joined(separator: "\\s*")
      return (try? Regex<AnyRegexOutput>(pattern)).map { text.replacing($0, with: "") } ?? text
    }
  }

  /// Titles of columns, which are not told where cells are empty, or stand first.
  private let titles: Set = ["control", "responsible", "evidence", "family", "party"]

  /// Runs of letters, in small letters: titles of columns are, in sentences.
  private func words(_ text: String) -> Set<String> {
    Set(text.matches(of: #/[A-Za-z]+/#).map { $0.output.lowercased() })
  }

  /// Runs of digits.
  private func numbers(_ text: String) -> Set<String> {
    Set(text.matches(of: #/[0-9]+/#).map { String($0.output) })
  }
}
