internal import Crypto
internal import Ownership
internal import Statements

/// Finds earlier statements at some twenty bytes each.
struct PackedLedger: Sendable {
  /// What several statements have in common.
  private struct Kind: Hashable, Sendable {
    let type: String
    let party: String
  }

  /// The entry of each statement; `uncounted` for one that does not count.
  private var entries = DigestTable()
  private static let uncounted = UInt32.max - 1
  /// From which entry on the statements that count are of which kind, in order: many are of one, one after the other.
  private var runs: [(entry: UInt32, kind: UInt32)] = []
  private var kinds: [Kind] = []
  private var numbers: [Kind: UInt32] = [:]
  func record(of statement: Digest) -> LedgerRecord? {
    guard let entry = entries[statement], entry != PackedLedger.uncounted, let kind = kind(of: Int(entry)) else {
      return nil
    }
    return LedgerRecord(statement: statement, entry: Int(entry), type: kind.type, party: kind.party)
  }

  func contains(_ statement: Digest) -> Bool { entries[statement] != nil }

  /// The entry of a statement that counts.
  func entry(of statement: Digest) -> Int? {
    entries[statement].flatMap { $0 == PackedLedger.uncounted ? nil : Int($0) }
  }

  /// The party whose statement an entry brings.
  ///
  /// - Parameter entry: One that brings a statement that counts.
  func party(ofEntry entry: Int) -> String? { kind(of: entry)?.party }

  /// - Parameter entry: One that brings a statement that counts.
  private func kind(of entry: Int) -> Kind? {
    var (low, high) = (0, runs.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(runs[middle].entry) <= entry { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : kinds[Int(runs[low - 1].kind)]
  }

  mutating func add(_ statement: Digest, record: LedgerRecord?) {
    guard let record else {
      if entries[statement] == nil { entries.set(statement, to: PackedLedger.uncounted) }
      return
    }
    entries.set(statement, to: UInt32(record.entry))
    let kind = number(of: Kind(type: record.type, party: record.party))
    if runs.last?.kind != kind { runs.append((UInt32(record.entry), kind)) }
  }

  private mutating func number(of kind: Kind) -> UInt32 {
    if let known = numbers[kind] { return known }
    let number = UInt32(kinds.count)
    kinds.append(kind)
    numbers[kind] = number
    return number
  }
}
