internal import Crypto
internal import FoundationEssentials
internal import Ownership
internal import Statements
internal import Storage
internal import Reports

/// `custody append`: puts offers into the log, of whoever signed them.
enum AppendCommand {
  struct Arguments: Sendable {
    var files: [String] = []
    var isDryRun = false
    var allowsNetworkStore = false
  }

  static let spec = CommandSpec<Arguments>(
    name: "append", abstract: "Put offers into the log, of whoever signed them.",
    discussion: """
      Each offer is held against the rules as they stand at its turn; the offers of a file are taken in their order. One \
      that is refused has its reason, and the others go in. Objects that an offer brings are looked for in FILE.objects, \
      beside the file under their names, and in the store's inbox.
      """,
    examples: [
      Example("custody append onsite-acceptance.offer", "an acceptance that came by mail"),
      Example("custody append inbox/*.offer", "all that wait"),
    ],
    parameters: [
      .positionals(
        "OFFER", help: "Files written with --offer.", completion: .file, into: \.files, parse: CommandText.text),
      .flag("dry-run", help: "Say which would go in; write nothing.", into: \.isDryRun),
      .flag(
        "network-store", help: "Append on a network file system, whose locks and renames you rely on.",
        into: \.allowsNetworkStore),
    ],
    answers: [ExitAnswer(.answerIsNo, "an offer was refused; the others went in")],
    initial: Arguments.init
  ) { arguments, global, console in
    let session = try Session.open(global, console)
    let offers = try arguments.files.flatMap { file in try OfferFile.read(file).map { (file: file, envelope: $0) } }
    let signer = try session.signer(global)
    var write = WriteArguments()
    write.allowsNetworkStore = arguments.allowsNetworkStore
    let appending = try Appending(session, appender: signer, write, global, console)
    var results: [Result] = []
    for offer in offers { results.append(take(offer.envelope, from: offer.file, into: appending)) }
    let isRefused = results.contains { $0.refusal != nil }
    let checkpoint = arguments.isDryRun ? session.checkpoint : try appending.commit()
    if global.format == .json {
      try console.print(
        .object([
          ("checkpoint", CheckpointOutput.json(checkpoint)),
          ("entries", .array(results.compactMap(\.entry).map { .integer($0) })),
          ("offers", .array(results.map(\.json))), ("dryRun", .bool(arguments.isDryRun)),
        ]))
    } else {
      for result in results { try console.print(result.line(isDryRun: arguments.isDryRun)) }
    }
    return isRefused ? .answerIsNo : .success
  }

  private struct Result {
    let file: String
    let statement: Digest?
    let type: String?
    let signer: String?
    var entry: Int?
    var refusal: UserError?

    func line(isDryRun: Bool) -> String {
      let what = "'\(file)': \(type ?? "an offer")" + (signer.map { " of \($0)" } ?? "")
      if let refusal { return "\(what) is refused: \(refusal.message)" }
      return "\(what) \(isDryRun ? "would become" : "is") entry \(entry ?? 0)"
    }

    var json: JSONOutput {
      var members: [(String, JSONOutput)] = [
        ("file", .string(file)), ("statement", statement.map { .string($0.hex) } ?? .null),
        ("type", type.map { .string($0) } ?? .null), ("signer", signer.map { .string($0) } ?? .null),
        ("entry", entry.map { .integer($0) } ?? .null),
      ]
      if let refusal { members.append(("refused", .string(refusal.message))) }
      return .object(members)
    }
  }

  private static func take(_ envelope: Envelope, from file: String, into appending: Appending) -> Result {
    let signer = appending.standing.membership.key(envelope.keyID)?.owner
    var statement: Statement?
    do {
      let inbox = "\(appending.session.layout.inbox)"
      let finder = OfferedObjects(file: file, inbox: inbox)
      let lists: (Digest) -> [UInt8]? = {
        finder.small($0, named: nil) ?? (try? appending.session.library.bytes(of: $0, limit: ObjectLibrary.listLimit))
          ?? nil
      }
      do throws(StatementSyntaxError) {
        statement = try Statement(payload: envelope.payload, lists: lists)
      } catch {
        throw UserError(.malformedInput, "its statement is malformed: \(error)")
      }
      if let statement { try bring(statement, finder, appending) }
      let entry = appending.nextEntry
      try appending.add(envelope)
      return Result(
        file: file, statement: statement?.id, type: statement?.predicate.typeName, signer: signer, entry: entry)
    } catch {
      return Result(
        file: file, statement: statement?.id, type: statement?.predicate.typeName, signer: signer,
        refusal: UserError(describing: error))
    }
  }

  /// Takes in the objects that a statement names and the store lacks.
  private static func bring(_ statement: Statement, _ finder: OfferedObjects, _ appending: Appending) throws {
    var wanted = statement.subjects.map { (digest: $0.digest, name: Optional($0.name), mediaType: $0.mediaType) }
    if let manifest = statement.subjects.first(where: { $0.mediaType == MediaType.manifest }) {
      guard
        let bytes = try finder.small(manifest.digest, named: nil)
          ?? appending.session.library.bytes(of: manifest.digest, limit: ObjectLibrary.listLimit)
      else { throw UserError(.inputMissing, "its manifest \(manifest.digest.short) did not come with it") }
      var reader = ManifestReader()
      do {
        try reader.feed(bytes) { wanted.append(($0.digest, $0.name, MediaType.binary)) }
        try reader.finish()
      } catch let error as Manifest.SyntaxError {
        throw UserError(.malformedInput, "its manifest is none: \(error)")
      }
    }
    for object in wanted where try appending.session.contents.objectSize(object.digest) == nil {
      guard let path = finder.path(object.digest, named: object.name) else {
        if try bringSchedule(object.digest, of: statement, appending) { continue }
        throw UserError(
          .inputMissing, "the object \(object.digest.short), '\(object.name ?? "")', did not come with it",
          hint: "have the sender send the folder '\(OfferFile.folder(finder.file))' too")
      }
      let staged = try appending.stage(file: path)
      guard staged.digest == object.digest else {
        appending.discard([staged])
        throw UserError(.malformedInput, "'\(path)' is not the object \(object.digest.short) that it should be")
      }
      try appending.publish([staged])
    }
  }
}

extension AppendCommand {
  /// Makes the schedule of an acceptance anew, where the party signed just what the agreement gives it: then the offer
  /// alone is enough.
  fileprivate static func bringSchedule(
    _ digest: Digest, of statement: Statement, _ appending: Appending
  ) throws -> Bool {
    guard case .acceptance(let acceptance) = statement.predicate, acceptance.schedule == digest else { return false }
    let resolver = Resolver(try ResolutionInput(appending.standing, library: appending.session.library))
    guard let index = resolver.input.versions.firstIndex(where: { $0.statement == acceptance.engagement }) else {
      return false
    }
    let builder = ScheduleBuilder(resolver, version: index)
    for party in appending.standing.membership.parties {
      let bytes = builder.schedule(for: party.id).bytes
      guard SHA256.hash(bytes) == digest else { continue }
      try appending.store(bytes)
      return true
    }
    return false
  }
}

/// Finds the objects that came with an offer.
struct OfferedObjects {
  let file: String
  let inbox: String

  /// Where an object lies: in the offer's folder of objects, beside the offer under its name, in the inbox.
  func path(_ digest: Digest, named name: String?) -> String? {
    var candidates = ["\(OfferFile.folder(file))/\(digest.hex)", "\(inbox)/\(digest.hex)"]
    if let name, Manifest.isValidName(name) {
      let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
      candidates.append("\(folder)/\(name)")
    }
    return candidates.first { FileManager.default.fileExists(atPath: $0) }
  }

  /// A small object's bytes, where it came and is what its name says.
  func small(_ digest: Digest, named name: String?) -> [UInt8]? {
    guard let path = path(digest, named: name), let bytes = try? RegularFile.read(path, limit: ObjectLibrary.listLimit),
      SHA256.hash(bytes) == digest
    else { return nil }
    return bytes
  }
}
