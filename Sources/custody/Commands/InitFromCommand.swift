internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import TreeLog
internal import Workspace

/// `custody init --from`: a store that came in one file.
enum InitFromCommand {
  static func run(
    _ arguments: InitCommand.Arguments, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    let others: [(String, Bool)] = [
      ("--organization", arguments.organization != nil), ("--id", arguments.id != nil),
      ("--origin", arguments.origin != nil), ("--name", arguments.name != nil),
      ("--recovery", arguments.recovery != nil), ("--effective", arguments.effective != nil),
      ("--provider", arguments.provider != nil), ("--output", arguments.output != nil),
    ]
    if let other = others.first(where: \.1) {
      throw Failure(.usage, "--from unpacks a store that was made already, so that \(other.0) says nothing")
    }
    let received = try Desk(global, console).receive(
      arguments.from ?? "", at: arguments.path, isToKeep: arguments.isToKeep)
    let checkpoint = received.checkpoint
    if global.format == .json {
      try console.print(
        .object([
          ("checkpoint", CheckpointOutput.json(checkpoint)), ("store", .string(received.path)),
          ("appender", received.appender.map { .string($0) } ?? .null),
          ("keptBy", received.keptBy.map { .string($0) } ?? .null),
        ]))
      return .success
    }
    try console.print("store \(received.path)")
    try console.print(
      "log \(checkpoint.origin), \(Wording.entries(checkpoint.size)), root \(checkpoint.root.hex): sound")
    if let keeper = received.keptBy {
      console.say(
        "'\(keeper)' keeps this store: what lies here is a copy; what you sign goes into a file, with --offer FILE")
    } else if let appender = received.appender {
      try console.print("keeper \(appender), from now on")
    } else {
      console.say("no key that you hold may append to it: you can read it, and sign offers")
    }
    let store = ShellWord.quoted(received.path)
    console.say("next: custody party list --store \(store)")
    console.say("and confirm whom you have telephoned: custody party confirm PARTY KEYID --store \(store)")
    return .success
  }
}
