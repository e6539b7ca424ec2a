internal import CommandLine
internal import Findings
internal import Rendering
internal import Statements
internal import Storage
internal import TreeLog
internal import Crypto
internal import Workspace

/// `custody trust`: what this user remembers of a log.
enum TrustCommands {
  static let group = Command(group: "trust", "Say what you remember of a store, or begin anew.", [Command(reset)])

  struct ResetArguments: Sendable {
    var reason: String?
    var write = WriteOptions()
  }

  static let reset = CommandSpec<ResetArguments>(
    name: "reset", abstract: "Go on from a restored copy that is older than what you have seen.",
    discussion: """
      After a restore from a backup the newest entries are gone. This forgets that you have seen them, once, and appends an \
      entry that says so, with your reason and the tree that was seen before. Whoever has seen more than this copy shows is \
      told by their own custody that entries were cut off: tell them first, and ask whether their copy has them.
      """,
    examples: [
      Example(
        "custody trust reset --because \"disk lost on 3 May, restored from the copy of 2 May\"", "after a restore")
    ],
    parameters: [
      .option(
        "because", value: "TEXT", help: "Why; it stays in the log.", required: true, into: \.reason,
        parse: CommandText.text)
    ] + WriteOptions.lockParameters(in: \.write),
    initial: ResetArguments.init
  ) { arguments, global, console in
    let desk = try Desk(global, console)
    let store = try OpenedStore.open(desk.find(global.store), at: desk, mayHaveShrunk: true)
    guard store.isOlderThanSeen, let seen = store.trust?.size else {
      throw Failure(
        .usage, "there is nothing to reset: this copy has all that you have seen of '\(store.origin)'",
        hint: "'custody verify' says whether it is sound")
    }
    console.say(
      "you have seen \(Wording.entries(seen)) of '\(store.origin)', and this copy has \(store.checkpoint.size): whoever has "
        + "seen more will be told that entries were cut off")
    let question = "Forget what you have seen beyond this copy, and say so in the log?"
    guard try desk.consent.confirm(Question(question)) else { throw Failure(.answerNo, "nothing was changed") }
    let (entry, lost) = try store.resetMemory(because: arguments.reason ?? "", arguments.write)
    if global.format == .json {
      try console.print(
        .object([
          ("entry", .integer(entry)),
          ("seen", ["size": .integer(lost.size), "root": .string(lost.root.hex)]),
        ]))
    } else {
      try console.print("restored: entry \(entry) says why, and that \(Wording.entries(lost.size)) had been seen")
    }
    return .success
  }
}
