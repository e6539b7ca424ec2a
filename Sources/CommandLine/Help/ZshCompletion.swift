/// The completion script for zsh.
package enum ZshCompletion {
  package static func script(_ name: String, _ scopes: [CompletionScope]) -> String {
    let places = scopes.map(\.place).filter { !$0.isEmpty }
    var lines = [
      "#compdef \(name)",
      "# Completion of \(name) for zsh.",
      "_\(name)() {",
      "  local place=\"\" word",
      "  local -a commands",
      "  for word in \"${(@)words[2,CURRENT-1]}\"; do",
      "    case \"$place/$word\" in",
      "      (\(places.joined(separator: "|"))) place=\"$place/$word\" ;;",
      "    esac",
      "  done",
      "  case \"$place\" in",
    ]
    for scope in scopes { lines += scopeCase(scope, name) }
    lines += ["  esac", "}", "if [ \"$funcstack[1]\" = \"_\(name)\" ]; then", "  _\(name) \"$@\"", "else"]
    lines += ["  compdef _\(name) \(name)", "fi", ""]
    return lines.joined(separator: "\n")
  }

  private static func scopeCase(_ scope: CompletionScope, _ name: String) -> [String] {
    var lines = ["    (\"\(scope.place)\")"]
    var specs = scope.named.map(spec)
    if scope.subcommands.isEmpty {
      if let place = scope.places.last {
        specs.append("'*:\(escaped(place.value)):\(action(place.completion))'")
      }
    } else {
      if scope.path.isEmpty { specs.append("'--version[Say which \(name) this is.]'") }
      let commands = scope.subcommands.map { "'\(escaped($0.name)):\(escaped($0.abstract))'" }
      lines.append("      commands=(\(commands.joined(separator: " ")))")
      specs.append("'*::command:{ _describe -t commands command commands }'")
    }
    lines.append("      _arguments -s \\")
    for (index, spec) in specs.enumerated() {
      lines.append("        \(spec)\(index == specs.count - 1 ? " ;;" : " \\")")
    }
    return lines
  }

  /// `'(-q --quiet)'{-q,--quiet}'[Print results and errors only.]'`
  private static func spec(_ row: ParameterRow) -> String {
    let value =
      switch row.kind {
      case .option: ":\(escaped(row.value)):\(action(row.completion))"
      case .optionalValue: "::\(escaped(row.value)):\(action(row.completion))"
      default: ""
      }
    let suffix = row.kind == .option ? "=" : row.kind == .optionalValue ? "=-" : ""
    let rest = "[\(escaped(row.help))]\(value)"
    let star = row.isRepeatable ? "*" : ""
    guard let short = row.short else { return "'\(star)--\(row.name)\(suffix)\(rest)'" }
    let exclusion = row.isRepeatable ? "'*'" : "'(-\(short) --\(row.name))'"
    return "\(exclusion){-\(short),--\(row.name)\(suffix)}'\(rest)'"
  }

  private static func action(_ completion: ParameterRow.Completion) -> String {
    switch completion {
    case .nothing: " "
    case .file: "_files"
    case .folder: "_files -/"
    case .words(let words): "(\(words.joined(separator: " ")))"
    }
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "'": escaped += "'\\''"
      case "[", "]", ":", "\\": escaped += "\\\(character)"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
