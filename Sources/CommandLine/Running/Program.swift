internal import Findings

/// One run of the program: finds the command that the words name, runs it, and tells how it went.
package struct Program {
  package let spec: ProgramSpec
  package let environment: Environment
  package let console: Console
  /// What shows results that are longer than the screen; nil for nothing.
  package let pager: () -> Pager?
  /// Called once the format is known, before the command begins.
  package let willRun: (OutputFormat) -> Void
  /// Called once a command has recorded something and ended, with its path: what follows changes nothing of how it went.
  package let didRecord: (String, GlobalArguments, Console) -> Void

  package init(
    _ spec: ProgramSpec, environment: Environment, console: Console, pager: @escaping () -> Pager? = { nil },
    willRun: @escaping (OutputFormat) -> Void = { _ in },
    didRecord: @escaping (String, GlobalArguments, Console) -> Void = { _, _, _ in }
  ) {
    self.spec = spec
    self.environment = environment
    self.console = console
    self.pager = pager
    self.willRun = willRun
    self.didRecord = didRecord
  }

  /// Runs what the process was asked for.
  package func run(_ words: () throws -> [String]) -> ExitStatus {
    do {
      return run(try words())
    } catch {
      let told = Failure(describing: error)
      console.report(told, format: .text)
      return ExitStatus(told.code)
    }
  }

  /// - Parameter words: Without the program's own name.
  package func run(_ words: [String]) -> ExitStatus {
    defer { console.endPaging() }
    do {
      let status = try dispatch(words)
      try console.flush()
      return status
    } catch is BrokenPipe where console.recorded == nil {
      // Whoever read the results has seen enough.
      return .success
    } catch {
      let told = afterRecording(
        error is BrokenPipe
          ? Failure(.ioError, "nobody reads the output any more") : Failure(describing: error))
      try? console.flush()
      console.endPaging()
      console.report(told, format: Program.asksForJSON(words) ? .json : .text)
      return ExitStatus(told.code)
    }
  }

  /// A failure after something was recorded says that first, so that no script does it twice.
  private func afterRecording(_ failure: Failure) -> Failure {
    guard let recorded = console.recorded else { return failure }
    return Failure(
      .recorded, "\(recorded) in the log, and what followed failed: \(failure.message)",
      hint: "do not do it again; 'custody log' shows it")
  }

  private func dispatch(_ words: [String]) throws -> ExitStatus {
    let (command, path, rest) = try locate(words)
    guard let command else {
      if rest.contains("--version") {
        try spec.printVersion(isJSON: Program.asksForJSON(words), to: console)
        return .success
      }
      guard rest.isEmpty || Grammar.asksForHelp(rest) else {
        _ = try Grammar(rows: globalRows, command: path).read(rest)
        throw Failure(.usage, "no command is given", hint: "'\(spec.name) help' lists them")
      }
      page(unless: words.contains("--no-pager"))
      try console.print(HelpText.overview(of: spec, width: console.columns))
      return .success
    }
    if Grammar.asksForHelp(rest) {
      page(unless: rest.contains("--no-pager"))
      return try showHelp(command, path)
    }
    let prepared = try command.prepare(rest, path, environment)
    if prepared.wantsHelp { return try showHelp(command, path) }
    page(unless: prepared.global.isUnpaged || !command.pages)
    console.isQuiet = prepared.global.isQuiet
    console.isVerbose = prepared.global.isVerbose
    console.outlivesReader = command.answers.contains { $0.status != .success }
    willRun(prepared.global.format)
    let status = try prepared.run(console)
    if console.recorded != nil {
      // The results come first: whoever reads them need not wait for what follows.
      try console.flush()
      didRecord(path, prepared.global, console)
    }
    return status
  }

  private func page(unless isUnpaged: Bool) {
    guard !isUnpaged, console.writesToTerminal, let pager = pager() else { return }
    console.page(with: pager)
  }

  private func showHelp(_ command: Command, _ path: String) throws -> ExitStatus {
    try console.print(HelpText.page(for: command, path: path, width: console.columns))
    return .success
  }

  private var globalRows: [ParameterRow] { GlobalArguments.parameters(formats: OutputFormat.allCases).map(\.row) }

  /// The innermost command that the words name, its path with the program's name, and the words around it.
  ///
  /// Options that every command has may stand before its name.
  private func locate(_ words: [String]) throws -> (command: Command?, path: String, rest: [String]) {
    var rest = words
    var path = spec.name
    var command: Command?
    var candidates = spec.commands
    while !candidates.isEmpty {
      let meant = command?.fallback.flatMap { name in candidates.first { $0.name == name } }
      guard let index = indexOfName(in: rest, of: meant?.rows ?? []) else {
        guard let meant, !Grammar.asksForHelp(rest) else { break }
        return (meant, path + " " + meant.name, rest)
      }
      let name = rest[index]
      guard let found = candidates.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
        throw unknown(name, path: path, among: candidates.map(\.name))
      }
      rest.remove(at: index)
      path += " " + name
      command = found
      candidates = found.subcommands
    }
    return (command, path, rest)
  }

  /// Where the first word stands that is no option, nor the value of one that every command has.
  ///
  /// - Parameter rows: Those of the command that is meant where none is named: their values are no names.
  private func indexOfName(in words: [String], of rows: [ParameterRow]) -> Int? {
    var index = 0
    while index < words.count, words[index] != "--" {
      let word = words[index]
      guard word.utf8.first == UInt8(ascii: "-") else { return index }
      let takesValue = (globalRows + rows).contains { row in
        row.kind == .option && (word == "--\(row.name)" || row.short.map { word == "-\($0)" } ?? false)
      }
      index += takesValue ? 2 : 1
    }
    return nil
  }

  private func unknown(_ name: String, path: String, among names: [String]) -> Failure {
    let longer = names.filter { $0.hasPrefix(name) }
    let near = longer.count == 1 ? longer[0] : Spelling.nearest(to: name, among: names)
    return Failure(
      .usage, "'\(path)' has no command '\(name)'",
      hint: near.map { "did you mean '\(path) \($0)'" } ?? "'\(path) --help' lists what there is")
  }

  /// Whether errors are to be told as JSON: known even where the words can't be read otherwise.
  private static func asksForJSON(_ words: [String]) -> Bool {
    let words = Array(words.prefix { $0 != "--" })
    return words.contains("--format=json")
      || words.indices.dropLast().contains { words[$0] == "--format" && words[$0 + 1] == "json" }
  }
}
