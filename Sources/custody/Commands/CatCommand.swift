internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import Storage
internal import TreeLog
internal import Workspace

/// `custody cat`: the bytes of an object, as they were submitted.
enum CatCommand {
  struct Arguments: Sendable {
    var reference: String?
    var name: String?
    var isForced = false
  }

  static let spec = CommandSpec<Arguments>(
    name: "cat", abstract: "Write an object's bytes to standard output.",
    discussion: """
      The bytes are hashed while they are written. If in the end they are not what was submitted, the status is 1, and \
      what was written is not to be used. What was redacted is given to nobody, also where its bytes lie here still. Only \
      plain text goes to a terminal, unless --force is given.
      """,
    examples: [
      Example("custody cat 7 --name january/updates.txt", "one of the objects of an entry"),
      Example("custody cat a3d364a8 > updates.txt", "an object by the beginning of its digest"),
      Example("custody cat 8 --name scan/000.txt | less", "one that the entry's manifest lists"),
    ],
    parameters: [
      .positional(
        "REF", help: "An object's digest, an entry's number, or a statement's id.", into: \.reference,
        parse: CommandText.text),
      .option(
        "name", value: "NAME", help: "Which one of an entry's objects, or of what its manifest lists.", into: \.name,
        parse: CommandText.text),
      .flag("force", "f", help: "Write to a terminal what may upset it.", into: \.isForced),
    ],
    formats: [.text],
    answers: [
      ExitAnswer(.success, "all bytes were written, and are what was submitted"),
      ExitAnswer(.answerIsNo, "the bytes are not what was submitted"),
    ],
    initial: Arguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    let reference = try StoreReference.resolve(arguments.reference ?? "", store)
    let digest = try ObjectChoice.find(reference, name: arguments.name, store)
    if let entry = store.redaction(of: digest) { throw redacted(digest, entry) }
    if console.writesToTerminal, !arguments.isForced { try refuseUnlessPlain(digest, store) }
    try write(digest, store, console)
    return .success
  }

  private static func write(_ digest: Digest, _ store: OpenedStore, _ console: Console) throws {
    var hasher = SHA256Hasher()
    let size = try unsafe store.contents.readObject(digest) { chunk in
      unsafe hasher.update(chunk)
      try unsafe console.write(chunk)
    }
    guard let size else { throw absent(digest) }
    let found = hasher.finalize()
    guard found == digest else {
      try console.flush()
      throw Failure(
        .answerNo,
        "the object \(digest.short) is not what was submitted: it hashes to \(found.hex), and should to \(digest.hex)",
        hint: "do not use the \(Wording.bytes(size)) that were written; restore it from a copy")
    }
  }

  /// A copy may hold its bytes still, and gives them to nobody.
  private static func redacted(_ digest: Digest, _ entry: Int) -> Failure {
    Failure(
      .inputMissing, "the object \(digest.short) was redacted by entry \(entry)",
      hint: "'custody show \(entry)' says why")
  }

  private static func absent(_ digest: Digest) -> Failure {
    Failure(
      .inputMissing, "the object \(digest.short) is missing: there is no file '\(ObjectPath.path(digest))'",
      hint: "restore it from a copy, then run 'custody verify'")
  }

  private static func refuseUnlessPlain(_ digest: Digest, _ store: OpenedStore) throws {
    var text = PlainText()
    guard try unsafe store.contents.readObject(digest, { unsafe text.feed($0) }) != nil else { return }
    text.finish()
    guard text.isPlain else {
      throw Failure(
        .usage, "the object \(digest.short) is not plain text, and a terminal might obey it",
        hint: "send it to a file or a viewer, or give --force")
    }
  }
}
