internal import Catalogs
internal import Crypto
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements
internal import TreeLog

/// What all parts of one document share: whom it names, what it calls controls, what it was made from.
struct OSCALContext {
  let source: OSCALSource
  let kind: OSCALKind
  let ids: StableIDs
  let names: ControlNames
  let parties: Parties
  /// What assessments say of each unit, by either side.
  let book: AssessmentBook
  let notes: AgreementNotes

  init(_ source: OSCALSource, _ kind: OSCALKind) throws {
    self.source = source
    self.kind = kind
    ids = try StableIDs(origin: source.snapshot.checkpoint.origin)
    names = try ControlNames(kind == .actionPlan ? source.reachedFrameworks : source.frameworks)
    parties = Parties(source, ids)
    book = AssessmentBook(source.marks, by: source.side, client: source.snapshot.state.client)
    notes = AgreementNotes(source.snapshot.resolver)
  }

  var snapshot: Snapshot { source.snapshot }
  var client: String { source.snapshot.state.client }
  var frameworks: [ResponsibilityMatrix.FrameworkRows] { source.frameworks }

  /// When the newest entry was made: nothing that the document says is newer.
  var lastModified: String {
    snapshot.state.lastTime.map { OSCALText.instant($0) } ?? OSCALText.instant(snapshot.asOf)
      ?? OSCALText.instant(Instant(millisecondsSinceEpoch: 0))
  }

  /// The document's own UUID: another for each tree, day and selection.
  var documentID: String {
    ids(
      "document", kind.rawValue, snapshot.checkpoint.root.hex, "\(snapshot.state.size)", "\(snapshot.asOf)",
      frameworks.map { "\($0.id)=\($0.adoption.catalog.hex)" }.joined(separator: ","), source.side?.rawValue ?? "",
      source.version, source.isUnsound ? "unsound" : "")
  }

  /// The words with which custody makes the document again.
  var command: String {
    let frameworks = (source.asked ?? []).map { " --framework \($0)" }.joined()
    let version = source.version == OSCALSource.versions[0] ? "" : " --oscal-version \(source.version)"
    let side = source.side.map { " --by \($0.rawValue)" } ?? ""
    return
      "custody oscal \(kind.rawValue)\(frameworks)\(side)\(version) --as-of \(snapshot.asOf) --known-at \(snapshot.state.size)"
      + (source.isUnsound ? " --unsound" : "")
  }

  /// What every document begins with.
  func metadata(_ more: [JSONOutput?] = []) -> JSONOutput {
    let checkpoint = snapshot.checkpoint
    var fields = Fields()
    fields.set("title", line: "\(kind.title) of \(parties.called(client)), as of \(snapshot.asOf)")
    fields.set("last-modified", exactly: lastModified)
    fields.set("version", line: "\(snapshot.state.size)-\(snapshot.asOf)")
    fields.set("oscal-version", exactly: source.version)
    let own: [JSONOutput?] = [
      Prop.own("origin", checkpoint.origin), Prop.own("tree-size", "\(checkpoint.size)"),
      Prop.own("tree-root", checkpoint.root.hex), Prop.own("known-at", "\(snapshot.state.size)"),
      Prop.own("as-of", "\(snapshot.asOf)"), Prop.own("rules", "\(FoldRules.version)"),
      source.isUnsound
        ? Prop.own(
          "unsound", "yes",
          remarks: "The last verification found this store NOT sound. Rely on nothing that stands here.")
        : nil,
    ]
    let unreadable = source.matrix.unreadable.map {
      Prop.own("framework-unreadable", $0, remarks: "Its catalog cannot be read, so nothing is said of its controls.")
    }
    fields.set("props", own + unreadable + respelled + more)
    fields.set("roles", Role.json)
    fields.set("parties", parties.json)
    fields.set("responsible-parties", responsibleParties)
    fields.set("remarks", text: remarks)
    return fields.json
  }

  private var respelled: [JSONOutput?] {
    names.respelled.sorted { $0.key < $1.key }.map { id, written in
      Prop.own(
        "control-id-respelled", names.control(id), class: "control",
        remarks: "The catalog of '\(id.framework)' writes '\(written)', which OSCAL does not take for an id.")
    }
  }

  private var responsibleParties: [JSONOutput] {
    let kinds: [(Membership.PartyKind, Role)] = [
      (.client, .client), (.provider, .provider), (.vendor, .vendor), (.auditor, .auditor),
    ]
    return kinds.compactMap { kind, role in
      let uuids = parties.uuids(of: kind)
      guard !uuids.isEmpty else { return nil }
      var fields = Fields()
      fields.set("role-id", exactly: role.rawValue)
      fields.set("party-uuids", uuids.map { .string($0) })
      return fields.json
    }
  }

  private var remarks: String {
    let checkpoint = snapshot.checkpoint
    var text = ""
    if source.isUnsound {
      text += "THE LAST VERIFICATION FOUND THIS STORE NOT SOUND. 'custody verify' says why.\n\n"
    }
    text +=
      "Made from the log '\(checkpoint.origin)' as of \(snapshot.asOf), from its first "
      + "\(Wording.entries(snapshot.state.size)), whose tree has the root \(checkpoint.root.hex).\n\nTo check it: 'custody "
      + "verify' says whether a store of that log is sound, and '\(command)' on it writes these bytes again. Props in the "
      + "namespace '\(Prop.namespace)' are custody's own. Every UUID is of version 5, of the log's origin and a name in it."
    return text
  }
}
