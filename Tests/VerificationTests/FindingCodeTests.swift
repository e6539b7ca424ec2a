import Findings
import Crypto
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

@testable import Verification

/// Every kind of finding by a store that has it, and by a neighbour that has not.
struct FindingCodeTests {
  /// A change of a sound store that brings one finding about, and one much like it that does not.
  struct Row: Sendable, CustomTestStringConvertible {
    let code: FindingCode
    /// What it is about, where others may have it too.
    var subject: String?
    /// On which day ownership is asked for.
    var day = "2026-02-01"
    var options: @Sendable (inout VerificationOptions, _ isFault: Bool) -> Void = { _, _ in }
    /// Before the log is sealed.
    var write: @Sendable (LogBuilder, _ isFault: Bool) throws -> Void = { _, _ in }
    /// After.
    var damage: @Sendable (LogBuilder, _ isFault: Bool) throws -> Void = { _, _ in }

    var testDescription: String { code.rawValue }
  }

  /// `FindingPairTests` has those on obligations, `IntegrityFindingTests` offers; `pack-mismatch` is no question about a
  /// store: `PackTests` has it.
  static let notRaised: Set<FindingCode> = [
    .packMismatch, .offerWithheld, .offerRefused, .levelOutsideScope, .levelMissed, .levelUnmeasured,
    .doubleWork, .overdue,
    .assessmentOutdated, .noBusinessAssociateAgreement, .noResponsibilityMatrix, .actionLate, .requestOverdue,
    .handoverUnreadable,
  ]

  /// Anchors a note over the newest tree that a witness nobody knows has signed, or bytes that are no note.
  static func anchor(_ log: LogBuilder, isNote: Bool) throws {
    let text = Checkpoint(origin: log.origin, size: log.size, root: log.root).text
    let note = try SignedNote.sign(text, name: "witness.example/one", with: LogBuilder.key("stranger")).bytes
    let object = log.object("cosignature", isNote ? note : Array("no note".utf8))
    try log.add(.anchor(Anchor(kind: .cosignature, size: log.size)), [object], by: "acme/bo")
  }

  /// Anchors an authority's token over the newest tree.
  static func stamp(_ log: LogBuilder, by authority: TestAuthority) throws {
    let text = Checkpoint(origin: log.origin, size: log.size, root: log.root).text
    let object = log.object("token", try authority.token(over: text), "application/timestamp-reply")
    try log.add(.anchor(Anchor(kind: .timestamp, size: log.size)), [object], by: "acme/bo")
  }

  /// A policy by which a witness has to have cosigned the log's newest checkpoint, or nobody has to.
  static func policy(isAsked: Bool) -> WitnessPolicy? {
    guard let log = try? NoteKey(log: LogBuilder.key("acme/bo").verificationKey, name: LogBuilder.defaultOrigin),
      let witness = try? NoteKey(witness: LogBuilder.key("stranger").verificationKey, name: "witness.example/one")
    else { return nil }
    let lines = ["log \(log.text)", "witness one \(witness.text)", "quorum \(isAsked ? "one" : "none")"]
    return try? WitnessPolicy(parsing: Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  static let base = "  - { domains: [patch-management], accountable: onsite, responsible: [onsite/jane] }"

  /// A version, and who accepts it wholly.
  static func agree(
    _ log: LogBuilder, _ scope: String = base, id: String = "acme-onsite", more: String = "",
    through: String = "2027-12-31", by people: [String] = ["acme/bo", "onsite/jane"]
  ) throws {
    let document = LogBuilder.agreement(id: id, scope: scope, more: more)
      .replacing("2027-12-31", through)
    let earlier = log.statements.indices.last { entry in
      (try? Statement(payload: Entry(parsing: log.entries[entry]).envelope.payload) { _ in nil })
        .map { if case .engagement(let event) = $0.predicate { event.id == id } else { false } } ?? false
    }
    let version = try log.version(document, id: id, replaces: earlier.map { log.statements[$0] })
    for person in people {
      let party = String(person.prefix { $0 != "/" })
      try log.word(
        on: version, document: document, schedule: log.schedule(for: party, version: version), by: person)
    }
  }

  static let rows: [Row] = integrity + ownership

  static let integrity: [Row] = [
    Row(code: .storeMalformed, damage: { log, isFault in log.store[isFault ? "notes" : "inbox/notes"] = [1] }),
    Row(
      code: .entryMalformed,
      write: { log, isFault in try log.evidence(controls: [isFault ? "demo/9.9" : "demo/1.2"]) }),
    Row(
      code: .chainBroken,
      write: { log, isFault in
        var twist = LogBuilder.Twist()
        if isFault { twist.entry = { $0.previous = .zero } }
        try log.evidence(by: "acme/bo", twist)
      }),
    Row(
      code: .tileMismatch,
      damage: { log, isFault in
        if isFault { log.store["tile/0/000.p/\(log.size)"] = [UInt8](repeating: 1, count: log.size * 32) }
      }),
    Row(
      code: .rootMismatch,
      damage: { log, isFault in
        log.store["checkpoint"] = try log.checkpoint(root: isFault ? .zero : log.root, by: "acme/bo")
      }),
    Row(
      code: .checkpointUnsigned,
      damage: { log, isFault in
        log.store["checkpoint"] = try log.checkpoint(by: isFault ? "audit/ann" : "acme/bo")
      }),
    Row(
      code: .signatureInvalid,
      write: { log, isFault in
        var twist = LogBuilder.Twist()
        if isFault { twist.forger = "acme/kim" }
        try log.evidence(by: "acme/bo", twist)
      }),
    Row(
      code: .notEntitled,
      write: { log, isFault in try log.party(.join, "second", by: isFault ? "acme/kim" : "acme/bo") }),
    Row(
      code: .replayed,
      write: { log, isFault in
        var twist = LogBuilder.Twist()
        if isFault { twist.store = "acme/other" }
        try log.evidence(by: "acme/bo", twist)
      }),
    Row(
      code: .objectMissing,
      write: { log, _ in try log.evidence("paper") },
      damage: { log, isFault in
        if isFault { log.store[ObjectPath.path(SHA256.hash("paper"))] = nil }
      }),
    Row(
      code: .objectWithheld,
      options: { options, isFault in
        options.withheld = isFault ? [SHA256.hash("paper")] : []
      },
      write: { log, _ in try log.evidence("paper") },
      damage: { log, _ in log.store[ObjectPath.path(SHA256.hash("paper"))] = nil }),
    Row(
      code: .objectCorrupt,
      write: { log, _ in try log.evidence("paper") },
      damage: { log, isFault in
        log.store[ObjectPath.path(SHA256.hash("paper"))] = Array((isFault ? "taper" : "paper").utf8)
      }),
    Row(
      code: .historyForked,
      options: { options, isFault in
        options.knownGenesis = isFault ? .zero : nil
      }),
    Row(
      code: .historyTruncated,
      options: { options, isFault in
        options.knownTrees = [.init(size: 1000, root: .zero, source: "this user", isSamePlace: isFault)]
      }),
    Row(
      code: .statementUnknown,
      write: { log, isFault in
        if isFault { try log.add(.unknown(predicateType: "urn:custody:weather:v1"), by: "acme/bo") }
      }),
    Row(
      code: .clockAhead,
      options: { options, isFault in
        options.now = Instant(isFault ? "2020-01-01T00:00:00.000Z" : "2099-01-01T00:00:00.000Z")
      }),
    Row(
      code: .clockDisorder,
      write: { log, isFault in
        var twist = LogBuilder.Twist()
        twist.time = log.clock.adding(milliseconds: isFault ? -1 : 0)
        try log.evidence(by: "acme/bo", twist)
      }),
    Row(
      code: .objectUnreferenced,
      write: { log, isFault in
        let paper = log.object("paper", "paper")
        if !isFault { try log.add(.evidence(Evidence(controls: ["demo/1.2"])), [paper], by: "acme/bo") }
      }),
    Row(
      code: .strayFile,
      damage: { log, isFault in if isFault { log.store["tile/0/007"] = [1] } }),
    Row(
      code: .olderThanSeen,
      options: { options, isFault in
        options.knownTrees = [.init(size: 1000, root: .zero, source: "this user", isSamePlace: !isFault)]
      }),
  ]

  /// A schedule that is one.
  private static let oneDuty = "duty\tminutes\tacme\tevery quarter\tMinutes\n"

  static let ownership: [Row] = [
    Row(
      code: .undecided,
      write: { log, isFault in
        // A version that cannot be read says nothing until the client has accepted it.
        let document = "no agreement"
        let version = try log.version(document, id: "second")
        if isFault { try log.word(on: version, document: document, schedule: oneDuty, by: "acme/bo") }
      }),
    Row(
      code: .undelegable,
      write: { log, isFault in
        let line = "  - { controls: [demo/2.2], accountable: onsite }"
        let family = "  - { families: [demo/2], accountable: onsite }"
        try agree(log, isFault ? line : family)
      }),
    Row(
      code: .contested,
      write: { log, isFault in
        try agree(log)
        try agree(
          log, "  - { domains: [patch-management], accountable: acme }", id: "second",
          more: isFault ? "" : "yields-to: [acme-onsite]")
      }),
    Row(
      code: .declined,
      write: { log, isFault in
        let document = LogBuilder.agreement()
        let version = try log.version(document)
        try log.word(
          isFault ? .decline : .accept, on: version, document: document, schedule: LogBuilder.schedule,
          by: "onsite/jane")
      }),
    Row(
      code: .unaccepted,
      write: { log, isFault in try agree(log, by: isFault ? ["acme/bo"] : ["acme/bo", "onsite/jane"]) }),
    Row(
      code: .lapsed,
      write: { log, isFault in try agree(log, through: isFault ? "2026-01-31" : "2026-02-01") }),
    Row(
      code: .unowned,
      write: { log, isFault in
        try agree(
          log, "  - { families: [demo/1, demo/2], accountable: acme }",
          more: isFault ? "frameworks: []" : "")
      }),
    Row(
      code: .pending,
      write: { log, isFault in
        try agree(log)
        try agree(
          log, base.replacing("onsite,", "acme,"), more: "effective: 2026-01-01",
          by: isFault ? ["acme/bo"] : ["acme/bo", "onsite/jane"])
      }),
    Row(
      code: .backdated,
      write: { log, isFault in
        log.on(isFault ? "2026-01-03" : "2026-01-02")
        try agree(log)
      }),
    Row(
      code: .unstaffed, subject: "demo/1.1[b]",
      write: { log, isFault in
        try agree(log)
        if isFault { try log.revoke("onsite/jane", by: "onsite/jane") }
      }),
    Row(
      code: .noEvidence, subject: "demo/1.1[b]",
      write: { log, isFault in
        try agree(log)
        try log.evidence(controls: isFault ? ["demo/1.1[a]"] : ["demo/1.1"], by: "onsite/jane")
      }),
    Row(
      code: .staleEvidence, day: "2027-01-01",
      write: { log, isFault in
        try agree(log)
        try log.evidence(through: isFault ? "2025-12-31" : "2026-01-01", by: "onsite/jane")
      }),
    Row(
      code: .outsiderEvidence,
      write: { log, isFault in
        try agree(log)
        try log.evidence(by: isFault ? "vend/val" : "onsite/soc")
      }),
    Row(
      code: .disputed,
      write: { log, isFault in
        try agree(log)
        try log.evidence(by: "onsite/soc")
        try log.revoke("onsite/soc", suspectSince: log.size - (isFault ? 1 : 0), by: "onsite/jane")
      }),
    Row(
      code: .partyUnconfirmed,
      options: { options, isFault in
        guard !isFault else { return }
        for person in ["onsite/jane", "audit/ann", "vend/val"] {
          options.confirmedParties[String(person.prefix { $0 != "/" })] = try? LogBuilder.keyID(person)
        }
      }),
    Row(code: .anchorInvalid, write: { log, isFault in try anchor(log, isNote: !isFault) }),
    Row(code: .witnessUnknown, write: { log, isFault in try anchor(log, isNote: isFault) }),
    Row(
      code: .timestampUntrusted,
      options: { options, isFault in
        let authority = isFault ? TestAuthority.stranger : TestAuthority.trusted
        options.timestampRoots = (try? authority.get().certificate()).flatMap { TimestampRoots(pem: $0) }
      },
      write: { log, _ in try stamp(log, by: TestAuthority.trusted.get()) }),
    Row(code: .quorumUnmet, options: { options, isFault in options.policy = policy(isAsked: isFault) }),
    Row(
      code: .futureDated,
      write: { log, isFault in try log.evidence(through: isFault ? "2099-01-01" : "2026-01-01") }),
    Row(
      code: .noAdministrator, subject: "onsite",
      write: { log, isFault in try log.leave(isFault ? "onsite/jane" : "onsite/soc", by: "onsite/jane") }),
    Row(
      code: .catalogForeign,
      write: { log, isFault in try log.adopt(isFault ? "nist-800-171-r2" : "nist-800-171-r9") }),
    Row(
      code: .unitsWithdrawn,
      write: { log, isFault in
        let fewer = SampleCatalog.bytes([SampleCatalog.Control("1.2", family: "1", domain: "identity-access")])
        try log.adopt("demo", isFault ? fewer : LogBuilder.catalog, effective: "2026-01-02")
      }),
    Row(
      code: .singlePoint,
      write: { log, isFault in
        let other = "  - { domains: [identity-access], accountable: onsite, responsible: [onsite/soc] }"
        try agree(log, isFault ? base : base + "\n" + other)
      }),
  ]

  @Test func `every kind is in the table once`() {
    #expect(Set(Self.rows.map(\.code)).union(Self.notRaised) == Set(FindingCode.allCases))
    #expect(Self.rows.count + Self.notRaised.count == FindingCode.allCases.count)
  }

  @Test(arguments: rows)
  func `a kind is found where its cause is, and not beside it`(_ row: Row) throws {
    for isFault in [true, false] {
      let log = try LogBuilder.company()
      try row.write(log, isFault)
      try log.seal()
      try row.damage(log, isFault)
      var options = VerificationOptions(asOf: try #require(Day(row.day)))
      row.options(&options, isFault)
      let report = try Verifier(log.store, options: options).verify()
      let findings = report.findings.filter { $0.code == row.code && $0.subject == row.subject ?? $0.subject }
      #expect(findings.isEmpty != isFault, "\(report.findings.map { "\($0.code.rawValue) \($0.subject)" })")
      for finding in findings {
        #expect(!finding.subject.isEmpty && !finding.message.isEmpty)
        #expect(finding.severity == row.code.severity)
      }
      if isFault { #expect(report.isSound != row.code.isIntegrityError) }
    }
  }
}
