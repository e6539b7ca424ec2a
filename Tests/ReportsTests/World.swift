import Catalogs
import Crypto
import Foundation
@testable import Ownership
import Statements
import Synchronization
import Testing
import TreeLog

/// Acme Manufacturing and its providers: a small world in which every kind of finding occurs.
struct World {
  static let hostileTitle = "=HYPERLINK(\"http://example.org\")\u{1b}[2J, \u{202e}desrever"

  var state = LogState()
  var evidence = EvidenceBook()
  let objects = Objects()
  let library: ObjectLibrary
  var asOf: Day

  final class Objects: Sendable {
    private let bytes = Mutex<[Digest: [UInt8]]>([:])

    func add(_ object: [UInt8]) -> Digest {
      let digest = SHA256.hash(object)
      bytes.withLock { $0[digest] = object }
      return digest
    }

    func find(_ digest: Digest) -> [UInt8]? { bytes.withLock { $0[digest] } }
  }

  /// A day of a log in which nothing was said yet.
  init(on day: Day) {
    let objects = objects
    library = ObjectLibrary(source: { digest, _ in objects.find(digest) })
    asOf = day
  }

  /// - Parameter hasStatements: Whether the controls of the family `A` have a statement, as most catalogs' have; those of
  ///   `B` have none.
  init(hasStatements: Bool = false) throws {
    self.init(on: try World.day("2026-11-24"))
    try addParties()
    try addFrameworks(hasStatements: hasStatements)
    try addAgreements()
    try addEvidence()
    state.store = "acme/7f3a9c01"
    state.size = 41
    state.reach["acme"] = LogState.Reach(size: 40, entry: 40, time: try World.noon("2026-11-20"))
    state.reach["onsite"] = LogState.Reach(size: 30, entry: 31, time: try World.noon("2026-11-12"))
  }

  var checkpoint: Checkpoint {
    Checkpoint(origin: "acme/7f3a9c01", size: 41, root: SHA256.hash("root"))
  }

  func matrix() throws -> ResponsibilityMatrix { try snapshot().matrix }

  func snapshot() throws -> Snapshot {
    try Snapshot(checkpoint: checkpoint, state: state, evidence: evidence, asOf: asOf, library: library)
  }

  static func day(_ text: String) throws -> Day { try #require(Day(text)) }

  static func noon(_ text: String) throws -> Instant {
    Instant(millisecondsSinceEpoch: try day(text).daysSinceEpoch * 86_400_000 + 43_200_000)
  }

  // MARK: Parties

  mutating func addParties() throws {
    let parties: [(String, Membership.PartyKind, String)] = [
      ("acme", .client, "Acme Manufacturing"), ("onsite", .provider, "Onsite Services"),
      ("cloudco", .provider, "Cloudco, Inc."), ("oldco", .provider, "Oldco"),
    ]
    state.membership.parties = parties.map { Membership.Party(id: $0.0, kind: $0.1, name: $0.2, joined: 0) }
    let members: [(String, MemberEvent.Role)] = [
      ("acme/bo", .administrator), ("acme/kim", .contributor), ("onsite/jane", .administrator),
      ("onsite/max", .contributor), ("cloudco/ira", .administrator),
    ]
    for (id, role) in members {
      state.membership.members.append(
        Membership.Member(id: id, name: id, role: role, isRobot: false, joined: 1))
      state.membership.keys.append(
        Membership.Key(
          keyID: SHA256.hash(id), publicKey: "", owner: id, use: .sign, noteID: 0, keyName: nil, introduced: 1,
          isBroughtByClient: false))
    }
    let index = try #require(state.membership.keys.firstIndex { $0.owner == "onsite/max" })
    state.membership.keys[index].suspectSince = 20
  }

  // MARK: Frameworks

  private static func withStatements(_ bytes: [UInt8]) throws -> [UInt8] {
    var file = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    var catalog = try #require(file["catalog"] as? [String: Any])
    var groups = try #require(catalog["groups"] as? [[String: Any]])
    groups[0]["controls"] = (groups[0]["controls"] as? [[String: Any]] ?? []).map { control in
      var control = control
      let statement = ["id": "\(control["id"] ?? "")_smt", "name": "statement", "prose": "What is asked for."]
      control["parts"] = [statement] + (control["parts"] as? [[String: Any]] ?? [])
      return control
    }
    catalog["groups"] = groups
    file["catalog"] = catalog
    return [UInt8](try JSONSerialization.data(withJSONObject: file, options: .sortedKeys))
  }

  /// A further framework of one family that nobody answers for.
  mutating func adopt(controls count: Int) throws {
    let controls = (1...count).map { Samples.control("M.\($0)", "Rule \($0)") }
    let many = Samples.catalog("Many rules", groups: [("M", "Multitude", controls)])
    try adopt("many", objects.add(many), entry: 5)
  }

  private mutating func addFrameworks(hasStatements: Bool) throws {
    var plant = Samples.catalog(
      "Plant security rules",
      groups: [
        (
          "A", "Access",
          [
            Samples.control("A.1", "Limit access to people who need it", domain: "identity-access", objectives: "abc"),
            Samples.control("A.2", World.hostileTitle, domain: "identity-access"),
            Samples.control("A.3", "Install patches in time", domain: "patch-management", objectives: "ab"),
            Samples.control("A.4", "Watch the network", domain: "network-monitoring"),
            Samples.control("A.5", "Keep copies that can be restored", domain: "backup-recovery"),
            Samples.control("A.6(a)(1)", "Look after what belongs to nobody in particular"),
          ]
        ),
        (
          "B", "Business",
          [
            Samples.control("B.1", "Name a security official", domain: "governance", retained: "45 CFR 164.308(a)(2)"),
            Samples.control("B.2", "Sanction one's own people", domain: "personnel-security", retained: "house rule 7"),
            Samples.control("B.3", "Dispose of media", domain: "asset-management"),
            Samples.control("B.4", "Control visitors", domain: "physical-security"),
            Samples.control("B.5", "Manage vendors", domain: "vendor-management"),
            Samples.control("B.6", "Train people", domain: "security-training"),
            Samples.control("B.7", "Screen people", domain: "personnel-security"),
            Samples.control("B.8", "Approve changes", domain: "change-management"),
            Samples.control("B.9", "Protect data at rest", domain: "data-protection"),
          ]
        ),
      ])
    let twin = Samples.catalog(
      "Plant rules, level 1",
      groups: [
        (
          "AC", "Access",
          [
            Samples.control("AC.L1-1", "Limit access", sameAs: "plant/A.1"),
            Samples.control("AC.L1-2", "Something of a framework that is not here", sameAs: "absent/1"),
          ]
        )
      ])
    if hasStatements { plant = try World.withStatements(plant) }
    try adopt("plant", objects.add(plant), entry: 2, notApplicable: ["plant/B.4": "no visitors: a remote company"])
    try adopt("plant-l1", objects.add(twin), entry: 3)
    try adopt("torn", SHA256.hash("a catalog that is not there"), entry: 4)
  }

  mutating func adopt(
    _ framework: String, _ catalog: Digest, entry: Int, notApplicable: [String: String] = [:]
  ) throws {
    let day = try World.day("2025-01-01")
    state.adoptions.append(
      LogState.Adoption(
        entry: entry, day: day, framework: framework, catalog: catalog, effective: day, notApplicable: notApplicable))
  }

  // MARK: Agreements

  static func agreement(
    _ id: String, from: String = "2026-01-01", through: String = "2027-03-31", effective: String? = nil,
    providers: String, _ scope: [String]
  ) -> String {
    """
    id: \(id)
    model: co-managed
    client: acme
    providers: [\(providers)]
    term: { from: \(from), through: \(through) }
    \(effective.map { "effective: \($0)\n" } ?? "")scope:
    \(scope.map { "  - { \($0) }\n" }.joined())
    """
  }

  private mutating func addAgreements() throws {
    try apply(
      "acme-old",
      World.agreement(
        "acme-old", from: "2025-01-01", through: "2026-06-30", providers: "oldco",
        ["domains: [asset-management], accountable: oldco"]), entry: 6, on: "2025-01-02", accepted: ["acme", "oldco"])
    let first = [
      "domains: [identity-access], accountable: onsite, responsible: [onsite/jane], consulted: [acme], informed: [acme/kim]",
      "controls: [\"plant/A.1[b]\"], accountable: acme, responsible: [acme/kim]",
      "domains: [patch-management], accountable: onsite, responsible: [onsite/jane], evidence-every: month",
      "domains: [network-monitoring], accountable: cloudco",
      "domains: [backup-recovery], accountable: onsite, responsible: [onsite/jane]",
      "controls: plant/B.1, accountable: onsite", "domains: [personnel-security], accountable: acme",
      "domains: [change-management, data-protection], accountable: onsite, responsible: [onsite/max]",
      "domains: [vendor-management, security-training], accountable: acme, responsible: [acme/kim]",
    ]
    try apply(
      "acme-onsite", World.agreement("acme-onsite", providers: "onsite, cloudco", first), entry: 9, on: "2025-12-20",
      accepted: ["acme", "onsite"], declining: "A.3")
    try apply(
      "acme-cloud",
      World.agreement(
        "acme-cloud", providers: "cloudco", ["domains: [backup-recovery], accountable: cloudco, responsible: [cloudco]"]
      ),
      entry: 13, on: "2025-12-21", accepted: ["acme", "cloudco"])
    let second =
      first.dropLast() + [
        "domains: [security-training], accountable: acme, responsible: [acme/kim]",
        "domains: [vendor-management], accountable: onsite, responsible: [onsite/jane]",
      ]
    try apply(
      "acme-onsite",
      World.agreement("acme-onsite", effective: "2026-10-01", providers: "onsite, cloudco", Array(second)), entry: 25,
      on: "2026-10-20", accepted: ["acme", "onsite"], declining: "A.3")
    let third =
      second.dropLast(2) + [
        "domains: [security-training], accountable: cloudco",
        "domains: [vendor-management], accountable: onsite, responsible: [onsite/jane]",
      ]
    try apply(
      "acme-onsite",
      World.agreement("acme-onsite", effective: "2026-11-15", providers: "onsite, cloudco", Array(third)), entry: 29,
      on: "2026-11-10", accepted: ["acme", "onsite"], declining: "A.3")
  }

  /// A version, signed by the client, and the acceptances that follow it.
  mutating func apply(
    _ id: String, _ document: String, entry: Int, on text: String, accepted: [String], declining prefix: String? = nil
  ) throws {
    let day = try World.day(text)
    let statement = SHA256.hash("version \(entry)")
    state.versions.append(
      LogState.EngagementVersion(
        entry: entry, day: day, statement: statement, engagement: id, document: objects.add(Array(document.utf8)),
        signedDay: day, party: "acme", keyID: SHA256.hash("acme/bo")))
    let resolver = Resolver(try ResolutionInput(state, library: library))
    let builder = ScheduleBuilder(resolver, version: resolver.input.versions.count - 1)
    try #require(resolver.input.versions.last?.document != nil, "the agreement cannot be read: \(document)")
    for (offset, party) in accepted.enumerated() {
      var schedule = builder.schedule(for: party)
      if let prefix, party != "acme" {
        var declined = schedule
        declined.units.removeAll { !$0.unit.hasPrefix("plant/\(prefix)") }
        schedule.units.removeAll { $0.unit.hasPrefix("plant/\(prefix)") }
        record(declined, party, statement, entry + 1 + offset, day, accepts: false, reason: "no maintenance window")
      }
      record(schedule, party, statement, entry + 1 + offset, day, accepts: true, reason: nil)
    }
  }

  mutating func record(
    _ schedule: Schedule, _ party: String, _ version: Digest, _ entry: Int, _ day: Day, accepts: Bool, reason: String?
  ) {
    var catalogs: [String: [Digest]] = [:]
    for adoption in state.adoptions { catalogs[adoption.framework] = [adoption.catalog] }
    state.acceptances.append(
      LogState.AcceptanceRecord(
        entry: entry, entryDay: day, day: day, signedAt: Instant(millisecondsSinceEpoch: 0), seenSize: 0, party: party,
        member: "\(party)/x", keyID: SHA256.hash("\(party)/x"), version: version, accepts: accepts,
        schedule: objects.add(schedule.bytes), catalogs: catalogs, reason: reason))
  }

  // MARK: Evidence

  private mutating func addEvidence() throws {
    try submit(["plant/A.1"], by: "onsite/jane", entry: 16, through: "2026-10-31")
    try submit(["plant/A.2"], by: "onsite/jane", entry: 17, through: "2025-10-31")
    try submit(["plant/B.5"], by: "onsite/jane", entry: 18, through: "2025-12-10")
    try submit(["plant/B.8"], by: "onsite/max", entry: 22, through: "2026-09-30")
    try submit(["plant/B.9"], by: "cloudco/ira", entry: 23, through: "2026-09-30")
  }

  mutating func submit(_ controls: [String], by member: String, entry: Int, through: String) throws {
    var said = Evidence(controls: controls)
    said.through = try World.day(through)
    evidence.add(
      EvidenceRecord(
        entry: entry, statement: SHA256.hash("evidence \(entry)"), party: Identifier.party(ofMember: member),
        member: member, keyID: SHA256.hash(member), recorded: try World.noon(through), evidence: said))
  }
}
