internal import Crypto
internal import Ownership
internal import Statements

/// Evidence as the columns of its table hold it, and back.
enum EvidenceColumns {
  /// In the order of `record(_:)`.
  static let names = """
    e.entry, e.statement, e.party, e.member, e.keyid, e.recorded, e.controls, e.description, e.first, e.last, \
    e.collected, e.source, e.query, e.count, e.label, e.duty, e.retain, e.replaces, e.run, \
    e.artifacts, e.manifest
    """

  /// How many there are.
  static let count = 21

  static func record(_ row: borrowing Row) throws -> EvidenceRecord {
    var evidence = Evidence(controls: split(row.text(6)))
    evidence.description = row.optionalText(7)
    evidence.from = row.optionalInteger(8).map { Day(daysSinceEpoch: $0) }
    evidence.through = row.optionalInteger(9).map { Day(daysSinceEpoch: $0) }
    evidence.collected = row.optionalInteger(10).map { Instant(millisecondsSinceEpoch: $0) }
    evidence.source = row.optionalText(11)
    evidence.query = row.optionalText(12)
    evidence.count = row.optionalInteger(13)
    evidence.label = row.optionalText(14)
    evidence.duty = row.optionalText(15)
    evidence.retainUntil = row.optionalInteger(16).map { Day(daysSinceEpoch: $0) }
    evidence.replaces = digests(row.bytes(17))
    evidence.run = run(row.bytes(18))
    return EvidenceRecord(
      entry: row.integer(0), statement: try row.digest(1), party: row.text(2), member: row.text(3),
      keyID: try row.digest(4), recorded: Instant(millisecondsSinceEpoch: row.integer(5)), evidence: evidence,
      artifacts: digests(row.bytes(19)), manifest: row.optionalDigest(20))
  }

  /// Digests, one after the other.
  private static func digests(_ bytes: [UInt8]) -> [Digest] {
    stride(from: 0, to: bytes.count, by: 32).compactMap { Digest(bytes[$0..<min($0 + 32, bytes.count)]) }
  }

  /// Controls and units have no white space in them.
  static func join(_ controls: [String]) -> String { controls.joined(separator: "\n") }

  static func split(_ text: String) -> [String] { text.utf8.split(separator: 0x0a).compactMap { String($0) } }

  static func run(_ run: Evidence.Run?) -> SQLValue {
    guard let run else { return .null }
    let numbers = [run.status, run.start.millisecondsSinceEpoch, run.end.millisecondsSinceEpoch]
    return .blob(
      JSONValue.array([
        .array(run.arguments.map { .string($0) }), .string(run.host), .array(numbers.map { .string(String($0)) }),
      ]).canonicalBytes)
  }

  private static func run(_ bytes: [UInt8]) -> Evidence.Run? {
    guard !bytes.isEmpty, case .array(let parts)? = try? JSONValue(canonical: bytes), parts.count == 3,
      case .array(let arguments) = parts[0], case .string(let host) = parts[1], case .array(let numbers) = parts[2]
    else { return nil }
    let texts = { (values: [JSONValue]) in
      values.compactMap { value -> String? in
        if case .string(let text) = value { text } else { nil }
      }
    }
    let integers = texts(numbers).compactMap { Int($0) }
    guard integers.count == 3 else { return nil }
    return Evidence.Run(
      arguments: texts(arguments), status: integers[0], host: host,
      start: Instant(millisecondsSinceEpoch: integers[1]), end: Instant(millisecondsSinceEpoch: integers[2]))
  }
}
