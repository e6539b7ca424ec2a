internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import Workspace

/// `custody prove`: a file by which anybody can check that an entry stands in the log, without the log.
enum ProveCommand {
  struct Arguments: Sendable {
    var reference: String?
    var output: String?
  }

  static let spec = CommandSpec<Arguments>(
    name: "prove", abstract: "Write a proof that an entry stands in the log.",
    discussion: """
      The proof is a c2sp.org/tlog-proof file: the entry, the hashes that lead from it to the tree's root, and the \
      signed checkpoint. 'custody check-proof' checks it without a store. It shows the entry to whoever has it, but no \
      object.
      """,
    examples: [
      Example("custody prove 7 --output january.tlog-proof", "a proof to mail"),
      Example("custody prove 510aebf6 > entry.tlog-proof", "by the beginning of a statement's id"),
    ],
    parameters: [
      .positional("REF", help: "An entry's number or a statement's id.", into: \.reference, parse: CommandText.text),
      .option(
        "output", "o", value: "FILE", help: "Where it goes, instead of standard output.", completion: .file,
        into: \.output, parse: CommandText.text),
    ],
    initial: Arguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    let text = arguments.reference ?? ""
    guard case .entry(let number) = try StoreReference.resolve(text, store) else {
      throw Failure(
        .usage, "'\(text)' is not an entry: what can be proven is that an entry stands in the log",
        hint: "'custody show \(text)' says which entries bring an object")
    }
    let proof = try store.proof(ofEntry: number)
    if let output = arguments.output { try OutputFile.write(output, proof.bytes) }
    if global.format == .json {
      try console.print(
        .object([
          ("checkpoint", CheckpointOutput.json(store.checkpoint)), ("entry", .integer(number)),
          ("leafHash", .string(proof.leaf.hex)), ("hashes", .strings(proof.hashes.map(\.hex))),
          ("output", .optional(arguments.output)), ("proof", .string(String(decoding: proof.bytes, as: UTF8.self))),
        ]))
    } else if let output = arguments.output {
      console.say("written to \(output)")
    } else {
      try console.write(proof.bytes)
    }
    return .success
  }
}
