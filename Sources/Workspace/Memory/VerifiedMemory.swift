package import Crypto
internal import Findings
internal import FoundationEssentials
internal import Ownership
internal import Statements
internal import Storage
package import Verification

/// What this user's verifications of a log found sound, beside what is remembered of it and under the same lock, so that
/// the next one can go on from there.
///
/// Losing it costs time and nothing else: what is missing, torn, damaged or made by other rules is passed over, and all
/// is looked at anew.
package struct VerifiedMemory: Sendable {
  /// How closely a verification looked.
  package enum Depth: String, Sendable, CaseIterable, Codable {
    /// Whether every object is there.
    case presence
    /// Every object was read and hashed.
    case contents
  }

  private let folder: String

  package init(_ home: Home) {
    folder = home.trust
  }

  /// The largest tree that was looked at so closely at least; nil where there is none.
  package func past(of origin: String, depth: Depth) -> VerifiedPast? {
    let marks = read(origin)
    let known = depth == .contents ? [marks[.contents]] : [marks[.contents], marks[.presence]]
    return known.compactMap { $0?.past }.max { $0.size < $1.size }
  }

  /// The largest tree that was found sound; nil where there is none.
  package func tree(of origin: String) -> (size: Int, root: Digest)? {
    past(of: origin, depth: .presence).map { ($0.size, $0.root) }
  }

  /// Keeps what a verification found.
  package func remember(_ past: VerifiedPast, of origin: String, depth: Depth) throws {
    try change(origin) { $0[depth] = Mark(past) }
  }

  /// Forgets what was found: the store is not sound any more.
  package func forget(_ origin: String) throws { try change(origin) { $0 = [:] } }

  // MARK: The file

  private func path(_ origin: String) -> String { "\(folder)/\(SHA256.hash(origin).hex).verified" }

  private func read(_ origin: String) -> [Depth: Mark] {
    // The digest of what follows stands first: what was changed in between is not to pass for verified.
    guard let bytes = try? RegularFile.read(path(origin), limit: 1 << 26), bytes.count > 65, bytes[64] == 0x0a,
      SHA256.hash(Array(bytes[65...])).hex == String(decoding: bytes[..<64], as: UTF8.self),
      let record = try? JSONDecoder().decode(Record.self, from: Data(bytes[65...])),
      ByteOrder.areEqual(record.origin, origin), record.rules == FoldRules.version
    else { return [:] }
    return record.marks
  }

  private func change(_ origin: String, _ body: (inout [Depth: Mark]) -> Void) throws {
    try Home.using(folder) {
      try PrivateFile.makeFolder(folder)
      try FileLock("\(folder)/lock").whileHeld {
        let known = read(origin)
        var marks = known
        body(&marks)
        if marks.isEmpty && known.isEmpty { return }
        let record = Record(origin: origin, rules: FoldRules.version, marks: marks)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = [UInt8](try encoder.encode(record)) + [0x0a]
        try PrivateFile.replace(path(origin), bytes: Array("\(SHA256.hash(body).hex)\n".utf8) + body)
      }
    }
  }

  private struct Record: Codable {
    var origin: String
    var rules: Int
    var marks: [Depth: Mark]
  }

  /// A tree that was found sound, as the file has it.
  private struct Mark: Codable {
    var size: Int
    var root: Digest
    var genesis: Digest
    var on: Day
    var state: LogState
    var appenders: [Digest]
    var lastAppenders: [Digest]
    var findings: [KeptFinding]

    init(_ past: VerifiedPast) {
      (size, root, genesis, on, state) = (past.size, past.root, past.genesis, past.on, past.state)
      (appenders, lastAppenders) = (past.appenders, past.lastAppenders)
      findings = past.findings.map { KeptFinding($0) }
    }

    /// nil where a newer custody has kept what this one does not know.
    var past: VerifiedPast? {
      let known = findings.compactMap(\.finding)
      guard known.count == findings.count else { return nil }
      return VerifiedPast(
        size: size, root: root, genesis: genesis, on: on, state: state, appenders: appenders,
        lastAppenders: lastAppenders, findings: known)
    }
  }

  private struct KeptFinding: Codable {
    var code: String
    var subject: String
    var entry: Int?
    var expected: String?
    var found: String?
    var message: String

    init(_ finding: Finding) {
      code = finding.code.rawValue
      (subject, entry, message) = (finding.subject, finding.entry, finding.message)
      (expected, found) = (finding.expected, finding.found)
    }

    var finding: Finding? {
      FindingCode(rawValue: code).map {
        Finding($0, subject, entry: entry, expected: expected, found: found, message)
      }
    }
  }
}
