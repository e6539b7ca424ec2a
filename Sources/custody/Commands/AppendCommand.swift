internal import Rendering
internal import Findings
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
    var lock = LockArguments()
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
    ] + LockArguments.parameters(in: \.lock),
    answers: [ExitAnswer(.answerIsNo, "an offer was refused; the others went in")],
    initial: Arguments.init
  ) { arguments, global, console in
    let session = try Session.open(global, console)
    let signer = try session.signer(global)
    let appending = try Appending(session, appender: signer, arguments.lock, global, console)
    var results: [Result] = []
    for file in arguments.files {
      do {
        for envelope in try OfferFile.read(file) {
          results.append(take(envelope, from: file, into: appending, isDryRun: arguments.isDryRun))
        }
      } catch {
        results.append(
          Result(file: file, statement: nil, type: nil, signer: nil, refusal: Failure(describing: error)))
      }
    }
    if appending.count == 0, results.count == 1, let refusal = results[0].refusal, results[0].type == nil {
      throw refusal
    }
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
    var refusal: Failure?

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

  private static func take(
    _ envelope: Envelope, from file: String, into appending: Appending, isDryRun: Bool
  ) -> Result {
    let owner = appending.state.membership.key(envelope.keyID)
    var statement: Statement?
    var staged: [StagedObject] = []
    let keptBefore = appending.keptCount
    do {
      // Nothing of a stranger's is copied: whose word it is comes first.
      guard let owner, let key = try? VerificationKey(base64: owner.publicKey) else {
        throw Failure(.notEntitled, "the key \(envelope.keyID.short) that signed it belongs to no member")
      }
      guard envelope.isSigned(by: key) else {
        throw Failure(.malformedInput, "its signature is not that of key \(envelope.keyID.short)")
      }
      let finder = OfferedObjects(file: file, inbox: appending.session.layout.inbox)
      let lists: (Digest) -> [UInt8]? = {
        finder.small($0) ?? (try? appending.library.bytes(of: $0, limit: ObjectLibrary.listLimit)) ?? nil
      }
      do throws(StatementSyntaxError) {
        statement = try Statement(payload: envelope.payload, lists: lists)
      } catch {
        throw Failure(.malformedInput, "its statement is malformed: \(error)")
      }
      if let statement { staged = try bring(statement, finder, appending, isDryRun: isDryRun) }
      let entry = appending.nextEntry
      try appending.add(envelope)
      if !isDryRun { try appending.publish(staged) }
      return Result(
        file: file, statement: statement?.id, type: statement?.predicate.typeName, signer: owner.owner, entry: entry)
    } catch {
      appending.discard(staged)
      appending.forgetKept(since: keptBefore)
      return Result(
        file: file, statement: statement?.id, type: statement?.predicate.typeName, signer: owner?.owner,
        refusal: Failure(describing: error))
    }
  }

  /// Takes in the objects that a statement names and the store lacks: small ones that it means something by are kept,
  /// artifacts are staged.
  private static func bring(
    _ statement: Statement, _ finder: OfferedObjects, _ appending: Appending, isDryRun: Bool
  ) throws -> [StagedObject] {
    var staged: [StagedObject] = []
    do {
      let isEvidence = statement.predicate.typeName == "evidence"
      var artifacts: [(digest: Digest, name: String, size: Int?)] = []
      for subject in statement.subjects where try appending.session.contents.objectSize(subject.digest) == nil {
        let isArtifact = isEvidence && subject.mediaType != MediaType.manifest && subject.mediaType != MediaType.list
        if isArtifact {
          artifacts.append((subject.digest, subject.name, subject.size))
        } else if let bytes = finder.small(subject.digest, named: subject.name) {
          appending.keep(bytes)
        } else if try !bringSchedule(subject.digest, of: statement, appending) {
          throw missing(subject.digest, subject.name, finder)
        }
      }
      if let manifest = statement.subjects.first(where: { $0.mediaType == MediaType.manifest }) {
        for item in try items(of: manifest, finder, appending)
        where try appending.session.contents.objectSize(item.digest) == nil {
          artifacts.append((item.digest, item.name, nil))
        }
      }
      for artifact in artifacts {
        guard let path = finder.path(artifact.digest, named: artifact.name) else {
          throw missing(artifact.digest, artifact.name, finder)
        }
        let object = try appending.stage(file: path)
        staged.append(object)
        guard object.digest == artifact.digest, artifact.size == nil || artifact.size == object.size else {
          throw Failure(
            .malformedInput,
            "'\(path)' is not the object \(artifact.digest.short) that the statement names, or not of its size")
        }
      }
      guard !isDryRun else {
        appending.discard(staged)
        return []
      }
      return staged
    } catch {
      appending.discard(staged)
      throw error
    }
  }

  private static func missing(_ digest: Digest, _ name: String, _ finder: OfferedObjects) -> Failure {
    Failure(
      .inputMissing, "the object \(digest.short), '\(name)', did not come with it",
      hint: "have the sender send the folder '\(OfferFile.folder(finder.file))' too")
  }

  private static func items(
    of manifest: Subject, _ finder: OfferedObjects, _ appending: Appending
  ) throws -> [Manifest.Item] {
    guard let bytes = try appending.library.bytes(of: manifest.digest, limit: ObjectLibrary.manifestLimit) else {
      throw missing(manifest.digest, manifest.name, finder)
    }
    var reader = ManifestReader()
    var items: [Manifest.Item] = []
    do {
      try reader.feed(bytes) { items.append($0) }
      try reader.finish()
    } catch let error as Manifest.SyntaxError {
      throw Failure(.malformedInput, "its manifest is none: \(error)")
    }
    return items
  }
}

extension AppendCommand {
  /// Makes the schedule of an acceptance anew, where the party signed just what the agreement gives it: then the offer
  /// alone is enough.
  fileprivate static func bringSchedule(
    _ digest: Digest, of statement: Statement, _ appending: Appending
  ) throws -> Bool {
    guard case .acceptance(let acceptance) = statement.predicate, acceptance.schedule == digest else { return false }
    let resolver = Resolver(try ResolutionInput(appending.state, library: appending.library))
    guard let index = resolver.input.versions.firstIndex(where: { $0.statement == acceptance.engagement }) else {
      return false
    }
    let builder = ScheduleBuilder(resolver, version: index)
    for party in appending.state.membership.parties {
      let bytes = builder.schedule(for: party.id).bytes
      guard SHA256.hash(bytes) == digest else { continue }
      appending.keep(bytes)
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
  func small(_ digest: Digest, named name: String? = nil) -> [UInt8]? {
    guard let path = path(digest, named: name), let bytes = try? RegularFile.read(path, limit: ObjectLibrary.manifestLimit),
      SHA256.hash(bytes) == digest
    else { return nil }
    return bytes
  }
}
