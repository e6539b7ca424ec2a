package import Catalogs
internal import Crypto
internal import Findings

/// A request for an acceptance that came by mail, answered on a machine that never sees the store.
package struct AnsweringRequest {
  package let checked: AcceptanceRequest.Checked
  package let asked: AskedAcceptance
  package let place: SigningPlace
  /// Whether the tree that it shows extends what this user has seen of its log.
  private let mayBeRemembered: Bool

  /// Reads and checks a request, and holds it against what this user remembers of its log.
  ///
  /// - Parameter mayBeUnproven: Whether a tree is taken that is older than one that was seen, or that nothing proves to
  ///   extend it.
  package init(_ path: String, at desk: Desk, mayBeUnproven: Bool = false) throws {
    var mayBeRemembered = true
    let checked = try AcceptanceRequest.read(path)
    let request = checked.request
    // Whom it is for comes first: what another party has seen is another question.
    let signer = try Signatory.pick(at: desk, origin: request.store, isLive: { _ in true })
    guard signer.party == request.party else {
      throw Failure(
        .notEntitled, "the request is for '\(request.party)', and you sign as \(signer.member), for '\(signer.party)'",
        hint:
          "have one made for you: custody engagement show \(request.engagement) --party \(signer.party) --request FILE")
    }
    if let trust = try TrustMemory(desk.home).record(of: request.store) {
      try SeenTree.checkSignature(checked.note, of: request.store, trust, desk.notices)
      // A tree that may be another log's does not take the place of one that was seen.
      mayBeRemembered = try SeenTree.compare(
        checked.checkpoint, checked.lineage, note: checked.note, with: trust, in: "request",
        mayBeUnproven: mayBeUnproven, desk)
    } else {
      desk.notices.say(
        "the checkpoint in this request is signed with the key \(checked.signerKey.keyID.hex): compare it with the client by telephone"
      )
    }
    self.checked = checked
    self.mayBeRemembered = mayBeRemembered
    asked = try AskedAcceptance(checked)
    place = SigningPlace(desk: desk, store: nil, checkpoint: checked.checkpoint, signer: signer)
  }

  /// The controls of the built-in catalogs: what is adopted only the store says.
  package static func finder() throws -> ControlFinder {
    ControlFinder(
      catalogs: try BundledCatalogs.names.compactMap { name in
        try BundledCatalogs.bytes(of: name).map { try Catalog(parsing: $0, framework: name) }
      })
  }

  /// Signs the answer into an offer, and remembers the tree that it was signed for.
  package func sign(_ parts: [AskedAcceptance.Part], _ write: WriteOptions) throws -> Writing.Written {
    let written = try asked.sign(parts, at: place, write)
    if mayBeRemembered, !written.isDryRun, let lineage = checked.lineage {
      Afterwards.remember(
        checked.checkpoint, lineage, note: checked.note, signer: checked.request.verifierKey, at: place.desk)
    }
    return written
  }
}
