internal import Findings

/// Splits a command's words into parameters and their values; knows nothing of types.
///
/// `--name VALUE`, `--name=VALUE`, `-n VALUE`, flags in a bundle (`-qy`), `--` before words that are no options, and `-`
/// as a word of its own. Names are never abbreviated.
package struct Grammar {
  /// A parameter that was given.
  package struct Occurrence: Equatable {
    /// Its row's index.
    package let row: Int
    package let value: String?
    /// How messages call it.
    package let title: String
  }

  package let rows: [ParameterRow]
  /// With the program's name: `custody key new`.
  package let command: String

  private var helpHint: String { "'\(command) --help' shows what there is" }

  /// Every parameter that the words give, in their order.
  package func read(_ words: [String]) throws -> [Occurrence] {
    var occurrences: [Occurrence] = []
    var places: [String] = []
    var rest: [String] = []
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      if word == "--" {
        rest = Array(words[index...])
        break
      }
      if word.utf8.starts(with: "--".utf8) {
        occurrences.append(try readLong(word, words, &index))
      } else if word.utf8.first == UInt8(ascii: "-"), word.utf8.count > 1 {
        occurrences += try readShort(word, words, &index)
      } else {
        places.append(word)
      }
    }
    if let row = rows.firstIndex(where: { $0.kind == .rest }) {
      occurrences += rest.map { Occurrence(row: row, value: $0, title: "'\(rows[row].value)'") }
    } else {
      places += rest
    }
    occurrences += try place(places)
    try refuseRepetition(occurrences)
    return occurrences
  }

  /// Whether help is asked for before any `--`.
  package static func asksForHelp(_ words: [String]) -> Bool {
    words.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
  }

  /// Refuses words that leave out what is needed.
  package func requireAll(_ occurrences: [Occurrence]) throws {
    let missing = rows.indices.filter { index in
      rows[index].isRequired && !occurrences.contains { $0.row == index }
    }
    guard let first = missing.first else { return }
    let titles = missing.map { "'\(rows[$0].kind == .rest ? "-- " : "")\(rows[$0].title)'" }
    throw Failure(
      .usage, "'\(command)' needs \(Wording.list(titles)): \(lowered(rows[first].help))", hint: helpHint)
  }

  private func readLong(_ word: String, _ words: [String], _ index: inout Int) throws -> Occurrence {
    let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let attached = parts.count > 1 ? String(parts[1]) : nil
    guard let row = rows.firstIndex(where: { $0.isNamed && $0.name.utf8.elementsEqual(name.utf8) }) else {
      throw unknown("--\(name)")
    }
    let title = "'--\(name)'"
    switch rows[row].kind {
    case .option:
      let value = try attached ?? nextValue(of: row, spelled: "--\(name)", words, &index)
      return Occurrence(row: row, value: value, title: title)
    case .optionalValue: return Occurrence(row: row, value: attached, title: title)
    default:
      guard attached == nil else { throw Failure(.usage, "\(title) takes no value", hint: helpHint) }
      return Occurrence(row: row, value: nil, title: title)
    }
  }

  /// A short name, or several flags in a bundle of which the last may take a value.
  private func readShort(_ word: String, _ words: [String], _ index: inout Int) throws -> [Occurrence] {
    let letters = Array(word.dropFirst())
    return try letters.enumerated().map { position, letter in
      guard let row = rows.firstIndex(where: { $0.isNamed && $0.short == letter }) else {
        throw unknown("-\(letter)")
      }
      guard rows[row].kind == .option else { return Occurrence(row: row, value: nil, title: "'-\(letter)'") }
      guard position == letters.count - 1 else {
        throw Failure(
          .usage, "'-\(letter)' in '\(word)' needs a value after it",
          hint: "write '-\(letter) \(rows[row].value)' by itself")
      }
      let value = try nextValue(of: row, spelled: "-\(letter)", words, &index)
      return Occurrence(row: row, value: value, title: "'-\(letter)'")
    }
  }

  private func nextValue(of row: Int, spelled: String, _ words: [String], _ index: inout Int) throws -> String {
    let value = index < words.count ? words[index] : nil
    guard let value, value == "-" || value.utf8.first != UInt8(ascii: "-") else {
      let hint = value.map { $0 != "--" ? "if '\($0)' is the value, write '--\(rows[row].name)=\($0)'" : helpHint }
      throw Failure(.usage, "'\(spelled)' needs a value, \(rows[row].value)", hint: hint ?? helpHint)
    }
    index += 1
    return value
  }

  /// The name that was perhaps meant: one that differs little, or one that begins alike and differs somewhat more.
  private func nearest(to word: String, among names: [String]) -> String? {
    // With the dashes, which all have, a short word may differ in more of its letters.
    let alike = names.filter { $0.first == word.first }.map { "--\($0)" }
    return Spelling.nearest(to: word, among: names)
      ?? Spelling.nearest(to: "--\(word)", among: alike).map { String($0.dropFirst(2)) }
  }

  private func unknown(_ spelled: String) -> Failure {
    let names = rows.filter(\.isNamed).map(\.name)
    // A single letter is near to every other; the dashes, which all have, say nothing.
    let near =
      spelled.utf8.starts(with: "--".utf8) ? nearest(to: String(spelled.dropFirst(2)), among: names) : nil
    return Failure(
      .usage, "'\(command)' has no option '\(spelled)'", hint: near.map { "did you mean '--\($0)'" } ?? helpHint)
  }

  /// Gives the words without a name to the places that the rows have for them.
  private func place(_ words: [String]) throws -> [Occurrence] {
    let places = rows.indices.filter { rows[$0].kind == .positional }
    var occurrences: [Occurrence] = []
    for (index, word) in words.enumerated() {
      let place = index < places.count ? places[index] : places.last.flatMap { rows[$0].isRepeatable ? $0 : nil }
      guard let place else {
        let runs = rows.contains { $0.kind == .rest }
        throw Failure(
          .usage, "'\(command)' does not know what to do with '\(word)'",
          hint: runs ? "write '--' before the command that is to run" : helpHint)
      }
      occurrences.append(Occurrence(row: place, value: word, title: "'\(rows[place].value)'"))
    }
    return occurrences
  }

  private func refuseRepetition(_ occurrences: [Occurrence]) throws {
    var seen: Set<Int> = []
    for occurrence in occurrences where !seen.insert(occurrence.row).inserted {
      guard !rows[occurrence.row].isRepeatable else { continue }
      throw Failure(.usage, "\(occurrence.title) is given twice", hint: "'\(command)' takes it once")
    }
  }

  /// A help text in the middle of a sentence.
  private func lowered(_ help: String) -> String {
    let sentence = help.split(separator: ". ").first.map(String.init) ?? help
    let text = sentence.last == "." ? String(sentence.dropLast()) : sentence
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
