import Findings
import Crypto
import Ownership
import Statements
import TestSupport

/// What the fold makes of a log that a test wrote.
struct Verdicts {
  let state: LogState
  let ledger: MemoryLedger
  let outcomes: [Fold<MemoryLedger>.Outcome]

  /// Why an entry does not count; nil where it does.
  subscript(entry: Int) -> FindingCode? {
    outcomes[entry].hasEffect
      ? nil : outcomes[entry].findings.last { $0.code != .clockDisorder && $0.code != .clockAhead }?.code
  }

  /// What is said of entries that count, by entry.
  var remarks: [Int: [FindingCode]] {
    Dictionary(
      uniqueKeysWithValues: outcomes.indices.compactMap { index in
        let codes = outcomes[index].findings.map(\.code)
        return codes.isEmpty || !outcomes[index].hasEffect ? nil : (index, codes)
      })
  }

  /// The entries that do not count, with the codes.
  var refused: [Int: FindingCode] {
    Dictionary(uniqueKeysWithValues: outcomes.indices.compactMap { index in self[index].map { (index, $0) } })
  }
}

extension LogBuilder {
  var library: ObjectLibrary { ObjectLibrary(store) }

  /// - Parameter now: The reader's clock.
  func verdicts(now: Instant? = nil) throws -> Verdicts {
    let library = library
    var fold = Fold(ledger: MemoryLedger(library: library), library: library, now: now)
    var outcomes: [Fold<MemoryLedger>.Outcome] = []
    for bytes in entries {
      let parsed = ParsedEntry(bytes, library: library)
      outcomes.append(try fold.apply(parsed.entry, parsed.statement))
    }
    return Verdicts(state: fold.state, ledger: fold.ledger, outcomes: outcomes)
  }
}

extension LogBuilder {
  /// Who owns a unit on a day, as far as the whole log knows.
  func ownership(_ unit: String, on text: String) throws -> UnitOwnership {
    let resolver = Resolver(try ResolutionInput(verdicts().state, library: library))
    let asOf = try day(text)
    let scope = resolver.scope(on: asOf)
    let id = try control(unit)
    guard let facts = scope.units.first(where: { $0.id == id }) else {
      throw CaseError(reason: "no unit \(unit) on \(text)")
    }
    return resolver.ownership(facts, on: asOf, in: scope)
  }

  /// The schedule that a party would sign for a version.
  func schedule(for party: String, version entry: Int) throws -> String {
    let resolver = Resolver(try ResolutionInput(verdicts().state, library: library))
    guard let index = resolver.input.versions.firstIndex(where: { $0.entry == entry }) else {
      throw CaseError(reason: "no version in entry \(entry)")
    }
    return String(decoding: ScheduleBuilder(resolver, version: index).schedule(for: party).bytes, as: UTF8.self)
  }

  /// Lets parties accept all that a version gives them or takes from them.
  func accept(_ version: Int, document: String, by people: [String], catalogs: [String: [UInt8]] = ["demo": catalog])
    throws
  {
    for person in people {
      let party = String(person.prefix { $0 != "/" })
      try word(
        on: version, document: document, schedule: schedule(for: party, version: version), catalogs: catalogs,
        by: person)
    }
  }
}
