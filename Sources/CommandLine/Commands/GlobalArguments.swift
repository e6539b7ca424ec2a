internal import Rendering

/// How results are printed.
package enum OutputFormat: String, Choice, Equatable {
  case text, csv, json, html, markdown, xlsx, oscal
}

/// What every command takes.
package struct GlobalArguments: Sendable, Equatable {
  /// The store's folder or address, by `--store` or `CUSTODY_STORE`; nil where it is to be looked for, at or above the
  /// working folder.
  package var store: String?
  /// What ``store`` is where the command line itself says it; nil where it is found without.
  package private(set) var namedStore: String?
  /// Whose key signs, by `--as` or `CUSTODY_AS`.
  package var person: String?
  package var format: OutputFormat
  /// Whether questions are answered with yes.
  package var assumesYes = false
  /// Whether only results and errors are printed.
  package var isQuiet = false
  /// Whether details are told.
  package var isVerbose = false
  /// Whether results are printed at once, however long.
  package var isUnpaged = false
  /// Whether stores elsewhere may be asked without TLS.
  package var allowsPlainHTTP = false

  /// What `--help` is read into: nothing, for help is shown before anything is done.
  private var ignored: Bool {
    get { false }
    set {}
  }

  package init(store: String? = nil, person: String? = nil, format: OutputFormat = .text) {
    self.store = store
    self.person = person
    self.format = format
  }

  /// The rows that every command has.
  ///
  /// - Parameter formats: Those of the command.
  package static func parameters(formats: [OutputFormat]) -> [Parameter<GlobalArguments>] {
    let words = formats.map(\.rawValue)
    let parameters: [Parameter<GlobalArguments>] = [
      .option(
        "store", value: "PATH",
        help: "Folder or address of the store; else CUSTODY_STORE, else the nearest at or above the working folder.",
        completion: .folder, into: \.store, parse: nonEmpty),
      .option(
        "as", value: "PERSON", help: "Whose key signs, as in acme/jane; else CUSTODY_AS.", into: \.person,
        parse: nonEmpty),
      .option(
        "format", value: words.joined(separator: "|"),
        help: "How results are printed; \(words.first ?? "text") unless stated.",
        completion: .words(words), replacing: \.format, parse: { try OutputFormat.parse($0, among: formats) }),
      .flag("yes", "y", help: "Answer yes to every question.", into: \.assumesYes),
      .flag("quiet", "q", help: "Print results and errors only.", into: \.isQuiet),
      .flag(
        "verbose", "v", help: "Say more, as how it was made sure that all is on the disk.", into: \.isVerbose),
      .flag("no-pager", help: "Print long results at once; a terminal shows them by the page.", into: \.isUnpaged),
      .flag(
        "plain-http", help: "Ask a store elsewhere without TLS; only where nobody else is on the line.",
        into: \.allowsPlainHTTP),
      .flag("help", "h", help: "Show this.", into: \.ignored),
    ]
    return parameters.map { parameter in
      var parameter = parameter
      parameter.row.group = "Every command"
      return parameter
    }
  }

  /// Takes from the environment what the command line left open; an empty variable says nothing.
  package mutating func takeDefaults(from environment: Environment) {
    namedStore = store
    store = store ?? environment["CUSTODY_STORE"]
    person = person ?? environment["CUSTODY_AS"]
  }

  /// A command that is proposed, as it works on the same store when it is pasted after this one.
  ///
  /// - Parameter store: The store, where the command line says it elsewhere than in `--store`.
  package func here(_ command: String, store: String? = nil) -> String {
    guard let store = store ?? namedStore else { return command }
    return "\(command) --store \(ShellWord.quoted(store))"
  }

  private static let nonEmpty: @Sendable (String) throws -> String = { text in
    guard !text.isEmpty else { throw InvalidValue("its value is empty") }
    return text
  }
}
