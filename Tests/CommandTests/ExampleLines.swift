import CommandLine

/// The command lines in help, read as a shell would read them.
enum ExampleLines {
  /// The words of a line behind `custody`, up to where the shell goes on; nil where there is no such command in it.
  static func words(of line: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var characters = Substring(line)
    while let character = characters.popFirst() {
      if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
        continue
      }
      switch character {
      case "'", "\"":
        quote = character
        word = word ?? ""
      case "\\": word = (word ?? "") + String(characters.popFirst() ?? " ")
      case " ", "(", ")", "<", ">", "|", ";", "&":
        if let ended = word { words.append(ended) }
        word = nil
        if character != " " { words.append(String(character)) }
      default: word = (word ?? "") + String(character)
      }
    }
    if let ended = word { words.append(ended) }
    guard quote == nil, let start = words.firstIndex(of: "custody") else { return nil }
    return Array(words[(start + 1)...].prefix { !["<", ">", "|", ";", "&", ")"].contains($0) })
  }

  /// The words behind a command's own name.
  static func arguments(_ words: [String], of command: Command) -> [String] {
    let name = words.firstIndex(of: command.name).map { $0 + 1 } ?? 0
    return Array(words[name...])
  }
}
