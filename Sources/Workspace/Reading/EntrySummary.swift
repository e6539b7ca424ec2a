internal import Crypto
internal import Findings
internal import Index
internal import Ownership
package import Statements

/// What a statement says, in one line for people.
package struct EntrySummary {
  private let store: OpenedStore

  package init(_ store: OpenedStore) {
    self.store = store
  }

  /// Whether a later entry has taken the place of what one says: of evidence, or of a version of an agreement.
  package func isReplaced(_ listed: ListedEntry) throws -> Bool {
    guard let statement = listed.statement, listed.isEffective else { return false }
    switch statement.predicate {
    case .evidence: return try store.index.isReplaced(statement.id)
    case .engagement(let event):
      return event.event == .version
        && store.state.versions.contains { $0.entry > listed.number && ByteOrder.areEqual($0.engagement, event.id) }
    default: return false
    }
  }

  package func text(_ statement: Statement) throws -> String {
    switch statement.predicate {
    case .genesis(let genesis):
      "\(genesis.clientName) (\(genesis.clientID)) begins, with \(genesis.clientID)/\(genesis.administratorID)"
    case .party(let event):
      switch event.event {
      case .join: "\(event.id) joins as \(event.kind?.rawValue ?? "party"): \(event.name ?? event.id)"
      case .notice: "notice for \(event.id)"
      case .leave: "\(event.id) leaves"
      }
    case .member(let event): member(event)
    case .keyRevocation(let revocation):
      "\(owner(revocation.keyID)) \(revocation.keyID.short) is revoked: \(revocation.reason.rawValue)"
        + (revocation.suspectSince.map { ", what it signed from size \($0) on is disputed" } ?? "")
    case .framework(let framework):
      "\(framework.id), effective \(framework.effective)"
        + (framework.notApplicable.isEmpty ? "" : ", \(framework.notApplicable.count) not applicable")
    case .engagement(let event):
      event.event == .version ? "\(event.id) version" : "\(event.id) end" + (event.on.map { " on \($0)" } ?? "")
    case .acceptance(let acceptance): try self.acceptance(acceptance)
    case .staffing(let staffing):
      "\(staffing.engagement): " + people(staffing)
        + " for \(Wording.count(staffing.assign.reduce(0) { $0 + $1.units.count }, "unit"))"
    case .evidence(let evidence): self.evidence(evidence, statement)
    case .assessment(let assessment):
      "\(brief(assessment.units)) \(assessment.status.rawValue)"
        + (assessment.note.map { ": " + $0.split(separator: "\n").joined(separator: "; ") } ?? "")
    case .usage(let usage):
      "\(usage.engagement) \(usage.hours) hours, \(usage.from) through \(usage.through)"
    case .measurement(let measurement):
      "\(measurement.engagement)/\(measurement.level) \(measurement.value), "
        + "\(measurement.from) through \(measurement.through)"
    case .redaction(let redaction):
      "\(redaction.event.rawValue) \(Wording.count(redaction.objects.count, "object")): \(redaction.reason)"
    case .hold(let hold): "\(hold.id) \(hold.event.rawValue): \(hold.reason)"
    case .anchor(let anchor): "\(anchor.kind.rawValue) of the tree of \(Wording.entries(anchor.size))"
    case .unknown(let type): "says something of the unknown type \(type)"
    }
  }

  private func member(_ event: MemberEvent) -> String {
    switch event.event {
    case .join: "\(event.member) joins as \(event.role?.rawValue ?? "member"): \(event.name ?? event.member)"
    case .change:
      event.recovery == nil
        ? "\(event.member) changes" + (event.role.map { ", \($0.rawValue) now" } ?? "")
        : "\(Identifier.party(ofMember: event.member)) gets a recovery key"
    case .key: "\(event.member) has a further key" + (event.use == .witness ? ", a witness's" : "")
    case .leave: "\(event.member) leaves"
    }
  }

  private func acceptance(_ acceptance: Acceptance) throws -> String {
    let version = store.state.versions.first { $0.statement == acceptance.engagement }
    let engagement = version.map { "\($0.engagement) of entry \($0.entry)" } ?? acceptance.engagement.short
    let units = try store.library.schedule(acceptance.schedule).map { schedule in
      ", \(Wording.count(unique(schedule.units.map(\.unit)).count, "unit"))"
    }
    return "\(engagement) \(acceptance.answer.rawValue)" + (units ?? ", its schedule cannot be read")
      + (acceptance.reason.map { ": \($0)" } ?? "")
  }

  private func evidence(_ evidence: Evidence, _ statement: Statement) -> String {
    let about = evidence.controls.isEmpty ? evidence.duty ?? "" : brief(evidence.controls)
    let brought = statement.evidenceSubjects
    let isManifest = brought.contains { $0.mediaType == MediaType.manifest }
    let objects = isManifest ? "a manifest" : Wording.count(brought.count, "object")
    let run = evidence.run.map { "ran '\($0.arguments.joined(separator: " "))', status \($0.status)" }
    let text = evidence.description ?? run ?? (isManifest ? nil : brief(brought.map(\.name)))
    let more = [
      evidence.controls.isEmpty ? nil : evidence.duty.map { "for \($0)" }, evidence.label.map { "label \($0)" },
      evidence.retainUntil.map { "keep until \($0)" },
    ].compactMap { $0 }
    return ([about, objects] + more).joined(separator: ", ") + (text.map { ": \($0)" } ?? "")
  }

  private func people(_ staffing: Staffing) -> String {
    let named = unique(staffing.assign.flatMap(\.responsible))
    return named.isEmpty ? "nobody" : brief(named)
  }

  private func owner(_ key: Digest) -> String {
    store.state.membership.key(key).map { "\($0.owner)'s key" } ?? "the key"
  }

  private func brief(_ items: [String]) -> String {
    items.count > 3 ? "\(items[0]), \(items[1]) and \(items.count - 2) more" : items.joined(separator: ", ")
  }

  private func unique(_ items: [String]) -> [String] {
    var seen: Set<[UInt8]> = []
    return items.filter { seen.insert(Array($0.utf8)).inserted }
  }
}
