internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import Storage
internal import TreeLog
internal import Workspace

/// `custody copy`: a store to a bucket, or from it.
enum CopyCommand {
  struct Arguments: Sendable {
    var source: String?
    var target: String?
    var isMirror = false
  }

  static let spec = CommandSpec<Arguments>(
    name: "copy", abstract: "Move a store to a bucket, or bring one from there into a folder.",
    discussion: """
      To s3://BUCKET/PREFIX: the store is verified, what the bucket lacks is sent, the checkpoint last, and the store is opened \
      there. It is the store from then on; the folder that it came from becomes a copy of it, to which nobody appends, and \
      which 'custody pull' keeps up to date. With --mirror the folder stays the store, and the bucket is for reading: \
      nobody must append there. Run again, it goes on where it stopped, or brings the bucket up to date.

      From one bucket to another it asks first: a bucket is not marked as a copy, and nobody must append to the old one.

      Into a folder: what 'custody pull' does. 'custody pull --keep' then makes the folder the store again.

      Credentials come from the environment or a profile, as S3 clients have them (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, \
      AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL). The bucket is tried first: one that cannot keep two writers apart is refused. \
      One with versions or object lock cannot; then the checkpoint goes into another: s3://BUCKET/PREFIX?head=BUCKET2. In a bucket with \
      object lock, lock=governance or lock=compliance in the address has everything kept from being deleted for as long as \
      the rules ask: 'custody help retention'.
      """,
    examples: [
      Example("custody copy acme s3://evidence/acme", "from now on the store is in the bucket"),
      Example("custody copy s3://evidence/acme acme-copy", "a full copy in a folder"),
    ],
    parameters: [
      .positional(
        "FROM", help: "A store's folder or address.", required: true, completion: .folder, into: \.source,
        parse: CommandText.text),
      .positional(
        "TO", help: "s3://BUCKET/PREFIX, or a folder.", required: true, completion: .folder, into: \.target,
        parse: CommandText.text),
      .flag("mirror", help: "The folder stays the store; the bucket is for reading.", into: \.isMirror),
    ],
    answers: [
      ExitAnswer(.success, "all of the store is there"),
      ExitAnswer(.answerIsNo, "the store is not sound; nothing was sent"),
    ],
    initial: Arguments.init
  ) { arguments, global, console in
    let desk = try Desk(global, console)
    guard let source = arguments.source, let target = arguments.target else {
      throw Failure(.usage, "'copy' needs FROM and TO", hint: "see 'custody copy --help'")
    }
    guard StoreAddress(target) != nil else {
      guard StoreAddress(source) != nil, !arguments.isMirror else {
        throw Failure(
          .usage, "neither is the address of a bucket",
          hint: "from one folder to another: 'custody pull \(source) \(target)'")
      }
      return try PullCommand.pull(source, into: target, desk, global, console)
    }
    let copied = try desk.copy(from: source, to: target, isMirror: arguments.isMirror)
    try desk.endMove(copied)
    if global.format == .json {
      try console.print(json(copied))
    } else {
      try tell(copied, console)
    }
    return .success
  }

  private static func tell(_ copied: CopiedStore, _ console: Console) throws {
    let done = copied.done
    if done.files == 0 {
      try console.print(wrapped: "nothing new: all \(Wording.entries(copied.checkpoint.size)) are there")
    } else {
      try console.print(
        wrapped: "\(Wording.count(done.files, "file")) sent, \(Wording.count(done.objects, "object")) among them, "
          + Wording.bytes(done.bytes))
    }
    try console.print("store \(copied.target)")
    try console.print(
      "log \(copied.checkpoint.origin), \(Wording.entries(copied.checkpoint.size)), root \(copied.checkpoint.root.hex)")
    if copied.redactedThere > 0 {
      console.say(
        "the log redacts \(Wording.count(copied.redactedThere, "object")) that the bucket has still, from before: "
          + "'custody redact --finish --store \(ShellWord.quoted(copied.target))' removes them")
    }
    if copied.isMarked {
      console.say("'\(copied.source)' is a copy of it from now on: 'custody pull' keeps it up to date")
    }
  }

  private static func json(_ copied: CopiedStore) -> JSONOutput {
    .object([
      ("checkpoint", CheckpointOutput.json(copied.checkpoint)), ("source", .string(copied.source)),
      ("target", .string(copied.target)), ("files", .integer(copied.done.files)),
      ("objects", .integer(copied.done.objects)), ("bytes", .integer(copied.done.bytes)),
      ("sourceIsCopy", .bool(copied.isMarked)), ("redactedThere", .integer(copied.redactedThere)),
    ])
  }
}
