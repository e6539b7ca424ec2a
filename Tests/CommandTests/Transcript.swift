import Foundation
import TestSupport

/// What people type and what they see, in a file: comments behind `#`, lines behind `$ @PERSON`, and below each what was
/// printed and `(exit N)`.
///
///     $ @acme/bo custody framework adopt nist-800-171-r2
///     nist-800-171-r2 adopted from <today>: 110 controls, 320 units: entry 2
///     (exit 0)
struct Transcript {
  private struct Step {
    /// Comments and empty lines above it, then the line itself.
    let head: [String]
    let person: String
    let line: String
  }

  private var steps: [Step] = []
  /// What stands behind the last step's result.
  private var tail: [String] = []

  init(_ text: String) {
    var head: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("# ") || (line.isEmpty && (steps.isEmpty || !head.isEmpty)) {
        head.append(line)
      } else if line.hasPrefix("$ @") {
        let words = line.dropFirst(3).split(separator: " ", maxSplits: 1)
        steps.append(Step(head: head + [line], person: String(words[0]), line: String(words.last ?? "")))
        head = []
      }
    }
    while head.last?.isEmpty == true { head.removeLast() }
    tail = head
  }

  /// Runs every line, and writes the transcript as it came out.
  func replay(in place: Workplace) throws -> String {
    let clock = Date.now
    var text = ""
    for step in steps {
      let ended = try place.shell(step.line, as: step.person, merged: true)
      if !text.isEmpty { text += "\n" }
      text += step.head.map { "\($0)\n" }.joined()
      text += Masking(place, since: clock, known: steps.map(\.line)).mask(ended.output)
      text += "(exit \(ended.status))\n"
    }
    return text + tail.map { "\($0)\n" }.joined()
  }
}

/// What differs from run to run, behind names that say what it is.
struct Masking {
  private var rules: [(pattern: Regex<Substring>, name: String)] = []

  /// - Parameter known: Lines whose own days stay as they are.
  init(_ place: Workplace, since start: Date, known: [String]) {
    let days = [("today", 0), ("yesterday", -1), ("tomorrow", 1)]
    let written = Set(known.flatMap { $0.matches(of: #/\d{4}-\d\d-\d\d/#).map { String($0.output) } })
    rules = [
      (#/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/#, "<instant>"), (#/acme\/[0-9a-f]{8}/#, "<origin>"),
      (#/[0-9a-f]{40,63}…/#, "<hex>…"), (#/[A-Za-z0-9+\/]{43,}={0,2}/#, "<base64>"),
    ]
    for key in Masking.keys(place) {
      rules.insert((Masking.literal(key), "<keyid>"), at: 0)
      rules.append((Masking.literal(String(key.prefix(8))), "<key>"))
    }
    rules.insert((#/\b[0-9a-f]{64}\b/#, "<sha256>"), at: rules.firstIndex { $0.name == "<instant>" } ?? 0)
    rules.insert((Masking.literal(place.desk), "<desk>"), at: 0)
    rules.insert((Masking.literal(place.folder.path), "<folder>"), at: 1)
    rules.append((#/\b[0-9a-f]{8}\b/#, "<digest>"))
    for moment in [start, .now] {
      for (name, offset) in days {
        let day = moment.addingTimeInterval(Double(offset) * 86400).formatted(.iso8601.year().month().day())
        rules.append((Masking.literal(day), "<\(name)>"))
      }
    }
    for day in written { rules.insert((Masking.literal(day), day.replacing("-", with: "\u{1}")), at: 0) }
    rules.append((#/\b\d{4}-\d\d-\d\d\b/#, "<day>"))
  }

  /// Of a chapter, whose clock is set: its days stay, and only what is made of keys differs.
  init(chapter place: Workplace) {
    for key in Masking.keys(place) { rules.append((Masking.literal(key), "<keyid>")) }
    rules += [
      (Masking.literal(place.desk + "/"), ""), (#/\b[0-9a-f]{64}\b/#, "<sha256>"), (#/[0-9a-f]{40,63}…/#, "<hex>…"),
      (#/[A-Za-z0-9+\/]{43,}={0,2}/#, "<base64>"), (#/\b[0-9a-f]{8}\b/#, "<digest>"),
      // The slip's groups of four.
      (#/\b[0-9a-f]{4}(?: [0-9a-f]{4}){3,}\b/#, "<digits>"), (#/check [0-9a-f]{4} [0-9a-f]{4}\b/#, "check <digits>"),
    ]
  }

  private static func literal(_ text: String) -> Regex<Substring> { Regex(verbatim: text) }

  /// The ids of every key in anybody's home.
  private static func keys(_ place: Workplace) -> [String] {
    let files = (try? FileManager.default.subpathsOfDirectory(atPath: place.folder.path("homes"))) ?? []
    return files.filter { $0.hasSuffix(".pem") }.compactMap { $0.split(separator: "/").last?.dropLast(4) }.map(
      String.init)
  }

  func mask(_ text: String) -> String {
    let masked = rules.reduce(text) { $0.replacing($1.pattern, with: $1.name) }
    let whole = masked.replacing("\u{1}", with: "-")
    return whole.isEmpty || whole.hasSuffix("\n") ? whole : whole + "\n"
  }
}
