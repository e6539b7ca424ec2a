internal import CommandLine
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Reports
internal import Statements
internal import TreeLog
internal import Workspace

/// Everything about an entry.
struct ShownEntry {
  private let listed: ListedEntry
  private let store: OpenedStore
  private let objects: [(subject: Subject, presence: ObjectPresence)]
  private let items: [Manifest.Item]?
  /// Why what the manifest lists cannot be said.
  private let manifestFault: String?
  private let replacedBy: [Int]
  private let disputed: Bool
  /// Who speaks for it; nil where it is not disputed, or nobody can say.
  private let dispute: Dispute?

  /// How many of a manifest's items are shown as text.
  private static let itemLimit = 20

  init(_ listed: ListedEntry, _ store: OpenedStore, _ listing: EntryListing) throws {
    self.listed = listed
    self.store = store
    objects = try (listed.statement?.subjects ?? []).map { subject in
      (subject, try ObjectPresence(subject.digest, expectedSize: subject.size, store))
    }
    var items: [Manifest.Item] = []
    var isThere = false
    var fault: String?
    if let manifest = listed.statement?.subjects.first(where: { $0.mediaType == MediaType.manifest }) {
      do {
        isThere = try ManifestItems.forEach(manifest.digest, store) { items.append($0) }
      } catch let error as Failure {
        fault = error.message
      }
    }
    self.items = isThere ? items : nil
    manifestFault = fault
    replacedBy = try ReplacementSearch.entries(replacing: listed, store, listing)
    let suspect = listed.entry.flatMap { store.state.membership.key($0.envelope.keyID)?.suspectSince }
    disputed = suspect.map { listed.number >= $0 } ?? false
    dispute = disputed ? try store.dispute(ofEntry: listed.number) : nil
  }

  func print(_ global: GlobalArguments, _ console: Console) throws {
    if global.format == .json { return try console.print(try json()) }
    try console.print("entry \(listed.number): \(listed.type)", style: .bold)
    if let refusal = listed.refusal {
      try console.print(wrapped: "does not count, \(refusal.code.rawValue): \(refusal.reason)", style: .yellow)
    }
    for finding in listed.findings where finding.severity != .error {
      try console.print(wrapped: finding.message, style: .yellow)
    }
    if disputed {
      try console.print(wrapped: "disputed: the key that signed it is under suspicion since then", style: .yellow)
      if let dispute { try console.print(wrapped: DisputeWording.voices(dispute), style: .yellow) }
    }
    if let statement = listed.statement { try console.print(wrapped: EntrySummary(store).text(statement)) }
    try console.print()
    try details().print(to: console)
    try printObjects(console)
  }

  private func details() throws -> DetailLines {
    var lines = DetailLines()
    let entry = listed.entry
    if let entry {
      // Of a statement that does not count nobody has shown whose hand it is.
      lines.add(listed.isEffective ? "signed by" : "in the name of", signer(entry.envelope.keyID))
      lines.add("with key", entry.envelope.keyID.hex)
      lines.add("signed at", listed.statement?.signedAt.description)
    }
    if let seen = listed.statement?.seen {
      lines.add("having seen", "\(Wording.entries(seen.size)), root \(seen.root.hex)")
    }
    if let entry {
      if let predicate = PredicateFields.predicate(entry.envelope.payload) {
        dates(predicate, recorded: entry.time, &lines)
        for line in try PredicateFields(store).lines(predicate) { lines.add(line.label, line.text) }
      } else {
        lines.add("recorded", entry.time.description)
      }
      if !replacedBy.isEmpty {
        lines.add("replaced by", replacedBy.map { "entry \($0)" }.joined(separator: ", "))
      }
      lines.add("appended by", signer(entry.by))
      lines.add("with key", entry.by.hex)
      lines.add("statement", listed.statement?.id.hex)
      lines.add("previous leaf", entry.previous.hex)
    }
    lines.add("leaf", MerkleHash.leaf(listed.bytes).hex)
    return lines
  }

  /// Of evidence the three dates, whether said or not; of the others what they say.
  private func dates(_ predicate: JSONObject, recorded: Instant, _ lines: inout DetailLines) {
    let isEvidence = listed.type == "evidence"
    let from = text(predicate["from"])
    let through = text(predicate["through"])
    switch (from, through) {
    case (let from?, let through?) where from == through: lines.add("covered", from)
    case (let from?, let through?): lines.add("covered", "\(from) through \(through)")
    case (let from?, nil): lines.add("covered", "from \(from)")
    case (nil, let through?): lines.add("covered", "through \(through)")
    case (nil, nil): if isEvidence { lines.add("covered", "not said") }
    }
    lines.add("collected", text(predicate["collected"]) ?? (isEvidence ? "not said" : nil))
    lines.add("recorded", recorded.description)
  }

  private func text(_ value: JSONValue?) -> String? {
    if case .string(let text)? = value { text } else { nil }
  }

  /// `onsite/jane (Jane)`
  private func signer(_ key: Digest) -> String {
    guard let owner = store.state.membership.key(key)?.owner else { return "nobody known" }
    return owner + (store.state.membership.member(owner).map { " (\($0.name))" } ?? "")
  }

  private func printObjects(_ console: Console) throws {
    guard !objects.isEmpty else { return }
    try console.print()
    try console.print(Wording.count(objects.count, "object"), style: .bold)
    for (subject, presence) in objects {
      try console.print(wrapped: subject.name, after: "  ")
      try console.print("    \(subject.digest.hex)")
      try console.print(
        wrapped: "\(Wording.bytes(subject.size)), \(subject.mediaType), \(presence.text)", after: "    ")
    }
    if let manifestFault { try console.print(wrapped: manifestFault, style: .yellow) }
    guard let items else { return }
    try console.print()
    try console.print("the manifest lists \(items.count)", style: .bold)
    for item in items.prefix(ShownEntry.itemLimit) {
      try console.print("  \(item.digest.short)  \(item.name)")
    }
    if items.count > ShownEntry.itemLimit {
      try console.print("  and \(items.count - ShownEntry.itemLimit) more")
      console.say("all of them: custody cat \(listed.number) --name manifest")
    }
  }

  private func json() throws -> JSONOutput {
    // The subjects come with what has become of them.
    var members = try EntryLine(store, width: 100).members(listed).filter { $0.0 != "subjects" }
    members.append(("disputed", .bool(disputed)))
    if let dispute { members.append(("dispute", DisputeWording.json(dispute))) }
    members.append(("recorded", .optional(listed.entry?.time.description)))
    members.append(("appendedBy", .optional(listed.entry.flatMap { store.state.membership.key($0.by)?.owner })))
    members.append(("appendedByKeyid", .optional(listed.entry?.by.hex)))
    members.append(("previous", .optional(listed.entry?.previous.hex)))
    members.append(("leafHash", .string(MerkleHash.leaf(listed.bytes).hex)))
    members.append(("predicateType", .optional(listed.statement?.predicate.predicateType)))
    let predicate = listed.entry.flatMap { PredicateFields.predicate($0.envelope.payload) }
    members.append(("predicate", predicate.map { PredicateFields.json(.object($0)) } ?? .null))
    let subjects = objects.map { JSONOutput.object(EntryLine.members($0.subject) + $0.presence.members) }
    members.append(("subjects", .array(subjects)))
    let listedItems = items.map { items in
      JSONOutput.array(items.map { ["name": .string($0.name), "sha256": .string($0.digest.hex)] })
    }
    members.append(("manifest", listedItems ?? .null))
    members.append(("replacedBy", .array(replacedBy.map { .integer($0) })))
    return .object(members)
  }
}
