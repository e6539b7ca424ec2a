import Findings
import Crypto
import Ownership
import Statements
import Testing
import TestSupport

/// Who lets parties and people in and out: each row of the table of statements, and just beside it.
struct MembershipEntitlementTests {
  @Test func `the company of these tests is all entitled`() throws {
    let verdicts = try LogBuilder.company().verdicts()
    #expect(verdicts.refused.isEmpty, "\(verdicts.outcomes.flatMap(\.findings))")
    #expect(verdicts.state.membership.parties.map(\.id) == ["acme", "onsite", "audit", "vend"])
    #expect(verdicts.state.membership.members.count == 7)
  }

  @Test func `genesis stands at the beginning and once`() throws {
    let log = try LogBuilder.company()
    let again = try log.found()
    var other = try LogBuilder.genesis()
    other.clientID = "other"
    let second = try log.add(.genesis(other), by: "acme/bo")
    let verdicts = try log.verdicts()
    #expect(verdicts[again] == .notEntitled)
    #expect(verdicts[second] == .notEntitled)
    #expect(verdicts.state.client == "acme")
  }

  @Test func `a log that does not begin with genesis is nobody's`() throws {
    let log = LogBuilder()
    let party = try log.party(.join, "onsite")
    let late = try log.found()
    let verdicts = try log.verdicts()
    #expect(verdicts[party] == .notEntitled)
    #expect(verdicts[late] == .notEntitled)
  }

  @Test func `genesis is signed by the key that it names`() throws {
    let log = LogBuilder()
    try log.add(.genesis(LogBuilder.genesis()), by: "acme/kim")
    // The one subject is the named key's id, so that another signer's payload is malformed already.
    #expect(try log.verdicts()[0] == .entryMalformed)

    let forged = LogBuilder()
    var twist = LogBuilder.Twist()
    twist.forger = "acme/kim"
    try forged.add(.genesis(LogBuilder.genesis()), by: "acme/bo", twist)
    let verdicts = try forged.verdicts()
    #expect(verdicts[0] == .signatureInvalid)
    #expect(verdicts.state.membership.parties.isEmpty)
  }

  @Test func `an origin of other characters founds nothing`() throws {
    let log = LogBuilder(origin: "acme test")
    try log.found()
    #expect(try log.verdicts()[0] == .entryMalformed)
  }

  @Test func `a party joins by an administrator of the client alone`() throws {
    let log = try LogBuilder.company()
    let contributor = try log.party(.join, "second", by: "acme/kim")
    let provider = try log.party(.join, "second", by: "onsite/jane")
    let auditor = try log.party(.join, "second", by: "audit/ann")
    let client = try log.party(.join, "second")
    let twice = try log.party(.join, "second", .vendor)
    let own = try log.party(.join, "acme")
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [
        contributor: .notEntitled, provider: .notEntitled, auditor: .notEntitled, twice: .notEntitled,
        own: .notEntitled,
      ])
    #expect(verdicts[client] == nil)
  }

  @Test func `notice is the client's and the party's to give`() throws {
    let log = try LogBuilder.company()
    let byClient = try log.party(.notice, "vend")
    let byParty = try log.party(.notice, "onsite", by: "onsite/jane")
    let byContributor = try log.party(.notice, "onsite", by: "onsite/soc")
    let byOther = try log.party(.notice, "onsite", by: "vend/val")
    let ofClient = try log.party(.notice, "acme")
    let ofNobody = try log.party(.notice, "nobody")
    #expect(
      try log.verdicts().refused == [
        byContributor: .notEntitled, byOther: .notEntitled, ofClient: .notEntitled, ofNobody: .notEntitled,
      ])
    #expect(byClient < byParty)
  }

  @Test func `the client ends a membership ninety days after notice and not a day sooner`() throws {
    let log = try LogBuilder.company()
    let early = try log.party(.leave, "onsite")
    log.on("2026-02-01")
    try log.party(.notice, "onsite")
    log.on("2026-03-01")
    // A second notice does not start the days again.
    try log.party(.notice, "onsite")
    log.on("2026-05-01")
    let day89 = try log.party(.leave, "onsite")
    log.on("2026-05-02")
    let byContributor = try log.party(.leave, "onsite", by: "acme/kim")
    let byOther = try log.party(.leave, "onsite", by: "vend/val")
    let day90 = try log.party(.leave, "onsite")
    let after = try log.evidence(by: "onsite/jane")
    let again = try log.party(.join, "onsite")
    let lateMember = try log.join("onsite/new")
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [
        early: .notEntitled, day89: .notEntitled, byContributor: .notEntitled, byOther: .notEntitled,
        after: .notEntitled, again: .notEntitled, lateMember: .notEntitled,
      ])
    #expect(verdicts[day90] == nil)
    #expect(verdicts.state.membership.party("onsite")?.leftDay == Day("2026-05-02"))
  }

  @Test func `a party leaves by its own word at once`() throws {
    let log = try LogBuilder.company()
    let contributor = try log.party(.leave, "onsite", by: "onsite/soc")
    let leave = try log.party(.leave, "onsite", by: "onsite/jane")
    let client = try log.party(.leave, "acme")
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [contributor: .notEntitled, client: .notEntitled])
    #expect(verdicts[leave] == nil)
  }

  @Test func `a party's first member comes by the client and every other by the party`() throws {
    let log = try LogBuilder.company()
    try log.party(.join, "second")
    let byProvider = try log.join("second/al", by: "onsite/jane")
    let byContributor = try log.join("second/al", by: "acme/kim")
    let first = try log.join("second/al")
    let secondByClient = try log.join("second/cy")
    let secondByOther = try log.join("second/cy", by: "onsite/jane")
    let second = try log.join("second/cy", .contributor, by: "second/al")
    let thirdByContributor = try log.join("second/di", by: "second/cy")
    let nowhere = try log.join("nobody/al")
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [
        byProvider: .notEntitled, byContributor: .notEntitled, secondByClient: .notEntitled,
        secondByOther: .notEntitled, thirdByContributor: .notEntitled, nowhere: .notEntitled,
      ])
    #expect(verdicts[first] == nil && verdicts[second] == nil)
  }

  @Test func `the client comes back in when nobody administers a party any more, and not before`() throws {
    let log = try LogBuilder.company()
    let early = try log.join("onsite/new")
    let own = try log.leave("onsite/jane", by: "acme/bo")
    try log.leave("vend/val", by: "vend/val")
    let next = try log.join("vend/new")
    let again = try log.join("vend/newer")
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [early: .notEntitled, own: .notEntitled, again: .notEntitled])
    // By the key that the client brought, the party is to be confirmed anew.
    let known = PartyConfirmation.firstKeys(verdicts.state).first { $0.party == "vend" }
    #expect(known?.key.owner == "vend/new" && known?.key.introduced == next)
  }

  @Test func `a party without an administrator whose key speaks is told`() throws {
    let log = try LogBuilder.company()
    #expect(try MembershipFindings.findings(log.verdicts().state).isEmpty)
    try log.leave("vend/val", by: "vend/val")
    #expect(try MembershipFindings.findings(log.verdicts().state).map(\.subject) == ["vend"])
    try log.join("vend/new")
    #expect(try MembershipFindings.findings(log.verdicts().state).isEmpty)
  }

  @Test func `a member's id is never used again`() throws {
    let log = try LogBuilder.company()
    let twice = try log.add(.member(log.joining("acme/kim", key: "another")), by: "acme/bo")
    try log.leave("acme/kim")
    let again = try log.add(.member(log.joining("acme/kim", key: "a third")), by: "acme/bo")
    let change = try log.add(.member(MemberEvent(event: .change, member: "acme/kim")), by: "acme/bo")
    let leave = try log.leave("acme/kim")
    let silent = try log.evidence(by: "acme/kim")
    #expect(
      try log.verdicts().refused == [
        twice: .notEntitled, again: .notEntitled, change: .notEntitled, leave: .notEntitled, silent: .notEntitled,
      ])
  }

  @Test func `a further key speaks for its member`() throws {
    let log = try LogBuilder.company()
    var event = MemberEvent(event: .key, member: "acme/kim")
    event.publicKey = try LogBuilder.key("kim's second").verificationKey.base64
    event.proof = try log.proof("kim's second", owner: "acme/kim")
    let early = try log.evidence("early", by: "kim's second")
    let bySelf = try log.add(.member(event), by: "acme/kim")
    let byAdministrator = try log.add(.member(event), by: "acme/bo")
    let spoken = try log.evidence("spoken", by: "kim's second")
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [early: .notEntitled, bySelf: .notEntitled])
    #expect(verdicts[byAdministrator] == nil)
    #expect(verdicts.outcomes[spoken].signer?.name == "acme/kim")
  }

  @Test func `a key is one member's for ever`() throws {
    let log = try LogBuilder.company()
    let taken = try log.add(.member(log.joining("acme/lee", key: "acme/kim")), by: "acme/bo")
    try log.revoke("acme/kim")
    let revoked = try log.add(.member(log.joining("acme/lee", key: "acme/kim")), by: "acme/bo")
    var event = MemberEvent(event: .change, member: "acme/bo")
    event.recovery = try log.recovery("onsite/jane", party: "acme")
    let asRecovery = try log.add(.member(event), by: "acme/bo")
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [taken: .notEntitled, revoked: .notEntitled, asRecovery: .notEntitled])
    #expect(verdicts.state.membership.member("acme/lee") == nil)
  }

  @Test func `nobody registers a key that they do not hold`() throws {
    let log = try LogBuilder.company()
    var byAnother = try log.joining("acme/lee")
    byAnother.proof = try KeyProof.make(owner: "acme/lee", store: log.origin, key: LogBuilder.key("acme/bo"))
    let another = try log.add(.member(byAnother), by: "acme/bo")
    var forAnother = try log.joining("acme/lee")
    forAnother.proof = try log.proof("acme/lee", owner: "acme/max")
    let owner = try log.add(.member(forAnother), by: "acme/bo")
    var elsewhere = try log.joining("acme/lee")
    elsewhere.proof = try KeyProof.make(owner: "acme/lee", store: "acme/other", key: LogBuilder.key("acme/lee"))
    let store = try log.add(.member(elsewhere), by: "acme/bo")
    var safe = MemberEvent(event: .change, member: "acme/bo")
    safe.recovery = RecoveryKey(
      publicKey: try LogBuilder.key("second safe").verificationKey.base64,
      proof: try log.proof("second safe", owner: "acme/bo"))
    let recovery = try log.add(.member(safe), by: "acme/bo")
    let right = try log.join("acme/lee")
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [
        another: .signatureInvalid, owner: .signatureInvalid, store: .signatureInvalid, recovery: .signatureInvalid,
      ])
    #expect(verdicts[right] == nil)
  }

  @Test func `a point of small order is no key`() throws {
    let log = try LogBuilder.company()
    let prefix: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
    var entries: [Int] = []
    for point in [[UInt8](repeating: 0, count: 32), [1] + [UInt8](repeating: 0, count: 31)] {
      var event = try log.joining("acme/lee")
      event.publicKey = Base64.encode(prefix + point)
      entries.append(try log.add(.member(event), by: "acme/bo"))
    }
    let refused = try log.verdicts().refused
    #expect(refused == [entries[0]: .entryMalformed, entries[1]: .entryMalformed])
  }

  @Test func `who may append follows from role, robot and what was said`() throws {
    let log = try LogBuilder.company()
    try log.join("acme/quiet", append: false)
    try log.join("acme/scribe", .contributor, robot: true, append: true)
    try log.join("acme/eye", .auditor, append: true)
    try log.party(.join, "firm", .auditor)
    try log.join("firm/fay", .administrator, append: true)
    var witness = MemberEvent(event: .key, member: "acme/bo")
    witness.publicKey = try LogBuilder.key("witness").verificationKey.base64
    witness.proof = try log.proof("witness", owner: "acme/bo")
    witness.use = .witness
    witness.keyName = "acme.example/witness"
    try log.add(.member(witness), by: "acme/bo")
    let verdicts = try log.verdicts()
    #expect(verdicts.refused.isEmpty)
    let membership = verdicts.state.membership
    let may = try [
      "acme/bo", "acme/kim", "onsite/jane", "onsite/soc", "vend/val", "acme/scribe", "acme/robot", "acme/quiet",
      "acme/eye", "audit/ann", "firm/fay", "witness", "safe", "unknown",
    ].map { membership.mayAppend(try LogBuilder.keyID($0)) }
    #expect(may == Array(repeating: true, count: 6) + Array(repeating: false, count: 8))
  }

  @Test func `a change takes effect from its own entry on`() throws {
    let log = try LogBuilder.company()
    var event = MemberEvent(event: .change, member: "acme/kim")
    event.role = .administrator
    let before = try log.party(.join, "second", by: "acme/kim")
    let own = try log.add(.member(event), by: "acme/kim")
    try log.add(.member(event), by: "acme/bo")
    let after = try log.party(.join, "second", by: "acme/kim")
    event.role = .auditor
    try log.add(.member(event), by: "acme/bo")
    let auditor = try log.evidence(by: "acme/kim")
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [before: .notEntitled, own: .notEntitled, auditor: .notEntitled])
    #expect(verdicts[after] == nil)
  }

  @Test func `what somebody appended who may not append does not count`() throws {
    let log = try LogBuilder.company()
    var entries: [Int] = []
    for appender in ["acme/robot", "audit/ann", "safe", "unknown"] {
      var twist = LogBuilder.Twist()
      twist.appender = appender
      entries.append(try log.evidence(appender, by: "acme/bo", twist))
    }
    var twist = LogBuilder.Twist()
    twist.appender = "onsite/soc"
    let right = try log.evidence("right", by: "acme/bo", twist)
    // Whoever takes their own right away, or leaves, may append the very entry that says so.
    twist.appender = "acme/kim"
    let leave = try log.leave("acme/kim", by: "acme/bo", twist)
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == Dictionary(uniqueKeysWithValues: entries.map { ($0, .notEntitled) }))
    #expect(verdicts[right] == nil && verdicts[leave] == nil)
  }

  @Test func `a recovery key signs for members of its party and nothing else`() throws {
    let log = try LogBuilder.company()
    let evidence = try log.evidence(by: "safe")
    let party = try log.party(.join, "second", by: "safe")
    let revocation = try log.revoke("acme/bo", by: "safe")
    let other = try log.join("onsite/new", by: "safe")
    let hold = try log.add(.hold(Hold(event: .begin, id: "h", reason: "r")), by: "safe")
    let member = try log.join("acme/new", by: "safe")
    let works = try log.party(.join, "second", by: "acme/new")
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [
        evidence: .notEntitled, party: .notEntitled, revocation: .notEntitled, other: .notEntitled,
        hold: .notEntitled,
      ])
    #expect(verdicts[member] == nil && verdicts[works] == nil)
  }

  @Test func `a witness key signs no statements`() throws {
    let log = try LogBuilder.company()
    var event = MemberEvent(event: .key, member: "acme/bo")
    event.publicKey = try LogBuilder.key("witness").verificationKey.base64
    event.proof = try log.proof("witness", owner: "acme/bo")
    event.use = .witness
    event.keyName = "acme.example/witness"
    let key = try log.add(.member(event), by: "acme/bo")
    let evidence = try log.evidence(by: "witness")
    let verdicts = try log.verdicts()
    #expect(verdicts[key] == nil)
    #expect(verdicts.refused == [evidence: .notEntitled])
  }

  @Test func `a key is revoked by its party's administrator or by itself`() throws {
    let log = try LogBuilder.company()
    let byClient = try log.revoke("onsite/soc", by: "acme/bo")
    let byColleague = try log.revoke("acme/bo", by: "acme/kim")
    let unknown = try log.revoke("nobody")
    let future = try log.revoke("onsite/soc", suspectSince: 99, by: "onsite/jane")
    let before = try log.evidence("before", by: "onsite/soc")
    let byItself = try log.revoke("onsite/soc", by: "onsite/soc")
    let after = try log.evidence("after", by: "onsite/soc")
    let byOwn = try log.revoke("acme/kim", suspectSince: 3)
    // A second word may say since when the key is under suspicion.
    let later = try log.revoke("onsite/soc", suspectSince: before, by: "onsite/jane")
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [
        byClient: .notEntitled, byColleague: .notEntitled, unknown: .notEntitled, future: .entryMalformed,
        after: .notEntitled,
      ])
    #expect(verdicts[before] == nil && verdicts[byItself] == nil && verdicts[byOwn] == nil && verdicts[later] == nil)
    let keys = verdicts.state.membership
    #expect(keys.key(try LogBuilder.keyID("acme/kim"))?.suspectSince == 3)
    #expect(keys.key(try LogBuilder.keyID("onsite/soc"))?.suspectSince == before)
    #expect(keys.key(try LogBuilder.keyID("onsite/soc"))?.revoked == byItself)
  }
}
