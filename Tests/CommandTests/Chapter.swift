import Foundation
import TestSupport

/// A page of the manual that is a story too: Markdown whose fences are replayed, each step on a day of its own.
///
/// A fence with a file's name behind its language is that file, which lies on the desk from there on. A `console` fence
/// holds steps: the clock, in UTC; who types; the line, which goes on below where it ends with `\`; what was printed; and
/// the status.
///
///     ```yaml agreement.yaml
///     id: clinic-onsite
///     ```
///     ```console
///     $ 2023-01-09T09:00 @clinic/ann custody engagement apply agreement.yaml --yes
///     version of 'clinic-onsite' signed
///     (exit 0)
///     ```
struct Chapter {
  /// What a page is made of, in its order.
  private enum Piece {
    case prose(String)
    case file(fence: String, name: String, lines: [String])
    case steps([Step])
  }

  private struct Step {
    /// The prompt and what was typed, as they stand on the page.
    let typed: [String]
    let clock: String
    let person: String
    let line: String
  }

  /// Why a page cannot be replayed.
  struct Unreadable: Error, CustomStringConvertible {
    let description: String
  }

  private var pieces: [Piece] = []

  /// - Throws: ``Unreadable`` where a prompt has no clock or nobody who types, or a fence does not end.
  init(_ page: String) throws {
    var lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    while let line = lines.popFirst() {
      guard line.hasPrefix("```"), line != "```" else {
        pieces.append(.prose(line))
        continue
      }
      guard let end = lines.firstIndex(of: "```") else { throw Unreadable(description: "'\(line)' does not end") }
      let inside = Array(lines[..<end])
      lines = lines[(end + 1)...]
      let words = line.dropFirst(3).split(separator: " ").map(String.init)
      if words == ["console"] {
        pieces.append(.steps(try Chapter.steps(inside)))
      } else if words.count == 2 {
        pieces.append(.file(fence: line, name: words[1], lines: inside))
      } else {
        pieces += ([line] + inside + ["```"]).map(Piece.prose)
      }
    }
  }

  private static func steps(_ lines: [String]) throws -> [Step] {
    var steps: [Step] = []
    var rest = lines[...]
    while let first = rest.popFirst() {
      guard first.hasPrefix("$ ") else { continue }
      let words = first.dropFirst(2).split(separator: " ", maxSplits: 2).map(String.init)
      guard words.count == 3, words[0].wholeMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d/#) != nil, words[1].hasPrefix("@")
      else { throw Unreadable(description: "'\(first)' is not '$ 2023-01-09T09:00 @PARTY/PERSON LINE'") }
      var typed = [first]
      while typed.last?.hasSuffix("\\") == true, let next = rest.popFirst() { typed.append(next) }
      let line = ([words[2]] + typed.dropFirst()).joined(separator: "\n")
      steps.append(Step(typed: typed, clock: words[0], person: String(words[1].dropFirst()), line: line))
    }
    return steps
  }

  /// Runs every line at its hour, and writes the page as it came out.
  ///
  /// - Parameter client: Whose store it is: a folder of that name on the desk.
  func replay(in place: Workplace, client: String) throws -> String {
    var page: [String] = []
    for piece in pieces {
      switch piece {
      case .prose(let line): page.append(line)
      case .file(let fence, let name, let lines):
        try place.folder.write(Array(lines.map { "\($0)\n" }.joined().utf8), to: "desk/\(name)")
        page += [fence] + lines + ["```"]
      case .steps(let steps):
        let run = try steps.map { try replay($0, in: place, client: client) }
        page += ["```console"] + run.joined(separator: [""]) + ["```"]
      }
    }
    return page.joined(separator: "\n")
  }

  /// `head` reads to the end: whether a program notices that nobody reads its output any more is a matter of luck.
  private static let patience = "head() { command head \"$@\"; cat > /dev/null; }\n"

  private func replay(_ step: Step, in place: Workplace, client: String) throws -> [String] {
    let clock = try Clock.standing(at: step.clock)
    let ended = try place.shell(
      clock + Chapter.patience + step.line, as: step.person, merged: true,
      environment: ["CUSTODY_STORE": "\(place.desk)/\(client)", "COLUMNS": "96"])
    let shown = Masking(chapter: place).mask(ended.output)
    let lines = shown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast()
    return step.typed + lines + ["(exit \(ended.status))"]
  }
}
