internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import Statements
internal import Storage
internal import TreeLog
internal import Workspace

/// `custody checkpoint`: the newest tree, to mail, to print, and to compare.
enum CheckpointCommands {
  static let group = Command(
    group: "checkpoint", "Print the newest checkpoint, for mail or paper, or compare two.",
    [Command(show), Command(compare)], default: "show")

  // MARK: Show

  struct ShowArguments: Sendable {
    var isSlip = false
    var output: String?
  }

  static let show = CommandSpec<ShowArguments>(
    name: "show", abstract: "Print the newest checkpoint; 'custody checkpoint' alone does the same.",
    discussion: """
      The checkpoint is a signed note: the log's name, its size, its root, and the signature of whoever appended last. \
      Whoever holds one shows later whether the log was rewritten, however much was appended since: 'custody verify \
      --trust FILE'. Mail it to whoever is not to trust this machine, or print it with --slip, of which every line fits on \
      a label: the root stands there in groups of four digits, to be read out, and the line 'check' tells a wrong digit \
      from another tree.
      """,
    examples: [
      Example("custody checkpoint show", "for a mail"),
      Example("custody checkpoint show --output checkpoint-2026-07.txt", "a file to keep elsewhere"),
      Example("custody checkpoint show --slip", "for paper, a QR code, or the telephone"),
    ],
    parameters: [
      .flag("slip", help: "Print short lines for paper instead.", into: \.isSlip),
      .option(
        "output", "o", value: "FILE", help: "Where it goes, instead of standard output.", completion: .file,
        into: \.output, parse: CommandText.text),
    ],
    initial: ShowArguments.init
  ) { arguments, global, console in
    let tree = SignedTree(try OpenedStore.open(global, console))
    let slip = tree.slip.text
    let bytes = arguments.isSlip ? Array(slip.utf8) : tree.note
    if let output = arguments.output { try OutputFile.write(output, bytes) }
    if global.format == .json {
      try console.print(
        .object([
          ("checkpoint", CheckpointOutput.json(tree.checkpoint)),
          ("note", .string(String(decoding: tree.note, as: UTF8.self))), ("signer", .optional(tree.signer)),
          ("keyid", .optional(tree.key?.key.keyID.hex)), ("verifierKey", .optional(tree.key?.text)),
          ("day", .optional(tree.day.map { "\($0)" })), ("slip", .string(slip)),
          ("slipBytes", .integer(slip.utf8.count)), ("output", .optional(arguments.output)),
        ]))
      return .success
    }
    if let output = arguments.output { console.say("written to \(output)") } else { try console.write(bytes) }
    guard arguments.isSlip else { return .success }
    let count = slip.utf8.count
    if count <= CheckpointSlip.codeLimit {
      console.say("\(Wording.bytes(count)): small enough for a QR code")
    } else {
      console.warn(
        "\(Wording.bytes(count)): more than a QR code of \(CheckpointSlip.codeLimit) holds, as the log's name is long")
    }
    return .success
  }

  // MARK: Compare

  struct CompareArguments: Sendable {
    var first: String?
    var second: String?
    var keys: [NoteKey] = []
    var output: String?
  }

  static let compare = CommandSpec<CompareArguments>(
    name: "compare", abstract: "Say whether one checkpoint extends another.",
    discussion: """
      Of two trees of one size this can be told from the checkpoints alone; of two sizes it takes the hashes of a store \
      that has as many entries as the larger. Where neither extends the other, somebody signed two histories: --output \
      writes a file that shows it to anybody, with the keys of the store and those of --key: 'custody check-proof FILE'.
      """,
    examples: [
      Example(
        "custody checkpoint compare january.txt acme/checkpoint", "whether what was mailed is still the beginning"),
      Example(
        "custody checkpoint compare ours.txt theirs.txt --output acme.fork", "what to show somebody if it is not"),
    ],
    parameters: [
      .positional(
        "A", help: "A checkpoint: a note, its three lines, or a slip.", completion: .file, into: \.first,
        parse: CommandText.text),
      .positional("B", help: "Another of the same log.", completion: .file, into: \.second, parse: CommandText.text),
      .repeatable(
        "key", value: "VERIFIERKEY", help: "A key that may have signed them.", into: \.keys, parse: CommandText.noteKey),
      .option(
        "output", "o", value: "FILE", help: "Where what shows a fork goes.", completion: .file, into: \.output,
        parse: CommandText.text),
    ],
    answers: [
      ExitAnswer(.success, "they are of one tree, or the larger extends the smaller"),
      ExitAnswer(.answerIsNo, "neither extends the other"),
      ExitAnswer(ExitStatus(.inputMissing), "nobody can say: there is no store here that has the hashes of the larger"),
    ],
    initial: CompareArguments.init
  ) { arguments, global, console in
    let first = try CheckpointFile.read(named: arguments.first ?? "")
    let second = try CheckpointFile.read(named: arguments.second ?? "")
    var store: OpenedStore?
    do {
      // A store that forked is just what may have to be asked.
      store = try OpenedStore.open(
        Desk(global, console).find(global.store), at: Desk(global, console), isUnremembered: true)
    } catch let error as Failure where error.code == .inputMissing {
      guard global.store == nil else { throw error }
      // Of two logs, or of one size, the checkpoints themselves say it.
      guard first.size == second.size || !ByteOrder.areEqual(first.origin, second.origin) else {
        throw Failure(
          .inputMissing,
          "the checkpoints are of \(Wording.entries(min(first.size, second.size))) and of \(max(first.size, second.size)): only "
            + "the log's own hashes say whether one extends the other, and there is no store here",
          hint:
            "name one that has as many entries with --store: the store, a copy, or what 'custody pull PACK COPY' made of a "
            + "pack of everything")
      }
    }
    let comparison = try CheckpointComparison(first, second, in: store, keys: arguments.keys)
    var written: String?
    if let output = arguments.output, let fork = comparison.fork {
      try OutputFile.write(output, fork.bytes)
      written = output
    }
    if global.format == .json {
      try console.print(json(comparison, written))
    } else {
      try print(comparison, console)
      if let written {
        console.say("written to \(written); check it with: custody check-proof \(ShellWord.quoted(written))")
      } else if arguments.output != nil {
        console.say("nothing was written: there is no fork of which both trees bear a signature of a key at hand")
      }
    }
    switch comparison.answer {
    case .same, .extends: return .success
    case .forked: return .answerIsNo
    case .unknown: return ExitStatus(.inputMissing)
    }
  }

  private static func print(_ comparison: CheckpointComparison, _ console: Console) throws {
    let (earlier, later) = (comparison.earlier, comparison.later)
    switch comparison.answer {
    case .same: try console.print("both are of the same tree of \(Wording.entries(later.size))", style: .green)
    case .extends:
      try console.print(
        "the tree of \(Wording.entries(later.size)) extends the one of \(earlier.size)", style: .green)
    case .forked:
      // Only what both trees' signatures show is a fork of anybody's.
      let what = comparison.fork == nil ? "they cannot both be of one log" : "the log forked"
      try console.print(
        earlier.size == later.size
          ? "\(what): these are two trees of \(Wording.entries(later.size))"
          : "\(what): the tree of \(Wording.entries(later.size)) does not extend the one of \(earlier.size)",
        style: .red)
    case .unknown(let reason): try console.print(wrapped: "nobody can say here: \(reason)", style: .red)
    }
    if comparison.answer == .forked, comparison.fork == nil {
      try console.print(
        wrapped:
          "That shows nothing of anybody yet: a checkpoint that no key at hand has signed can be written by anyone. Have "
          + "it sent with its signatures, or give the key with --key.")
    }
    var lines = DetailLines()
    lines.add("log", earlier.origin)
    for (checkpoint, signers) in [(earlier, comparison.signers.earlier), (later, comparison.signers.later)] {
      let by = signers.isEmpty ? "signed by no key at hand" : "signed by \(signers.map(\.text).joined(separator: ", "))"
      lines.add("tree", "\(Wording.entries(checkpoint.size)), root \(checkpoint.root.hex), \(by)")
    }
    try lines.print(to: console)
  }

  private static func json(_ comparison: CheckpointComparison, _ written: String?) -> JSONOutput {
    let (word, reason): (String, String?) =
      switch comparison.answer {
      case .same: ("same", nil)
      case .extends: ("extends", nil)
      case .forked: ("forked", nil)
      case .unknown(let reason): ("unknown", reason)
      }
    func tree(_ checkpoint: UnverifiedCheckpoint, _ signers: [NoteKey]) -> JSONOutput {
      .object([
        ("checkpoint", CheckpointOutput.json(checkpoint.tree)), ("signers", .strings(signers.map(\.text))),
      ])
    }
    return .object([
      ("answer", .string(word)), ("reason", .optional(reason)),
      ("earlier", tree(comparison.earlier, comparison.signers.earlier)),
      ("later", tree(comparison.later, comparison.signers.later)),
      ("hashes", .strings(comparison.consistency.map(\.hex))), ("forkProof", .optional(written)),
    ])
  }
}
