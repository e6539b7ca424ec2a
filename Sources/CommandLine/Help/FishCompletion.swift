/// The completion script for fish.
package enum FishCompletion {
  package static func script(_ name: String, _ scopes: [CompletionScope]) -> String {
    let places = scopes.map(\.place).filter { !$0.isEmpty }
    var lines = [
      "# Completion of \(name) for fish.",
      "function __\(name)_at",
      "  set -l place ''",
      "  for word in (commandline -opc)[2..-1]",
      "    switch \"$place/$word\"",
      "      case \(places.map { "'\($0)'" }.joined(separator: " "))",
      "        set place \"$place/$word\"",
      "    end",
      "  end",
      "  test \"$place\" = \"$argv[1]\"",
      "end",
      "complete -c \(name) -f",
    ]
    for scope in scopes {
      let condition = "complete -c \(name) -n \"__\(name)_at '\(scope.place)'\""
      for command in scope.subcommands {
        lines.append("\(condition) -a \(command.name) -d '\(escaped(command.abstract))'")
      }
      if scope.path.isEmpty { lines.append("\(condition) -l version -d 'Say which \(name) this is.'") }
      for row in scope.named {
        let short = row.short.map { " -s \($0)" } ?? ""
        let value =
          switch row.kind {
          case .option: action(row.completion)
          case .optionalValue: placeAction(row.completion)
          default: ""
          }
        lines.append("\(condition) -l \(row.name)\(short)\(value) -d '\(escaped(row.help))'")
      }
      if let place = scope.places.last { lines.append(condition + placeAction(place.completion)) }
    }
    return (lines + [""]).joined(separator: "\n")
  }

  private static func action(_ completion: ParameterRow.Completion) -> String {
    switch completion {
    case .nothing: " -x"
    case .file: " -r -F"
    case .folder: " -x -a '(__fish_complete_directories)'"
    case .words(let words): " -x -a '\(words.joined(separator: " "))'"
    }
  }

  private static func placeAction(_ completion: ParameterRow.Completion) -> String {
    switch completion {
    case .nothing: " -f"
    case .file: " -F"
    case .folder: " -a '(__fish_complete_directories)'"
    case .words(let words): " -a '\(words.joined(separator: " "))'"
    }
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
  }
}
