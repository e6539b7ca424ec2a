import Crypto
import Ownership
import Statements
import TestSupport

/// What the fold makes of a log that a test wrote.
struct Verdicts {
  let standing: Standing
  let ledger: MemoryLedger
  let outcomes: [Fold<MemoryLedger>.Outcome]

  /// Why an entry does not count; nil where it does.
  subscript(entry: Int) -> FindingCode? { outcomes[entry].findings.last { $0.code != .clockDisorder }?.code }

  /// The entries that do not count, with the codes.
  var refused: [Int: FindingCode] {
    Dictionary(uniqueKeysWithValues: outcomes.indices.compactMap { index in self[index].map { (index, $0) } })
  }
}

extension LogBuilder {
  var library: ObjectLibrary { ObjectLibrary(store) }

  func verdicts() throws -> Verdicts {
    let library = library
    var fold = Fold(ledger: MemoryLedger(library: library), library: library)
    var outcomes: [Fold<MemoryLedger>.Outcome] = []
    for bytes in entries {
      let parsed = ParsedEntry(bytes, library: library)
      outcomes.append(try fold.apply(parsed.entry, parsed.statement))
    }
    return Verdicts(standing: fold.standing, ledger: fold.ledger, outcomes: outcomes)
  }
}
