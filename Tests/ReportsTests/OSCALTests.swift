import Catalogs
import Crypto
import Foundation
@testable import OSCAL
import Obligations
@testable import Ownership
import Statements
import Testing

/// What a world with every kind of trouble comes to in OSCAL.
struct OSCALTests {
  /// Two assessments, by the client and by somebody else, of which one stays open.
  static func marks() throws -> [AssessmentBook.Mark] {
    let steps = "partial: three of five machines\nowner: acme/kim\nmilestone 2026-12-01: machines ordered"
    let said: [(Int, String, String, [String], Assessment.Status, String?)] = [
      (32, "acme", "acme/bo", ["plant/A.1"], .met, "looked at every account"),
      (33, "acme", "acme/bo", ["plant/A.4"], .notMet, steps),
      (34, "cloudco", "cloudco/ira", ["plant/A.1[a]"], .met, nil),
      (35, "cloudco", "cloudco/ira", ["plant/B.8"], .planned, nil),
    ]
    return try said.map { entry, party, member, units, status, note in
      var assessment = Assessment(units: units, status: status, note: note)
      assessment.through = status == .notMet ? try World.day("2026-11-01") : nil
      return AssessmentBook.Mark(
        entry: entry, day: try World.day("2026-10-30"), party: party, member: member, assessment: assessment)
    }
  }

  private static func open(_ unit: String) throws -> AssessmentBook.Mark {
    AssessmentBook.Mark(
      entry: 40, day: try World.day("2026-11-02"), party: "acme", member: "acme/bo",
      assessment: Assessment(units: [unit], status: .notMet))
  }

  static func source(_ world: World, frameworks: [String]? = nil) throws -> OSCALSource {
    var source = OSCALSource(try world.snapshot(), frameworks: frameworks)
    source.marks = try marks()
    var said = Evidence(controls: ["plant/A.1"])
    said.description = World.hostileTitle
    said.through = try World.day("2026-10-31")
    let record = EvidenceRecord(
      entry: 16, statement: SHA256.hash("evidence 16"), party: "onsite", member: "onsite/jane",
      keyID: SHA256.hash("onsite/jane"), recorded: try World.noon("2026-10-31"), evidence: said)
    source.evidence = [
      OSCALSource.EvidenceItem(record, files: [OSCALSource.File(name: " \n", digest: SHA256.hash("a file"))])
    ]
    return source
  }

  private static func object(_ kind: OSCALKind, _ source: OSCALSource) throws -> [String: Any] {
    let whole = try JSONSerialization.jsonObject(with: Data(try source.document(kind))) as? [String: Any]
    return try #require(whole?[kind.root] as? [String: Any])
  }

  private static func requirements(_ source: OSCALSource) throws -> [String: [String: Any]] {
    let plan = try object(.securityPlan, source)["control-implementation"] as? [String: Any]
    let all = try #require(plan?["implemented-requirements"] as? [[String: Any]])
    return Dictionary(all.map { ($0["control-id"] as? String ?? "", $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func roles(_ item: [String: Any]?) -> [String: [String]] {
    let roles = item?["responsible-roles"] as? [[String: Any]] ?? []
    return Dictionary(
      roles.map { ($0["role-id"] as? String ?? "", $0["party-uuids"] as? [String] ?? []) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func props(_ item: [String: Any]?, _ name: String) -> [String] {
    (item?["props"] as? [[String: Any]] ?? []).filter { $0["name"] as? String == name }
      .compactMap { $0["value"] as? String }
  }

  @Test(arguments: OSCALKind.allCases.filter { $0 != .catalog })
  func `every kind is written as it was reviewed`(_ kind: OSCALKind) throws {
    let bytes = try Self.source(World(hasStatements: true)).document(kind)
    try Golden.check(String(decoding: bytes, as: UTF8.self), "oscal-\(kind.rawValue).json")
    #expect(try Self.source(World(hasStatements: true)).document(kind) == bytes)
  }

  /// What stands under a control's one statement, or under the control where its catalog has no statement.
  private static func components(_ requirement: [String: Any]?) -> [[String: Any]] {
    let statements = requirement?["statements"] as? [[String: Any]] ?? []
    return (statements.first ?? requirement)?["by-components"] as? [[String: Any]] ?? []
  }

  @Test func `a control that one party answers for has its roles, one that is split has them by component`() throws {
    let source = try Self.source(World(hasStatements: true))
    let ids = try StableIDs(origin: "acme/7f3a9c01")
    let all = try Self.requirements(source)
    let whole = all["c-A-2"]
    #expect(
      Self.roles(whole) == [
        "accountable": [ids("party", "onsite")], "responsible": [ids("person", "onsite/jane")],
        "consulted": [ids("party", "acme")], "informed": [ids("person", "acme/kim")],
      ])
    #expect(Self.props(whole, "control-origination") == ["inherited"])
    let split = all["c-A-1"]
    #expect(Self.roles(split).isEmpty)
    let parts = Self.components(split)
    #expect(parts.map { Self.roles($0)["accountable"] } == ["onsite", "acme"].map { [ids("party", $0)] })
    #expect(parts.map { Self.props($0, "objective-id") } == [["c-A-1-a", "c-A-1-c"], ["c-A-1-b"]])
    let first = try #require(parts.first)
    let groups = (first["props"] as? [[String: Any]] ?? []).filter { $0["name"] as? String == "unit" }
    #expect(groups.map { $0["group"] as? String } == ["c-A-1-a", "c-A-1-c"])
    #expect(Set(Self.props(split, "control-origination")) == ["organization", "inherited"])
  }

  @Test func `a statement is one of the catalog's, and where it has none the control itself has the components`() throws
  {
    for (id, requirement) in try Self.requirements(try Self.source(World(hasStatements: true))) {
      let statements = (requirement["statements"] as? [[String: Any]] ?? []).map { $0["statement-id"] as? String }
      #expect(statements.allSatisfy { $0 == "\(id)_smt" } && statements.count <= 1)
      #expect(statements.isEmpty || requirement["by-components"] == nil)
      #expect(statements.isEmpty || id.hasPrefix("c-A"))
    }
    let all = try Self.requirements(try Self.source(World(hasStatements: true)))
    #expect(all["c-A-1"]?["statements"] != nil && all["c-A-2"]?["statements"] != nil)
    #expect(all["c-B-5"]?["by-components"] != nil)
    let definition = try Self.object(.componentDefinition, try Self.source(World(hasStatements: true)))
    let components = try #require(definition["components"] as? [[String: Any]])
    let named = components.flatMap { $0["control-implementations"] as? [[String: Any]] ?? [] }
      .flatMap { $0["implemented-requirements"] as? [[String: Any]] ?? [] }
      .flatMap { $0["statements"] as? [[String: Any]] ?? [] }.compactMap { $0["statement-id"] as? String }
    #expect(Set(named) == ["c-A-1_smt"])
  }

  @Test func `what is true of all of a control is said of the control`() throws {
    let open = try Self.requirements(try Self.source(World(hasStatements: true)))["c-A-3"]
    #expect((open?["remarks"] as? String)?.hasPrefix("'plant/A.3' would be onsite's") == true)
    let row = try #require(
      try World(hasStatements: true).matrix().frameworks.flatMap(\.controls).first { $0.control.id.local == "A.1" })
    #expect(row.called(row.units) == "'plant/A.1'")
    #expect(row.called([row.units[0]]) == "'plant/A.1[a]'")
    #expect(row.called([row.units[0], row.units[2]]) == "'plant/A.1' ([a] and [c])")
  }

  @Test func `somebody who has left does no work, and it says that they have left`() throws {
    var world = try World(hasStatements: true)
    let place = try #require(world.state.membership.members.firstIndex { $0.id == "onsite/jane" })
    world.state.membership.members[place].left = 37
    let whole = try Self.requirements(try Self.source(world))["c-A-2"]
    let provider = try #require(Self.components(whole).first)
    let text = try #require(provider["description"] as? String)
    #expect(text.contains("Named to do the work is onsite/jane of Onsite Services, who has left (entry 37)."))
    #expect(!text.contains("The work is done by"))
    #expect(Self.roles(whole)["responsible"] == nil && Self.roles(provider)["responsible"] == nil)
    let finding = (whole?["props"] as? [[String: Any]])?.first { $0["value"] as? String == "unstaffed" }
    #expect((finding?["remarks"] as? String)?.contains("onsite/jane, who has left (entry 37)") == true)
  }

  @Test func `evidence is good through the day on which it is due, and says where nobody knows when it was collected`()
    throws
  {
    var source = try Self.source(World(hasStatements: true))
    func observation() throws -> [String: Any] {
      let results = try Self.object(.assessmentResults, source)["results"] as? [[String: Any]]
      return try #require((results?.last?["observations"] as? [[String: Any]])?.first)
    }
    let unknown = try observation()
    #expect(unknown["expires"] as? String == "2027-10-31T23:59:59.999Z")
    #expect(Self.props(unknown, "collected-unknown") == ["yes"])
    #expect(unknown["collected"] as? String == "2026-10-31T12:00:00.000Z")
    #expect((unknown["remarks"] as? String)?.contains("Nobody has stated when it was collected") == true)
    let record = source.evidence[0].record
    var said = record.evidence
    said.collected = try World.noon("2026-10-30")
    let known = EvidenceRecord(
      entry: record.entry, statement: record.statement, party: record.party, member: record.member, keyID: record.keyID,
      recorded: record.recorded, evidence: said)
    source.evidence = [OSCALSource.EvidenceItem(known, files: [])]
    #expect(try observation()["collected"] as? String == "2026-10-30T12:00:00.000Z")
    #expect(try Self.props(observation(), "collected-unknown").isEmpty && observation()["remarks"] == nil)
  }

  @Test func `what nobody answers for has no accountable party, and says why`() throws {
    let all = try Self.requirements(try Self.source(World(hasStatements: true)))
    let open = all["c-A-4"]
    #expect(Self.roles(open)["accountable"] == nil && open?["by-components"] == nil)
    #expect(Self.props(open, "finding").contains("unaccepted"))
    #expect((open?["remarks"] as? String)?.contains("not accepted") == true)
    #expect(Self.props(open, "control-origination").isEmpty)
    // What was assessed of it stands there all the same.
    #expect(Self.props(open, "assessment") == ["not-met"] && Self.props(all["c-A-2"], "assessment").isEmpty)
  }

  @Test func `a provider exports, and the client inherits exactly that`() throws {
    let found = Self.components(try Self.requirements(try Self.source(World(hasStatements: true)))["c-A-2"])
    try #require(found.count == 2)
    let export = found[0]["export"] as? [String: Any]
    let provided = (export?["provided"] as? [[String: Any]])?.first?["uuid"] as? String
    let inherited = (found[1]["inherited"] as? [[String: Any]])?.first?["provided-uuid"] as? String
    #expect(provided != nil && provided == inherited)
    // Acme is only consulted: nothing is left to it.
    #expect(export?["responsibilities"] == nil && found[1]["satisfied"] == nil)
  }

  @Test func `what is left to the client is satisfied where an assessment says so, and nowhere else`() throws {
    var source = try Self.source(World(hasStatements: true))
    func left() throws -> (uuid: String?, word: [String], done: String?) {
      let found = Self.components(try Self.requirements(source)["c-A-1"])
      let export = found[0]["export"] as? [String: Any]
      let duty = (export?["responsibilities"] as? [[String: Any]])?.first
      let done = (found[1]["satisfied"] as? [[String: Any]])?.first
      return (duty?["uuid"] as? String, Self.props(duty, "satisfied"), done?["responsibility-uuid"] as? String)
    }
    let met = try left()
    #expect(met.uuid != nil && met.uuid == met.done && met.word == ["yes"])
    source.marks.append(try Self.open("plant/A.1[b]"))
    let open = try left()
    #expect(open.uuid == met.uuid && open.done == nil && open.word == ["no"])
    source.marks = []
    let silent = try left()
    #expect(silent.uuid == met.uuid && silent.done == nil && silent.word == ["not-assessed"])
  }

  @Test func `a plan implements the controls of its profile, and both say what does not apply`() throws {
    let source = try Self.source(World(hasStatements: true))
    let implemented = Set(try Self.requirements(source).keys)
    let profile = try Self.object(.profile, source)
    let imports = profile["imports"] as? [[String: Any]] ?? []
    let selected = imports.flatMap { $0["include-controls"] as? [[String: Any]] ?? [] }
      .flatMap { $0["with-ids"] as? [String] ?? [] }
    #expect(selected.contains("c-B-5") && !selected.contains("c-B-4"))
    let patterns = imports.flatMap { $0["include-controls"] as? [[String: Any]] ?? [] }
      .flatMap { $0["matching"] as? [[String: Any]] ?? [] }
    #expect(patterns.isEmpty && implemented == Set(selected))
    let plan = try Self.object(.securityPlan, source)["metadata"] as? [String: Any]
    #expect(Self.props(plan, "not-applicable") == ["c-B-4"])
    let metadata = profile["metadata"] as? [String: Any]
    #expect(Self.props(metadata, "not-applicable") == ["c-B-4"])
  }

  @Test func `a catalog goes out as it came in, and of several one is to be named`() throws {
    let world = try World(hasStatements: true)
    let snapshot = try world.snapshot()
    let digest = try #require(snapshot.matrix.frameworks.first { $0.id == "plant" }?.adoption.catalog)
    #expect(SHA256.hash(try OSCALSource(snapshot, frameworks: ["plant"]).document(.catalog)) == digest)
    #expect(throws: (any Error).self) { try OSCALSource(snapshot).document(.catalog) }
    #expect(throws: (any Error).self) { try OSCALSource(snapshot, frameworks: ["torn"]).document(.catalog) }
  }

  @Test func `two frameworks whose controls have one id cannot be told apart, and one of them can`() throws {
    var world = try World(hasStatements: true)
    try world.adopt(controls: 2)
    let first = try #require(world.state.adoptions.last)
    var second = first
    (second.framework, second.entry) = ("again", 6)
    world.state.adoptions.append(second)
    let snapshot = try world.snapshot()
    #expect(throws: (any Error).self) { try OSCALSource(snapshot, frameworks: ["many", "again"]).document(.profile) }
    #expect(throws: Never.self) { try OSCALSource(snapshot, frameworks: ["again"]).document(.profile) }
  }

  @Test func `an unsound store says so in every document`() throws {
    var source = try Self.source(World(hasStatements: true))
    let kinds = OSCALKind.allCases.filter { $0 != .catalog }
    for kind in kinds {
      let metadata = try Self.object(kind, source)["metadata"] as? [String: Any]
      #expect(Self.props(metadata, "unsound").isEmpty)
    }
    source.isUnsound = true
    for kind in kinds {
      let metadata = try Self.object(kind, source)["metadata"] as? [String: Any]
      #expect(Self.props(metadata, "unsound") == ["yes"])
      #expect((metadata?["remarks"] as? String)?.hasPrefix("THE LAST VERIFICATION FOUND THIS STORE NOT SOUND") == true)
    }
  }

  @Test func `an assessor's words are a result of their own, and a side can be asked for`() throws {
    var source = try Self.source(World(hasStatements: true))
    func titles() throws -> [String?] {
      (try Self.object(.assessmentResults, source)["results"] as? [[String: Any]] ?? []).map { $0["title"] as? String }
    }
    #expect(
      try titles() == ["Assessed by Acme Manufacturing", "Assessed by Cloudco, Inc.", "Evidence on record"])
    source.side = .auditor
    #expect(try titles() == ["Assessed by Cloudco, Inc.", "Evidence on record"])
  }

  @Test func `a plan of action needs something that is open`() throws {
    var source = try Self.source(World(hasStatements: true))
    let items = try Self.object(.actionPlan, source)["poam-items"] as? [[String: Any]] ?? []
    #expect(items.flatMap { Self.props($0, "control") } == ["plant/A.4", "plant/B.8"])
    #expect(items.flatMap { Self.props($0, "late") } == ["yes", "no"])
    // What is another framework's control under another name is open there.
    var twin = try Self.source(World(hasStatements: true), frameworks: ["plant-l1"])
    twin.marks.append(try Self.open("plant/A.1[b]"))
    let open = try Self.object(.actionPlan, twin)["poam-items"] as? [[String: Any]] ?? []
    #expect(open.flatMap { Self.props($0, "control") } == ["plant/A.1"])
    source.marks.removeAll { $0.assessment.status != .met }
    #expect(throws: (any Error).self) { try source.document(.actionPlan) }
  }

  @Test func `a UUID is version 5 of the origin and a name`() throws {
    let ids = try StableIDs(origin: "acme/7f3a9c01")
    // By Python's uuid module.
    #expect(ids("party", "acme") == "2d34ae25-8efa-5dc2-93ef-43ca8fd41e70")
  }

  @Test(
    arguments: [
      ("plain", "plain"), (" two\n lines\r\n", "two  lines"), ("\u{feff}\u{a0}x\u{2028}y\u{85}", "x y"),
      ("\u{0}\u{1b}", nil),
      ("", nil), (" ", nil), ("a\u{fffe}b", "a b"),
    ] as [(String, String?)])
  func `a line is what OSCAL calls a string`(_ text: String, _ line: String?) {
    #expect(OSCALText.line(text) == line)
  }

  @Test(arguments: [("3.1.1", "_3.1.1"), ("AC-2(1)", "AC-2_1_"), ("", "_"), ("c-1", "c-1"), ("é", "é")])
  func `what is no token becomes one`(_ text: String, _ token: String) {
    #expect(OSCALText.token(text) == token && OSCALText.isToken(token))
    #expect(OSCALText.isToken(text) == (text == token))
  }

  @Test func `what is long is cut, and years that OSCAL cannot write are left out or moved`() throws {
    let long = String(repeating: "x", count: 5000)
    #expect(OSCALText.line(long)?.hasSuffix("x […]") == true)
    #expect(OSCALText.text(long) == long)
    #expect(OSCALText.instant(try World.day("9999-12-31")) == nil)
    #expect(OSCALText.day(try World.day("1899-12-31")) == nil)
    #expect(OSCALText.day(try World.day("1900-01-01")) == "1900-01-01")
    #expect(OSCALText.instant(try World.noon("9999-12-31")) == "2999-12-31T23:59:59.999Z")
    #expect(OSCALText.instant(try World.noon("0001-01-01")) == "1900-01-01T00:00:00.000Z")
  }
}
