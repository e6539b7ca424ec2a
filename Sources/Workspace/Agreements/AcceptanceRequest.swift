package import Agreements
package import Catalogs
package import Crypto
internal import Findings
internal import FoundationEssentials
internal import Ownership
package import Statements
package import TreeLog

/// What is mailed to ask a party for its acceptance: all that it needs to read, check and sign, without the store.
package struct AcceptanceRequest: Codable {
  package struct NamedCatalog: Codable {
    package let id: String
    package let sha256: String
    /// What shows that the log has adopted it; a request without it is refused.
    package var adoption: AdoptionProof?
    /// The catalog as it was adopted, where it is not one that is built in.
    package var text: String?

    /// Its bytes: those that the request carries, or those built in, if they are what the digest says.
    func bytes() -> [UInt8]? {
      let bytes = text.map { Array($0.utf8) } ?? BundledCatalogs.bytes(of: id)
      return bytes.flatMap { SHA256.hash($0).hex == sha256 ? $0 : nil }
    }
  }

  /// What shows that the checkpoint's tree is of a log, and extends one that the party had seen.
  package struct Lineage: Codable {
    /// The leaf hash of entry 0, and the proof that it stands in the tree.
    package let genesis: String
    package let genesisProof: [String]
    /// The size of an earlier tree, and the proof that the checkpoint's extends it; 0 where the party has seen none.
    package let since: Int
    package let proof: [String]
    /// Further earlier trees, any of which the party may have seen last.
    package var further: [Earlier]?

    /// An earlier tree.
    package struct Earlier: Codable {
      package let since: Int
      package let proof: [String]
    }

    /// - Parameters:
    ///   - since: An earlier size; 0 for none.
    ///   - further: Other sizes that the party has signed for.
    package static func make(_ store: OpenedStore, since: Int, further: [Int] = []) throws -> Lineage {
      let reader = store.reader
      func proof(_ size: Int) throws -> [String] {
        size == 0 ? [] : try reader.consistencyProof(from: size).map(\.hex)
      }
      return Lineage(
        genesis: try reader.leafHash(0).hex, genesisProof: try reader.inclusionProof(for: 0).map(\.hex), since: since,
        proof: try proof(since),
        further: further.isEmpty ? nil : try further.map { Earlier(since: $0, proof: try proof($0)) })
    }

    /// What it shows of a tree; nil where it does not hold.
    package func holding(for tree: Checkpoint) -> SeenTree.Lineage? {
      let inclusion = genesisProof.compactMap { Digest(hex: $0) }
      let trees = [Earlier(since: since, proof: proof)] + (further ?? [])
      let earlier = trees.map { ($0.since, $0.proof.compactMap { Digest(hex: $0) }) }
      guard let genesis = Digest(hex: genesis), inclusion.count == genesisProof.count,
        zip(trees, earlier).allSatisfy({ $0.proof.count == $1.1.count && $0.since >= 0 && $0.since <= tree.size }),
        InclusionProof.verify(index: 0, size: tree.size, leaf: genesis, proof: inclusion, root: tree.root)
      else { return nil }
      return SeenTree.Lineage(genesis: genesis, earlier: earlier.filter { $0.0 > 0 })
    }
  }

  /// `custody-acceptance-request`.
  package var kind = "custody-acceptance-request"
  package var version = 1
  package let store: String
  /// The party that is asked.
  package let party: String
  /// The engagement's id.
  package let engagement: String
  /// The id of the version's statement.
  package let statement: String
  /// The statement itself, base 64 of its payload: it names the papers that come with the agreement, by digest.
  package var statementPayload: String?
  /// The agreement, as written.
  package let document: String
  package let documentSHA256: String
  /// The schedule that the party would sign.
  package let schedule: String
  package let scheduleSHA256: String
  package let catalogs: [NamedCatalog]
  /// The store's checkpoint: a signed note.
  package let checkpoint: String
  /// The verifier key that signed it.
  package let verifierKey: String
  package let lineage: Lineage?

  /// A catalog that it names, as it carries it or as it is built in.
  package func catalog(_ named: Acceptance.NamedCatalog) throws -> Catalog? {
    guard let bytes = catalogs.first(where: { $0.id == named.id && $0.sha256 == named.sha256.hex })?.bytes() else {
      return nil
    }
    return try? Catalog(parsing: bytes, framework: named.id)
  }

  package static let kindName = "custody-acceptance-request"

  package var bytes: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return [UInt8](try encoder.encode(self)) + [0x0a]
    }
  }

  /// A request that was read, and everything in it that can be checked without the store.
  package struct Checked {
    package let request: AcceptanceRequest
    package let document: EngagementDocument
    package let schedule: Schedule
    package let checkpoint: Checkpoint
    package let note: SignedNote
    package let signerKey: VerificationKey
    package let lineage: SeenTree.Lineage?
    /// What the version brings beside the agreement: the statement of work, other papers.
    package let papers: [Subject]
  }

  package static func read(_ path: String) throws -> Checked {
    let bytes = try InputFile.read(path, limit: 64 << 20)
    guard let request = try? JSONDecoder().decode(AcceptanceRequest.self, from: Data(bytes)), request.kind == kindName
    else {
      throw Failure(
        .malformedInput, "'\(path)' is not a request for an acceptance",
        hint: "one is made with 'custody engagement show ID --request FILE'")
    }
    func broken(_ what: String) -> Failure {
      Failure(.malformedInput, "the request '\(path)' does not hold: \(what)", hint: "ask for it to be sent again")
    }
    guard SHA256.hash(request.document).hex == request.documentSHA256 else {
      throw broken("the agreement is not what its digest says")
    }
    guard SHA256.hash(request.schedule).hex == request.scheduleSHA256 else {
      throw broken("the schedule is not what its digest says")
    }
    guard case .read(let document, _) = EngagementDocument.read(Array(request.document.utf8)) else {
      throw broken("the agreement cannot be read")
    }
    guard let schedule = try? Schedule(parsing: Array(request.schedule.utf8)) else {
      throw broken("the schedule cannot be read")
    }
    guard let key = NoteKey(text: request.verifierKey), ByteOrder.areEqual(key.name, request.store),
      let unverified = try? UnverifiedCheckpoint(parsing: Array(request.checkpoint.utf8)),
      let (checkpoint, _) = unverified.verified(by: [key]), ByteOrder.areEqual(checkpoint.origin, request.store)
    else { throw broken("its checkpoint is not signed by the key that it names") }
    guard Identifier.isValid(request.engagement), request.engagement == document.id else {
      throw broken("the agreement is not of the id that it names")
    }
    guard request.catalogs.allSatisfy({ $0.adoption?.holds(for: $0, in: checkpoint) ?? false }) else {
      throw broken("it does not show that the log has adopted the catalogs that it names")
    }
    try check(schedule, of: document, request.catalogs, broken)
    guard Digest(hex: request.statement) != nil, request.catalogs.allSatisfy({ Digest(hex: $0.sha256) != nil }),
      Origin.isValid(request.store), Identifier.isValid(request.party)
    else { throw broken("an id in it is malformed") }
    let papers = try papers(of: request, document, broken)
    let lineage = request.lineage?.holding(for: checkpoint)
    guard request.lineage == nil || lineage != nil else {
      throw broken("its proof does not show which log the checkpoint is of")
    }
    return Checked(
      request: request, document: document, schedule: schedule, checkpoint: checkpoint, note: unverified.note,
      signerKey: key.key,
      lineage: lineage, papers: papers)
  }

  /// The papers that the version's statement brings: whoever signs for the version signs for these.
  private static func papers(
    of request: AcceptanceRequest, _ document: EngagementDocument, _ broken: (String) -> Failure
  ) throws -> [Subject] {
    guard let text = request.statementPayload else {
      guard document.statementOfWork == nil, document.papers.isEmpty else {
        throw broken("the agreement comes with papers, and it does not show which")
      }
      return []
    }
    guard let payload = Base64.decode(text), SHA256.hash(payload).hex == request.statement,
      let statement = try? Statement(payload: payload, lists: { _ in nil }),
      case .engagement(let event) = statement.predicate, event.id == request.engagement,
      event.document?.hex == request.documentSHA256
    else { throw broken("the version's statement is not what its id says") }
    return statement.subjects.filter { $0.name != "document" }
  }

  /// Holds the schedule against the agreement, read with the catalogs that are named: nobody signs for a wording that they
  /// cannot see.
  private static func check(
    _ schedule: Schedule, of document: EngagementDocument, _ catalogs: [NamedCatalog], _ broken: (String) -> Failure
  ) throws {
    var objects: [Digest: [UInt8]] = [:]
    var named: [RequestedSchedule.NamedCatalog] = []
    for catalog in catalogs {
      guard let bytes = catalog.bytes() else {
        throw broken("the catalog of '\(catalog.id)' that it names is neither built in nor in the request")
      }
      let digest = SHA256.hash(bytes)
      objects[digest] = bytes
      named.append(RequestedSchedule.NamedCatalog(framework: catalog.id, digest: digest))
    }
    let known = objects
    let library = ObjectLibrary(source: { digest, _ in known[digest] })
    guard try RequestedSchedule.isOf(document, schedule, catalogs: named, library: library) else {
      throw broken("the schedule gives or takes what the agreement does not")
    }
  }
}
