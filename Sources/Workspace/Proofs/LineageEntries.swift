package import Crypto
internal import Index
internal import Ownership
internal import Statements
package import TreeLog

/// Which entries show whose some keys are: those that brought them, those that let whoever signed these sign, and so on
/// down to the genesis entry.
package struct LineageEntries {
  private let store: OpenedStore
  private let reader: LogReader
  /// The entries about each member that say or change their role, with whose keys they are signed.
  private let roles: [String: [(entry: Int, signer: Digest)]]

  package init(_ store: OpenedStore, _ reader: LogReader) throws {
    self.store = store
    self.reader = reader
    var filter = LogFilter()
    filter.type = "member"
    filter.newestFirst = false
    filter.range = 0..<reader.size
    var roles: [String: [(entry: Int, signer: Digest)]] = [:]
    for row in try store.index.logRows(filter) where row.isEffective {
      guard let entry = try? Entry(parsing: reader.entry(at: row.entry)),
        let statement = try? Statement(payload: entry.envelope.payload, lists: store.library.lists),
        case .member(let event) = statement.predicate, event.role != nil
      else { continue }
      roles[event.member, default: []].append((row.entry, entry.envelope.keyID))
    }
    self.roles = roles
  }

  /// The entries for some keys, in log order.
  package func entries(for keys: Set<Digest>) throws -> [Int] {
    var entries: Set<Int> = [0]
    var waiting = keys
    var seen: Set<Digest> = []
    while let next = waiting.popFirst() {
      guard seen.insert(next).inserted, let known = store.state.membership.key(next) else { continue }
      if entries.insert(known.introduced).inserted, known.introduced < reader.size {
        waiting.insert(try Entry(parsing: reader.entry(at: known.introduced)).envelope.keyID)
      }
      for role in roles[known.owner] ?? [] where role.entry < reader.size {
        entries.insert(role.entry)
        waiting.insert(role.signer)
      }
    }
    return entries.filter { $0 < reader.size }.sorted()
  }
}
