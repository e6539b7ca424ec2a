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
  /// The kind of the statement of each entry from the first on; `none` where there is none that counts.
  private var kindOfEntry: [UInt32] = []
  private static let none = UInt32.max
  private var kinds: [Kind] = []
  private var numbers: [Kind: UInt32] = [:]
  /// The first entry that may be added.
  private let base: Int

  init(from base: Int) { self.base = base }

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

  /// The party whose statement an entry brings, where it counts.
  func party(ofEntry entry: Int) -> String? { kind(of: entry)?.party }

  private func kind(of entry: Int) -> Kind? {
    let place = entry - base
    guard kindOfEntry.indices.contains(place), kindOfEntry[place] != PackedLedger.none else { return nil }
    return kinds[Int(kindOfEntry[place])]
  }

  mutating func add(_ statement: Digest, record: LedgerRecord?) {
    guard let record else {
      if entries[statement] == nil { entries.set(statement, to: PackedLedger.uncounted) }
      return
    }
    entries.set(statement, to: UInt32(record.entry))
    let place = record.entry - base
    while kindOfEntry.count < place { kindOfEntry.append(PackedLedger.none) }
    kindOfEntry.append(number(of: Kind(type: record.type, party: record.party)))
  }

  private mutating func number(of kind: Kind) -> UInt32 {
    if let known = numbers[kind] { return known }
    let number = UInt32(kinds.count)
    kinds.append(kind)
    numbers[kind] = number
    return number
  }
}
