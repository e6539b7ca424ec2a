internal import Crypto

extension WitnessPolicy {
  /// Reads a policy, strictly: what is read leniently may ask for less than whoever wrote it meant.
  package init(parsing bytes: [UInt8]) throws(WitnessPolicyError) {
    var reader = PolicyReader()
    self = try reader.read(bytes)
  }
}

/// Reads a policy line by line.
private struct PolicyReader {
  private var policy = WitnessPolicy()
  private var hasQuorum = false
  private var line = 0
  /// Every name that is defined, and whether it is a member of a group already.
  private var names: [[UInt8]: (member: WitnessPolicy.Member, isTaken: Bool)] = [:]
  /// The public keys so far, whatever they are named: whose they are.
  private var logKeys: Set<[UInt8]> = []
  private var witnessKeys: Set<[UInt8]> = []

  /// More than anybody can have looked at.
  private static let countLimit = 1000
  private static let none = Array("none".utf8)

  mutating func read(_ bytes: [UInt8]) throws(WitnessPolicyError) -> WitnessPolicy {
    guard bytes.count <= WitnessPolicy.sizeLimit else {
      throw WitnessPolicyError(line: nil, "it has more than \(WitnessPolicy.sizeLimit) bytes")
    }
    // Of one that was cut off in a name, what is left may name another.
    guard bytes.isEmpty || bytes.last == 0x0a else {
      throw WitnessPolicyError(line: bytes.count { $0 == 0x0a } + 1, "its last line is not ended by a newline")
    }
    for text in bytes.dropLast().split(separator: 0x0a, omittingEmptySubsequences: false) {
      line += 1
      guard text.allSatisfy({ $0 == 0x09 || (0x20...0x7e).contains($0) || $0 >= 0x80 }) else {
        throw failure("it holds a control character other than tab")
      }
      let items = text.split { $0 == 0x20 || $0 == 0x09 }.map { Array($0) }
      guard let first = items.first, first.first != UInt8(ascii: "#") else { continue }
      try take(first, Array(items.dropFirst()))
    }
    guard hasQuorum else { throw WitnessPolicyError(line: nil, "it has no line 'quorum'") }
    return policy
  }

  private func failure(_ reason: String) -> WitnessPolicyError { WitnessPolicyError(line: line, reason) }

  private func shown(_ name: [UInt8]) -> String { String(decoding: name, as: UTF8.self) }

  private mutating func take(_ keyword: [UInt8], _ items: [[UInt8]]) throws(WitnessPolicyError) {
    switch String(decoding: keyword, as: UTF8.self) {
    case "log": try takeLog(items)
    case "witness": try takeWitness(items)
    case "group": try takeGroup(items)
    case "quorum": try takeQuorum(items)
    case let other: throw failure("'\(other)' is not one of log, witness, group and quorum")
    }
  }

  private mutating func takeLog(_ items: [[UInt8]]) throws(WitnessPolicyError) {
    guard (1...2).contains(items.count) else { throw failure("a log is 'log VERIFIERKEY [URL]'") }
    guard logKeys.count < PolicyReader.countLimit else { throw failure("there are too many logs") }
    let read = try key(items[0])
    guard read.type != NoteKey.SignatureType.cosignature.rawValue else {
      throw failure("'\(read.name)' is a witness's key, not a log's")
    }
    guard logKeys.insert(read.publicKey).inserted else { throw failure("the key of '\(read.name)' is there already") }
    try refuseBoth(read)
    if let key = read.key { policy.logs.append(key) }
  }

  private mutating func takeWitness(_ items: [[UInt8]]) throws(WitnessPolicyError) {
    guard (2...3).contains(items.count) else { throw failure("a witness is 'witness NAME VERIFIERKEY [URL]'") }
    guard witnessKeys.count < PolicyReader.countLimit else { throw failure("there are too many witnesses") }
    try define(items[0], as: .witness(policy.witnesses.count))
    let read = try key(items[1])
    guard ![NoteKey.SignatureType.ed25519, .ecdsa].map(\.rawValue).contains(read.type) else {
      throw failure("'\(read.name)' is a log's key, not a witness's")
    }
    guard witnessKeys.insert(read.publicKey).inserted else {
      throw failure("the key of witness '\(shown(items[0]))' is that of another witness")
    }
    try refuseBoth(read)
    policy.witnesses.append(WitnessPolicy.Witness(name: items[0], key: read.key))
  }

  private func refuseBoth(_ key: ReadKey) throws(WitnessPolicyError) {
    guard logKeys.contains(key.publicKey), witnessKeys.contains(key.publicKey) else { return }
    throw failure("the key of '\(key.name)' is a log's and a witness's: no log is a witness of itself")
  }

  private mutating func takeGroup(_ items: [[UInt8]]) throws(WitnessPolicyError) {
    guard items.count >= 3 else { throw failure("a group is 'group NAME all|any|NUMBER MEMBER…'") }
    guard policy.groups.count < PolicyReader.countLimit else { throw failure("there are too many groups") }
    var members: [WitnessPolicy.Member] = []
    for name in items.dropFirst(2) {
      guard let known = names[name] else {
        throw failure("'\(shown(name))' is not a witness or group of an earlier line")
      }
      guard !known.isTaken else {
        throw failure("'\(shown(name))' is a member of a group already, and its word would count twice")
      }
      names[name]?.isTaken = true
      members.append(known.member)
    }
    let threshold: Int?
    switch String(decoding: items[1], as: UTF8.self) {
    case "all": threshold = members.count
    case "any": threshold = 1
    default: threshold = CheckpointBody.decimal(items[1][...])
    }
    guard let threshold, (1...members.count).contains(threshold) else {
      throw failure("'\(shown(items[1]))' is not all, any or a number from 1 to \(members.count)")
    }
    try define(items[0], as: .group(policy.groups.count))
    policy.groups.append(WitnessPolicy.Group(name: items[0], threshold: threshold, members: members))
  }

  private mutating func takeQuorum(_ items: [[UInt8]]) throws(WitnessPolicyError) {
    guard items.count == 1 else { throw failure("the quorum is 'quorum NAME' or 'quorum none'") }
    guard !hasQuorum else { throw failure("there is a quorum already") }
    hasQuorum = true
    guard items[0] != PolicyReader.none else { return }
    guard let known = names[items[0]] else {
      throw failure("'\(shown(items[0]))' is not a witness or group of an earlier line")
    }
    policy.quorum = known.member
  }

  private mutating func define(_ name: [UInt8], as member: WitnessPolicy.Member) throws(WitnessPolicyError) {
    guard name != PolicyReader.none else { throw failure("'none' cannot be the name of a witness or group") }
    guard names[name] == nil else { throw failure("the name '\(shown(name))' is there already") }
    names[name] = (member, false)
  }

  /// A verifier key, of whatever kind.
  private struct ReadKey {
    let name: String
    let type: UInt8
    let publicKey: [UInt8]
    /// nil for a kind that custody cannot check.
    let key: NoteKey?
  }

  private func key(_ text: [UInt8]) throws(WitnessPolicyError) -> ReadKey {
    let parts = text.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let whole = String(validating: text, as: UTF8.self),
      let name = String(validating: parts[0], as: UTF8.self), SignedNote.isValidName(name),
      let encoded = Base64.decode(Array(parts[2])), encoded.count > 1
    else { throw failure("'\(shown(text))' is not a verifier key: NAME+ID+BASE64") }
    let publicKey = Array(encoded.dropFirst())
    guard NoteKey.SignatureType(rawValue: encoded[0]) == nil else {
      guard let key = NoteKey(text: whole) else {
        throw failure("'\(shown(text))' is not a verifier key: its key is malformed, or its id is not that key's")
      }
      // An Ed25519 key is one key, whether it signs as a log or as a witness.
      return ReadKey(name: name, type: encoded[0], publicKey: key.key.subjectPublicKeyInfo, key: key)
    }
    let id = SHA256.hash(Array(name.utf8) + [0x0a] + encoded).hex.prefix(8)
    guard id.utf8.elementsEqual(parts[1]) else {
      throw failure("'\(shown(text))' is not a verifier key: its id is not that key's")
    }
    return ReadKey(name: name, type: encoded[0], publicKey: publicKey, key: nil)
  }
}
