internal import CommandLine
internal import Rendering
internal import Findings
internal import Crypto
internal import Reports
internal import Storage
internal import TreeLog

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
    let session = try Session.open(global, console)
    let text = arguments.reference ?? ""
    guard case .entry(let number) = try StoreReference.resolve(text, session) else {
      throw Failure(
        .usage, "'\(text)' is no entry: what can be proven is that an entry stands in the log",
        hint: "'custody show \(text)' says which entries bring an object")
    }
    let reader = LogReader(contents: session.contents, size: session.checkpoint.size, root: session.checkpoint.root)
    let entry = try reader.entry(at: number)
    let hashes = try reader.inclusionProof(for: number)
    let leaf = MerkleHash.leaf(entry)
    guard
      InclusionProof.verify(
        index: number, size: reader.size, leaf: leaf, proof: hashes, root: reader.root)
    else {
      throw Failure(.bug, "the proof for entry \(number) does not hold", hint: "'custody verify' says more")
    }
    let bytes = ProofBundle.encode(
      index: number, hashes: hashes, checkpoint: session.checkpointNote.bytes, extra: entry)
    if let output = arguments.output { try OutputFile.write(output, bytes) }
    if global.format == .json {
      try console.print(
        .object([
          ("checkpoint", CheckpointOutput.json(session.checkpoint)), ("entry", .integer(number)),
          ("leafHash", .string(leaf.hex)), ("hashes", .strings(hashes.map(\.hex))),
          ("output", .optional(arguments.output)), ("proof", .string(String(decoding: bytes, as: UTF8.self))),
        ]))
    } else if let output = arguments.output {
      console.say("written to \(output)")
    } else {
      try console.write(bytes)
    }
    return .success
  }
}
