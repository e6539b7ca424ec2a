/// The completion script for bash.
package enum BashCompletion {
  package static func script(_ name: String, _ scopes: [CompletionScope]) -> String {
    let places = scopes.map(\.place).filter { !$0.isEmpty }.map { "\"\($0)\"" }
    var lines = [
      "# Completion of \(name) for bash.",
      "_\(name)() {",
      "  local current=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\" place=\"\" word",
      "  # Bash makes three words of --name=value.",
      "  if [ \"$current\" = \"=\" ]; then current=\"\" previous=\"$previous=\"",
      "  elif [ \"$previous\" = \"=\" ]; then previous=\"${COMP_WORDS[COMP_CWORD-2]}=\"; fi",
      "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do",
      "    case \"$place/$word\" in",
      "      \(places.joined(separator: "|"))) place=\"$place/$word\" ;;",
      "    esac",
      "  done",
      "  COMPREPLY=()",
      "  case \"$place $previous\" in",
    ]
    for scope in scopes {
      for row in scope.named where row.kind != .flag { lines.append(valueCase(row, scope)) }
    }
    lines += ["  esac", "  case \"$place\" in"]
    for scope in scopes { lines += wordCases(scope) }
    lines += ["  esac", "}", "complete -F _\(name) \(name)", ""]
    return lines.joined(separator: "\n")
  }

  /// What follows an option that takes a value.
  private static func valueCase(_ row: ParameterRow, _ scope: CompletionScope) -> String {
    let attached = "\"\(scope.place) --\(row.name)=\""
    var patterns = row.kind == .option ? ["\"\(scope.place) --\(row.name)\"", attached] : [attached]
    if let short = row.short { patterns.append("\"\(scope.place) -\(short)\"") }
    return "    \(patterns.joined(separator: "|"))) \(reply(row.completion)); return ;;"
  }

  private static func reply(_ completion: ParameterRow.Completion) -> String {
    switch completion {
    case .nothing: ":"
    case .file: "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$current\"))"
    case .folder: "compopt -o filenames; COMPREPLY=($(compgen -d -- \"$current\"))"
    case .words(let words): "COMPREPLY=($(compgen -W \"\(words.joined(separator: " "))\" -- \"$current\"))"
    }
  }

  private static func wordCases(_ scope: CompletionScope) -> [String] {
    let options = scope.named.flatMap { row in (row.short.map { ["-\($0)"] } ?? []) + ["--\(row.name)"] }
    let names = scope.subcommands.map(\.name) + (scope.path.isEmpty ? ["--version"] : [])
    let other =
      scope.subcommands.isEmpty
      ? reply(scope.places.last?.completion ?? .nothing) : reply(.words(names))
    return [
      "    \"\(scope.place)\")",
      "      case \"$current\" in",
      "        -*) \(reply(.words(options + (scope.path.isEmpty ? ["--version"] : [])))) ;;",
      "        *) \(other) ;;",
      "      esac ;;",
    ]
  }
}
