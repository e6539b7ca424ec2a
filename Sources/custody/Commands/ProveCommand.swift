internal import CommandLine
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import TreeLog
internal import Workspace

/// `custody prove`: a file by which anybody can check that something stands in the log, without the log.
enum ProveCommand {
  struct Arguments: Sendable {
    var reference: String?
    var output: String?
    var omitsObjects = false
    var isAnchored = false
  }

  static let spec = CommandSpec<Arguments>(
    name: "prove", abstract: "Write a proof that an entry, an artifact or a control's evidence stands in the log.",
    discussion: """
      With --output it is a zip file that opens by hand: each entry with its c2sp.org/tlog-proof, the artifacts that it \
      names under their own names, the entries that brought the keys of whoever signed, and a page on how to check all of \
      it. Of an object every entry that brings it and is not replaced is proven, of a control all evidence on it that is not \
      replaced. The same log and the same selection give the same bytes.

      To standard output, or into a file whose name ends in '.tlog-proof' or '.proof', goes the tlog-proof of one entry \
      alone: the entry, the hashes that lead from it to the tree's root, and the signed checkpoint.

      'custody check-proof' checks either without a store. Whoever has it can read the entries, and the artifacts in it.
      """,
    examples: [
      Example("custody prove 7 --output january.zip", "an entry with its artifacts and keys"),
      Example("custody prove 3.1.1 --output 3.1.1.zip", "all current evidence on a control"),
      Example(
        "custody prove a3d364a8 --no-object --output updates.zip", "where an artifact stands, without the artifact"),
      Example("custody prove 510aebf6 > entry.tlog-proof", "the bare proof, by the beginning of a statement's id"),
    ],
    parameters: [
      .positional(
        "REF", help: "An entry's number, a statement's id, an object's digest, or a control.", into: \.reference,
        parse: CommandText.text),
      .option(
        "output", "o", value: "FILE", help: "Where it goes, instead of standard output.", completion: .file,
        into: \.output, parse: CommandText.text),
      .flag(
        "anchored",
        help:
          "Prove it in the largest tree that a witness has cosigned, with what the log anchors for it, time stamps too.",
        into: \.isAnchored),
      .flag("no-object", help: "Leave the artifacts themselves out of the zip file.", into: \.omitsObjects),
    ],
    initial: Arguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    let text = arguments.reference ?? ""
    let selection = try ProofSelection(text, store)
    for number in selection.entries.prefix(1000) {
      guard let dispute = try store.dispute(ofEntry: number) else { continue }
      console.warn(
        "entry \(number) is disputed: the key of \(dispute.member) is under suspicion since a tree of "
          + "\(Wording.entries(dispute.suspectSince)); the proof does not say so, and whoever gets it should know")
    }
    guard let output = arguments.output, !isBare(output) else {
      guard selection.objects == nil, selection.entries.count == 1, let number = selection.entries.first else {
        throw Failure(
          .usage, "a bare proof is of one entry, and '\(text)' is \(selection.reason)",
          hint: "name a zip file: custody prove \(ShellWord.quoted(text)) --output FILE.zip")
      }
      let tree = try arguments.isAnchored ? ProofTree(anchoredWith: number, store) : ProofTree(newest: store)
      guard tree.isCosigned || !arguments.isAnchored else {
        throw Failure(
          .usage, "no witness has cosigned a tree with entry \(number), and a bare proof has no place for a time stamp",
          hint: "name a zip file: custody prove \(ShellWord.quoted(text)) --anchored --output FILE.zip")
      }
      let proof = try EntryProof(number, tree.reader, note: tree.note.bytes)
      try write(proof, of: tree.checkpoint, arguments, global, console)
      return .success
    }
    let tree = try arguments.isAnchored ? ProofTree(anchoredWith: selection.entries.last ?? 0, store) : nil
    let package = try ProofPackage(selection, in: tree, hasObjects: !arguments.omitsObjects, store)
    try package.write(output)
    try tell(package, output, global, console)
    return .success
  }

  /// Whether a file of this name holds the proof of one entry alone.
  private static func isBare(_ output: String) -> Bool {
    [".tlog-proof", ".proof"].contains { output.utf8.count > $0.utf8.count && output.hasSuffix($0) }
  }

  private static func write(
    _ proof: EntryProof, of checkpoint: Checkpoint, _ arguments: Arguments, _ global: GlobalArguments,
    _ console: Console
  ) throws {
    if let output = arguments.output { try OutputFile.write(output, proof.bytes) }
    if global.format == .json {
      try console.print(
        .object([
          ("checkpoint", CheckpointOutput.json(checkpoint)), ("entry", .integer(proof.entry)),
          ("leafHash", .string(proof.leaf.hex)), ("hashes", .strings(proof.hashes.map(\.hex))),
          ("output", .optional(arguments.output)), ("proof", .string(String(decoding: proof.bytes, as: UTF8.self))),
        ]))
    } else if let output = arguments.output {
      console.say("written to \(output)")
    } else {
      try console.write(proof.bytes)
    }
  }

  private static func tell(
    _ package: ProofPackage, _ output: String, _ global: GlobalArguments, _ console: Console
  ) throws {
    if global.format == .json {
      try console.print(
        .object([
          ("checkpoint", CheckpointOutput.json(package.tree.checkpoint)), ("output", .string(output)),
          ("chosen", .string(package.selection.reason)),
          ("redactedEntries", .array(package.selection.redacted.map { .integer($0) })),
          (
            "entries",
            .array(
              package.proofs.map { proof in
                .object([
                  ("entry", .integer(proof.entry)), ("leafHash", .string(proof.leaf.hex)),
                  ("hashes", .strings(proof.hashes.map(\.hex))),
                ])
              })
          ), ("keyEntries", .array(package.introductions.map { .integer($0.entry) })),
          (
            "artifacts",
            .array(
              package.artifacts.map { artifact in
                .object([
                  ("entry", .integer(artifact.entry)), ("name", .string(artifact.name)),
                  ("sha256", .string(artifact.digest.hex)), ("path", .optional(artifact.path)),
                  ("reason", .optional(artifact.reason)),
                ])
              })
          ),
        ]))
      return
    }
    try console.print(wrapped: "proven: \(package.selection.reason)")
    for title in package.titles { try console.print("  \(title)") }
    let inside = package.artifacts.filter { $0.path != nil }
    let bytes = inside.reduce(0) { $0 + ($1.size ?? 0) }
    if !inside.isEmpty {
      try console.print("with \(Wording.count(inside.count, "artifact")), \(Wording.bytes(bytes))")
    }
    for artifact in package.artifacts where artifact.reason != nil && artifact.reason != "artifacts were left out" {
      console.warn("'\(artifact.name)' of entry \(artifact.entry) is not in it: \(artifact.reason ?? "")")
    }
    console.say("written to \(output); check it with: custody check-proof \(ShellWord.quoted(output))")
  }
}
