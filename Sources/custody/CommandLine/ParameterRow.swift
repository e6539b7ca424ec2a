/// What the command line says about one parameter, whatever it is read into.
struct ParameterRow: Sendable {
  enum Kind: Sendable {
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
  enum Completion: Sendable, Equatable {
    case nothing
    case file
    case folder
    case words([String])
  }

  let kind: Kind
  /// Without its hyphens; empty for positionals and the rest.
  let name: String
  let short: Character?
  /// `FILE`; empty for flags.
  let value: String
  let help: String
  var isRequired = false
  var isRepeatable = false
  /// The heading that help lists it under; nil for the command's own.
  var group: String?
  var completion = Completion.nothing

  /// How messages call it: `--control ID`, `FILE`.
  var title: String { isNamed ? "--\(name)" + (kind == .option ? " \(value)" : "") : value }

  /// Whether it is given by name.
  var isNamed: Bool { kind != .positional && kind != .rest }

  /// How help lists it: `-c, --control ID…`.
  var listing: String {
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
