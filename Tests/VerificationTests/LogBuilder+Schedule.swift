import Ownership
import Statements
import TestSupport

extension LogBuilder {
  /// The schedule that a party would sign for the version of an entry.
  func schedule(for party: String, version entry: Int) throws -> String {
    let library = ObjectLibrary(store)
    var fold = Fold(ledger: MemoryLedger(library: library), library: library)
    for bytes in entries {
      let parsed = ParsedEntry(bytes, library: library)
      _ = try fold.apply(parsed.entry, parsed.statement)
    }
    let resolver = Resolver(try ResolutionInput(fold.state, library: library))
    let index = resolver.input.versions.firstIndex { $0.entry == entry } ?? 0
    return String(decoding: ScheduleBuilder(resolver, version: index).schedule(for: party).bytes, as: UTF8.self)
  }
}

extension String {
  /// The text with the first occurrence of a part made another.
  func replacing(_ part: String, _ other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    var copy = self
    copy.replaceSubrange(range, with: other)
    return copy
  }
}
