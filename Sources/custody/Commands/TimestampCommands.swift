internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import Statements
internal import Workspace

/// `custody timestamp`: RFC 3161 tokens, by which an authority that has nothing to do with either party says that a tree of
/// this log was there.
enum TimestampCommands {
  static let group = Command(
    group: "timestamp", "Have an authority say that the log was there (RFC 3161).",
    [Command(fetch), Command(request), Command(attach)], default: "fetch")

  // MARK: fetch

  struct FetchArguments: Sendable {
    var url: String?
    var certificates: String?
    var size: Int?
    var policy: String?
    var write = WriteOptions()
  }

  static let fetch = CommandSpec<FetchArguments>(
    name: "fetch", abstract: "Ask an authority for a token, and anchor it in the log.",
    discussion: """
      Request, sending and attaching in one. All that leaves this machine is a digest of the checkpoint. custody itself \
      opens no connection: the program 'custody-remote', beside it or on PATH, does. Whether the authority is to be \
      believed is up to each reader: 'custody verify --timestamp-roots'. 'custody timestamp' alone means the same. Who may not \
      append takes two steps: 'custody timestamp request', and 'custody timestamp attach --offer'.
      """,
    examples: [
      Example("custody timestamp fetch --from https://tsa.example/tsr", "each night, from a timer")
    ],
    parameters: [
      .option(
        "from", value: "URL", help: "The authority's address; else CUSTODY_TIMESTAMP.", into: \.url,
        parse: CommandText.text),
      .option(
        "ca", value: "FILE", help: "Certificates that are trusted for the connection instead of the system's.",
        completion: .file, into: \.certificates, parse: CommandText.text),
    ] + asking(size: \.size, policy: \.policy) + WriteOptions.lockParameters(in: \.write),
    initial: FetchArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    guard let store = place.store else { throw Failure(.bug, "there is no store to ask for") }
    guard let url = arguments.url ?? Environment.process["CUSTODY_TIMESTAMP"] else {
      throw Failure(.usage, "no authority is named", hint: "name one: --from URL, or in CUSTODY_TIMESTAMP")
    }
    let helper = try RemoteHelper(searchPath: Environment.process["PATH"])
    let asked = try store.timestampRequest(size: arguments.size, policy: arguments.policy, isRemembered: false)
    let answer = try helper.timestamp(asked, from: url, certificates: arguments.certificates, store.desk.home)
    let token = try place.examine(token: answer, request: asked.request.bytes)
    return try anchor(token, at: place, arguments.write, global, console)
  }

  // MARK: request

  struct RequestArguments: Sendable {
    var output: String?
    var size: Int?
    var policy: String?
  }

  static let request = CommandSpec<RequestArguments>(
    name: "request", abstract: "Write a request for a token, to be sent to an authority by other means.",
    discussion: """
      The request asks for a token over the SHA-256 of a checkpoint's three lines. What was asked is remembered under \
      CUSTODY_HOME, so that 'custody timestamp attach' takes no answer to another request. Send it as \
      application/timestamp-query.
      """,
    examples: [
      Example("custody timestamp request --output log.tsq", "then, on a machine that may connect:"),
      Example(
        "custody timestamp request -o log.tsq && curl -H 'Content-Type: application/timestamp-query' --data-binary "
          + "@log.tsq https://tsa.example/tsr > log.tsr", "sent by curl"),
    ],
    parameters: [
      .option(
        "output", "o", value: "FILE", help: "Where it goes.", required: true, completion: .file, into: \.output,
        parse: CommandText.text)
    ] + asking(size: \.size, policy: \.policy),
    initial: RequestArguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    let output = arguments.output ?? ""
    try OutputFile.check(output)
    let asked = try store.timestampRequest(size: arguments.size, policy: arguments.policy)
    try OutputFile.write(output, asked.request.bytes)
    if global.format == .json {
      try console.print(
        .object([
          ("checkpoint", CheckpointOutput.json(store.checkpoint)), ("size", .integer(asked.size)),
          ("imprint", .string(asked.request.imprint.hex)), ("nonce", .optional(asked.request.nonce)),
          ("policy", .optional(asked.request.policy)), ("output", .string(output)),
        ]))
    } else {
      try console.print("request \(output), over the first \(Wording.entries(asked.size))")
      console.say("send it to an authority, then: " + global.here("custody timestamp attach ANSWER"))
    }
    return .success
  }

  // MARK: attach

  struct AttachArguments: Sendable {
    var file: String?
    var request: String?
    var size: Int?
    var write = WriteOptions()
  }

  static let attach = CommandSpec<AttachArguments>(
    name: "attach", abstract: "Anchor a token that an authority has answered with.",
    discussion: """
      Looks whether it was granted, is over a checkpoint of this log, answers what was asked (nonce and policy), and is \
      signed by the certificate that it brings. Whether the authority is to be believed is up to each reader: 'custody \
      verify --timestamp-roots'.
      """,
    examples: [
      Example("custody timestamp attach log.tsr", "the answer to a request of yours"),
      Example("custody timestamp attach log.tsr --request log.tsq", "to one that was made in another home"),
    ],
    parameters: [
      .positional(
        "FILE", help: "The response, or the token alone.", completion: .file, into: \.file, parse: CommandText.text),
      .option(
        "request", value: "FILE", help: "The request that it answers; else the one that is remembered.",
        completion: .file, into: \.request, parse: CommandText.text),
      .option(
        "size", value: "N", help: "The size of the tree that it is over; looked for unless stated.", into: \.size,
        parse: CommandText.count),
    ] + WriteOptions.parameters(in: \.write),
    initial: AttachArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    let bytes = try InputFile.read(arguments.file ?? "", limit: TimestampToken.sizeLimit)
    let request = try arguments.request.map { try InputFile.read($0, limit: TimestampRequest.sizeLimit) }
    let token = try place.examine(token: bytes, size: arguments.size, request: request)
    return try anchor(token, at: place, arguments.write, global, console)
  }

  // MARK: All of them

  private static func asking<Arguments>(
    size: any WritableKeyPath<Arguments, Int?> & Sendable, policy: any WritableKeyPath<Arguments, String?> & Sendable
  ) -> [Parameter<Arguments>] {
    [
      .option(
        "size", value: "N", help: "The size of the tree that is timestamped; the newest unless stated.", into: size,
        parse: CommandText.count),
      .option(
        "policy", value: "OID", help: "The policy to ask for, as in 1.2.3.4.1; the authority's own unless stated.",
        into: policy, parse: CommandText.text),
    ]
  }

  private static func anchor(
    _ token: AnchoredToken, at place: SigningPlace, _ write: WriteOptions,
    _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    let more: [(String, JSONOutput)] = [
      ("size", .integer(token.size)), ("time", .string("\(token.time)")), ("authority", .optional(token.authority)),
      ("policy", .string(token.policy)),
    ]
    if let entry = token.anchoredBy {
      let none = Writing.Written(
        checkpoint: place.checkpoint, entries: [], statements: [], isDryRun: write.isDryRun)
      try none.tell(
        "nothing changes: entry \(entry) anchors this token already", global, console,
        more + [("anchoredBy", .integer(entry))])
      return .success
    }
    let written = try place.anchor(token, write)
    let who = token.authority.map { ", as '\($0)' says" } ?? ""
    try written.tell(
      "\(token.size == 1 ? "entry 0" : "entries 0 to \(token.size - 1)") existed by \(token.time)\(who)", global,
      console, more)
    return .success
  }
}
