import Catalogs
import Crypto
import Foundation
import Obligations
@testable import Ownership
import Rendering
@testable import Reports
import Statements
import Testing
import TreeLog

/// Small worlds whose forms are worked out by hand.
extension World {
  /// A client, a provider and a vendor, and a control of each kind of sharing:
  ///
  /// | unit | by the agreement | whose |
  /// | --- | --- | --- |
  /// | A.1[a] | onsite | ESP |
  /// | A.1[b] | acme | OSC |
  /// | A.1[c] | onsite, with acme/kim responsible | Shared |
  /// | A.2 | onsite; the note gives acme a duty | Shared |
  /// | A.3 | onsite; the note says that acme does nothing | ESP |
  /// | B.1 | hostco, a vendor | Inherited |
  /// | B.2 | acme; a note for the client alone | OSC |
  /// | B.3 | not carved out | Nobody |
  /// | B.4 | does not apply | N/A |
  static func shared() throws -> World {
    var world = World(on: try World.day("2026-11-24"))
    try world.addParties()
    world.state.membership.parties = [
      Membership.Party(id: "acme", kind: .client, name: "Acme Manufacturing", joined: 0),
      Membership.Party(id: "onsite", kind: .provider, name: World.hostileTitle, joined: 1),
      Membership.Party(id: "hostco", kind: .vendor, name: "Hostco Cloud", joined: 2),
    ]
    let catalog = Samples.catalog(
      "Plant security rules",
      groups: [
        (
          "A", "Access",
          [
            Samples.control("A.1", "Limit access", domain: "identity-access", objectives: "abc"),
            Samples.control("A.2", "Install patches in time", domain: "patch-management"),
            Samples.control("A.3", "Keep copies", domain: "backup-recovery"),
          ]
        ),
        (
          "B", "Business",
          [
            Samples.control("B.1", "Lock the data centre", domain: "physical-security"),
            Samples.control("B.2", "Train people", domain: "security-training"),
            Samples.control("B.3", "Dispose of media", domain: "asset-management"),
            Samples.control("B.4", "Control visitors", domain: "vendor-management"),
          ]
        ),
      ])
    try world.adopt("plant", world.objects.add(catalog), entry: 2, notApplicable: ["plant/B.4": "no visitors"])
    let scope = [
      "domains: [identity-access, patch-management, backup-recovery], accountable: onsite, responsible: [onsite/jane]",
      "controls: [\"plant/A.1[b]\"], accountable: acme, responsible: [acme/kim]",
      "controls: [\"plant/A.1[c]\"], accountable: onsite, responsible: [onsite/jane, acme/kim]",
      "controls: [plant/B.1], accountable: hostco, responsible: [hostco], informed: [acme]",
      "domains: [security-training], accountable: acme, responsible: [acme/kim]",
    ]
    let notes = """
      notes:
        - { controls: plant/A.2, client: approves the window, provider: "=installs(within 30 days)" }
        - { controls: plant/A.3, client: "None.", provider: keeps daily copies }
        - { domains: [security-training], client: keeps the list of who was trained, provider: n/a }

      """
    try world.apply(
      "acme-onsite", World.agreement("acme-onsite", providers: "onsite, hostco", scope) + notes, entry: 5,
      on: "2025-12-20", accepted: ["acme", "onsite", "hostco"])
    try world.submit(["plant/A.1[a]"], by: "onsite/jane", entry: 20, through: "2026-10-31")
    world.state.store = "acme/7f3a9c01"
    world.state.size = 41
    return world
  }
}

/// A client that has adopted some of the catalogs that come along.
enum BundledWorld {
  static func snapshot(
    _ frameworks: [String], on asOf: String = "2026-06-01", evidence: EvidenceBook = EvidenceBook(),
    change: (inout LogState) throws -> Void = { _ in }
  ) throws -> Snapshot {
    var state = LogState()
    state.membership.parties = [
      Membership.Party(id: "acme", kind: .client, name: "Acme Manufacturing", joined: 0)
    ]
    let first = try World.day("2026-01-01")
    for name in frameworks {
      let catalog = try #require(BundledCatalogs.bytes(of: name))
      state.adoptions.append(
        LogState.Adoption(
          entry: 1, day: first, framework: name, catalog: SHA256.hash(catalog), effective: first, notApplicable: [:]))
    }
    try change(&state)
    let library = ObjectLibrary(source: { digest, _ in
      BundledCatalogs.names.lazy.compactMap { BundledCatalogs.bytes(of: $0) }.first { SHA256.hash($0) == digest }
    })
    return try Snapshot(
      checkpoint: World().checkpoint, state: state, evidence: evidence, asOf: World.day(asOf), library: library)
  }

  /// An assessment by the client, or by somebody else.
  static func mark(
    _ units: [String], _ status: Assessment.Status, note: String? = nil, through: String? = nil, entry: Int = 10,
    on day: String = "2026-05-01", by member: String = "acme/bo"
  ) throws -> AssessmentBook.Mark {
    var assessment = Assessment(units: units, status: status, note: note)
    assessment.through = try through.map { try World.day($0) }
    return AssessmentBook.Mark(
      entry: entry, day: try World.day(day), party: Identifier.party(ofMember: member), member: member,
      assessment: assessment)
  }
}

/// What a machine reads of a report.
func decoded(_ report: some Report) throws -> [String: Any] {
  let text = try #require(try report.rendered(as: .json, width: 100))
  return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}
