package import Catalogs
package import Crypto
package import Ownership
package import Statements
internal import TreeLog

extension OpenedStore {
  /// The catalogs adopted on a day.
  package func catalogs(on day: Day) throws -> [Catalog] {
    try OpenedStore.catalogs(on: day, state: state, library: library)
  }

  package static func catalogs(on day: Day, state: LogState, library: ObjectLibrary) throws -> [Catalog] {
    var adoptions: [String: LogState.Adoption] = [:]
    for adoption in state.adoptions where adoption.effective <= day {
      if let known = adoptions[adoption.framework], known.effective > adoption.effective { continue }
      adoptions[adoption.framework] = adoption
    }
    return try adoptions.keys.sorted().compactMap { framework in
      guard let adoption = adoptions[framework] else { return nil }
      return try library.catalog(adoption.catalog, framework: framework)
    }
  }

  /// Finds controls in every spelling among the catalogs adopted today.
  package func finder() throws -> ControlFinder { ControlFinder(catalogs: try catalogs(on: desk.clock.today)) }

  /// The leaf hash of the genesis entry, by which a log is known for ever.
  package func genesis() throws -> Digest { try reader.leafHash(0) }
}
