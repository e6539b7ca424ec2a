/// What the command line says about one parameter, whatever it is read into.
package struct ParameterRow: Sendable {
  package enum Kind: Sendable {
    /// `--yes`
    case flag
    /// `--note TEXT`
    case option
    /// `--objects` or `--objects=none`
    case optionalValue
    /// `FILE`
    case positional
    /// Everything after `--`, as it stands.
    case rest
  }

  /// What a shell may put where the value goes.
  package enum Completion: Sendable, Equatable {
    case nothing
    case file
    case folder
    case words([String])
  }

  package let kind: Kind
  /// Without its hyphens; empty for positionals and the rest.
  package let name: String
  package let short: Character?
  /// `FILE`; empty for flags.
  package let value: String
  package let help: String
  package var isRequired = false
  package var isRepeatable = false
  /// The heading that help lists it under; nil for the command's own.
  package var group: String?
  package var completion = Completion.nothing

  /// How messages call it: `--control ID`, `FILE`.
  package var title: String { isNamed ? "--\(name)" + (kind == .option ? " \(value)" : "") : value }

  /// Whether it is given by name.
  package var isNamed: Bool { kind != .positional && kind != .rest }

  /// How help lists it: `-c, --control ID…`.
  package var listing: String {
    let more = isRepeatable ? "…" : ""
    switch kind {
    case .positional: return value + more
    case .rest: return "-- \(value)…"
    case .flag, .option, .optionalValue:
      let names = (short.map { "-\($0), " } ?? "    ") + "--\(name)"
      switch kind {
      case .option: return "\(names) \(value)\(more)"
      case .optionalValue: return "\(names)[=\(value)]\(more)"
      default: return names
      }
    }
  }
}
