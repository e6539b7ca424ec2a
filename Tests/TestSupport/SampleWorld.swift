package import Crypto
package import Statements

/// The steps that logs of Acme Manufacturing and its providers are made of.
extension LogBuilder {
  /// A catalog of a few controls in the domains that the three agreements here speak of.
  ///
  /// `demo/1.1` has the units `1.1[a]` and `1.1[b]`; `demo/9.9` is in no catalog.
  package static let catalog = SampleCatalog.bytes([
    SampleCatalog.Control("1.1", family: "1", domain: "patch-management", objectives: ["1.1[a]", "1.1[b]"]),
    SampleCatalog.Control("1.2", family: "1", domain: "identity-access"),
    SampleCatalog.Control("2.1", family: "2", domain: "physical-security"),
    SampleCatalog.Control("2.2", family: "2", retained: "on paper"),
  ])

  /// A catalog whose one control is `demo/1.1` under another name.
  package static let aliases = SampleCatalog.bytes([
    SampleCatalog.Control("A1", family: "A", sameAs: ["demo/1.1"])
  ])

  package static func genesis(recovery: RecoveryKey? = nil) throws -> Genesis {
    Genesis(
      clientID: "acme", clientName: "Acme Manufacturing", administratorID: "bo", administratorName: "Bo",
      publicKey: try key("acme/bo").verificationKey.base64, recovery: recovery)
  }

  package func recovery(_ keyName: String, party: String) throws -> RecoveryKey {
    RecoveryKey(
      publicKey: try LogBuilder.key(keyName).verificationKey.base64, proof: try proof(keyName, owner: party))
  }

  @discardableResult
  package func found(recovery name: String? = nil) throws -> Int {
    try add(.genesis(try LogBuilder.genesis(recovery: name.map { try recovery($0, party: "acme") })), by: "acme/bo")
  }

  @discardableResult
  package func adopt(
    _ id: String = "demo", _ catalog: [UInt8] = LogBuilder.catalog, effective: String = "2026-01-01",
    notApplicable: [FrameworkAdoption.Exclusion] = [], by signer: String = "acme/bo", _ twist: Twist = Twist()
  ) throws -> Int {
    let subject = object("catalog", catalog, MediaType.catalog)
    let day = Day(effective) ?? clock.day
    return try add(
      .framework(
        FrameworkAdoption(id: id, catalog: subject.digest, notApplicable: notApplicable, effective: day)),
      [subject], by: signer, twist)
  }

  @discardableResult
  package func party(
    _ event: PartyEvent.Event, _ id: String, _ kind: PartyEvent.Kind? = nil, by signer: String = "acme/bo",
    _ twist: Twist = Twist()
  ) throws -> Int {
    let name = event == .join ? "The party \(id)" : nil
    return try add(
      .party(PartyEvent(event: event, id: id, kind: event == .join ? kind ?? .provider : kind, name: name)),
      by: signer, twist)
  }

  /// A member's join, with the key that their name gives or another, or with none.
  package func joining(
    _ member: String, _ role: MemberEvent.Role = .administrator, robot: Bool? = nil, append: Bool? = nil,
    key keyName: String? = nil, hasKey: Bool = true
  ) throws -> MemberEvent {
    var event = MemberEvent(event: .join, member: member)
    event.name = "Somebody"
    event.role = role
    event.isRobot = robot
    event.mayAppend = append
    guard hasKey else { return event }
    event.publicKey = try LogBuilder.key(keyName ?? member).verificationKey.base64
    event.proof = try proof(keyName ?? member, owner: member)
    return event
  }

  @discardableResult
  package func join(
    _ member: String, _ role: MemberEvent.Role = .administrator, robot: Bool? = nil, append: Bool? = nil,
    by signer: String = "acme/bo", _ twist: Twist = Twist()
  ) throws -> Int {
    try add(.member(joining(member, role, robot: robot, append: append)), by: signer, twist)
  }

  @discardableResult
  package func leave(_ member: String, by signer: String = "acme/bo", _ twist: Twist = Twist()) throws -> Int {
    try add(.member(MemberEvent(event: .leave, member: member)), by: signer, twist)
  }

  @discardableResult
  package func revoke(
    _ keyName: String, suspectSince: Int? = nil, by signer: String = "acme/bo", _ twist: Twist = Twist()
  ) throws -> Int {
    try add(
      .keyRevocation(
        KeyRevocation(keyID: try LogBuilder.keyID(keyName), reason: .lost, suspectSince: suspectSince)),
      by: signer, twist)
  }

  @discardableResult
  package func version(
    _ document: String, id: String = "acme-onsite", replaces: Digest? = nil, by signer: String = "acme/bo",
    papers: [Subject] = [], _ twist: Twist = Twist()
  ) throws -> Int {
    let subject = object("document", document, MediaType.document)
    return try add(
      .engagement(EngagementEvent(event: .version, id: id, document: subject.digest, replaces: replaces)),
      [subject] + papers, by: signer, twist)
  }

  @discardableResult
  package func end(
    _ id: String = "acme-onsite", on day: String? = nil, by signer: String = "acme/bo", _ twist: Twist = Twist()
  ) throws -> Int {
    try add(.engagement(EngagementEvent(event: .end, id: id, on: day.flatMap { Day($0) })), by: signer, twist)
  }

  /// A word on a version: its entry, and the lines of a schedule as written.
  @discardableResult
  package func word(
    _ answer: Acceptance.Answer = .accept, on version: Int, document: String, schedule: String,
    catalogs: [String: [UInt8]] = ["demo": LogBuilder.catalog], by signer: String, _ twist: Twist = Twist()
  ) throws -> Int {
    let subject = object("schedule", schedule, MediaType.schedule)
    return try add(
      .acceptance(
        Acceptance(
          engagement: statements[version], document: SHA256.hash(document),
          catalogs: catalogs.sorted { $0.key < $1.key }.map {
            Acceptance.NamedCatalog(id: $0.key, sha256: SHA256.hash($0.value))
          }, schedule: subject.digest, answer: answer)),
      [subject], by: signer, twist)
  }

  @discardableResult
  package func evidence(
    _ text: String = "shown", controls: [String] = ["demo/1.1"], through: String? = nil, replaces: [Digest] = [],
    by signer: String = "acme/bo", _ twist: Twist = Twist()
  ) throws -> Int {
    var evidence = Evidence(controls: controls)
    evidence.through = through.flatMap { Day($0) }
    evidence.replaces = replaces
    return try add(.evidence(evidence), [object("file.txt", text)], by: signer, twist)
  }

  /// A log with two people of Acme's, a robot, a provider with two, an auditor with one and a vendor with one.
  ///
  /// Acme has the recovery key `safe`. The last of its ten entries is 10.
  package static func company() throws -> LogBuilder {
    let log = LogBuilder()
    try log.found(recovery: "safe")
    try log.adopt()
    try log.join("acme/kim", .contributor)
    try log.join("acme/robot", .contributor, robot: true)
    try log.party(.join, "onsite", .provider)
    try log.join("onsite/jane")
    try log.join("onsite/soc", .contributor, by: "onsite/jane")
    try log.party(.join, "audit", .auditor)
    try log.join("audit/ann", .auditor)
    try log.party(.join, "vend", .vendor)
    try log.join("vend/val")
    return log
  }

  /// An agreement in which `onsite` answers for patches and the rest is nobody's.
  package static func agreement(
    id: String = "acme-onsite", model: String = "co-managed", providers: String = "onsite",
    scope: String = "  - { domains: [patch-management], accountable: onsite, responsible: [onsite/jane] }",
    more: String = ""
  ) -> String {
    """
    id: \(id)
    model: \(model)
    client: acme
    providers: [\(providers)]
    term: { from: 2026-01-01, through: 2027-12-31 }
    \(more)
    scope:
    \(scope)

    """
  }

  /// What `onsite` signs of that agreement.
  package static let schedule = """
    demo/1.1[a]\t2026-01-01\t2027-12-31\tonsite\tonsite\t-\t-
    demo/1.1[b]\t2026-01-01\t2027-12-31\tonsite\tonsite\t-\t-

    """
}
