import Catalogs
import Crypto
@testable import Ownership
@testable import Reports
import Statements
import TreeLog

/// Worlds beside the troubled one: an orderly one, and how either stood before.
extension World {
  /// Two parties, one agreement that both have accepted, and current evidence for every control.
  static func orderly() throws -> World {
    var world = World(on: try World.day("2026-11-24"))
    try world.addParties()
    world.state.membership.parties.removeAll { $0.id == "cloudco" || $0.id == "oldco" }
    world.state.membership.members.removeAll { $0.id == "cloudco/ira" || $0.id == "onsite/max" }
    world.state.membership.keys.removeAll { $0.owner == "cloudco/ira" || $0.owner == "onsite/max" }
    let catalog = Samples.catalog(
      "Plant security rules",
      groups: [
        (
          "A", "Access",
          [
            Samples.control("A.1", "Limit access to people who need it", domain: "identity-access", objectives: "ab"),
            Samples.control("A.2", "Install patches in time", domain: "patch-management"),
          ]
        ),
        ("B", "Business", [Samples.control("B.1", "Train people", domain: "security-training")]),
      ])
    try world.adopt("plant", world.objects.add(catalog), entry: 2)
    try world.apply(
      "acme-onsite",
      World.agreement(
        "acme-onsite", providers: "onsite",
        [
          "domains: [identity-access], accountable: onsite, responsible: [onsite/jane], consulted: [acme/kim]",
          "domains: [patch-management], accountable: onsite, responsible: [onsite/jane], informed: [acme]",
          "domains: [security-training], accountable: acme, responsible: [acme/kim, acme/bo]",
        ]), entry: 5, on: "2025-12-20", accepted: ["acme", "onsite"])
    try world.submit(["plant/A.1"], by: "onsite/jane", entry: 10, through: "2026-11-10")
    try world.submit(["plant/A.2"], by: "onsite/jane", entry: 11, through: "2026-11-11")
    try world.submit(["plant/B.1"], by: "acme/kim", entry: 12, through: "2026-10-31")
    world.state.store = "acme/7f3a9c01"
    world.state.size = 41
    return world
  }

  /// What was known of it at an earlier size, for an earlier day. Evidence speaks by its own days.
  func known(at size: Int, on day: String) throws -> Snapshot {
    var state = state
    state.size = size
    state.adoptions.removeAll { $0.entry >= size }
    state.versions.removeAll { $0.entry >= size }
    state.acceptances.removeAll { $0.entry >= size }
    state.staffings.removeAll { $0.entry >= size }
    return try Snapshot(
      checkpoint: Checkpoint(origin: checkpoint.origin, size: size, root: SHA256.hash("root of \(size)")), state: state,
      evidence: evidence, asOf: World.day(day), library: library)
  }

  /// A statement that somebody made.
  static func deed(_ entry: Int, _ day: String, _ member: String, _ type: String) throws -> LogActivity.Deed {
    LogActivity.Deed(
      entry: entry, day: try World.day(day), party: Identifier.party(ofMember: member), member: member, type: type,
      summary: "a statement of type \(type)")
  }
}
