/// Words that are looked for in controls, without regard to the case of ASCII letters.
struct ControlSearch {
  /// Where all the words were found.
  private enum Rank {
    case heading
    case text
  }

  private let words: [[UInt8]]

  init(_ text: String) {
    words = text.split(whereSeparator: \.isWhitespace).map { Self.folded($0) }
  }

  /// Those in which all the words occur, in their order, but those first where the heading has them.
  func matches(in controls: [Control]) -> [Control] {
    let ranked = controls.map { (control: $0, rank: rank($0)) }
    return ranked.filter { $0.rank == .heading }.map(\.control) + ranked.filter { $0.rank == .text }.map(\.control)
  }

  /// Whether id, title and function hold all the words, or else these and the prose; nil if not, or without words.
  private func rank(_ control: Control) -> Rank? {
    guard !words.isEmpty else { return nil }
    var text = Self.folded([control.id.description, control.title, control.domain ?? ""].joined(separator: "\n"))
    if words.allSatisfy({ Self.contains($0, in: text) }) { return .heading }
    let rest =
      [control.statement] + control.aliases
      + control.units.flatMap { [$0.id.local, $0.prose] }
      + control.properties.filter { $0.name == "statement-of-work-phrase" }.map(\.value)
    text += Self.folded("\n" + rest.joined(separator: "\n"))
    return words.allSatisfy { Self.contains($0, in: text) } ? .text : nil
  }

  private static func folded(_ text: some StringProtocol) -> [UInt8] {
    text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
  }

  private static func contains(_ word: [UInt8], in text: [UInt8]) -> Bool {
    guard let first = word.first else { return true }
    guard word.count <= text.count else { return false }
    for start in 0...(text.count - word.count) where text[start] == first {
      if text[start...].starts(with: word) { return true }
    }
    return false
  }
}
