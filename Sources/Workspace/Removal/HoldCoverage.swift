internal import Statements
package import Crypto
internal import Ownership

/// Which holds in force something is under: by its digest, or by a control that it shows something of.
package struct HoldCoverage {
  private let store: OpenedStore
  private let holds: [LogState.HoldRecord]

  package init(_ store: OpenedStore) {
    self.store = store
    holds = store.state.holds.filter { $0.ended == nil }
  }

  /// Whether no hold is in force.
  package var isEmpty: Bool { holds.isEmpty }

  /// The ids of the holds that some objects are under.
  ///
  /// - Parameters:
  ///   - manifest: What lists further ones.
  ///   - controls: What they show something of.
  package func ids(_ objects: [Digest], manifest: Digest? = nil, controls: [String]) throws -> [String] {
    try holds.filter { hold in
      // Nobody can say what it holds, so that nothing goes.
      if hold.isUnreadable { return true }
      let isOfControl = hold.isOn(controls, adoptions: store.state.adoptions, store.library)
      guard !isOfControl, !hold.objects.isEmpty else { return isOfControl }
      let held = Set(hold.objects)
      if objects.contains(where: held.contains) || manifest.map(held.contains) == true { return true }
      guard let manifest else { return false }
      var isListed = false
      _ = try ManifestItems.forEach(manifest, store) { if held.contains($0.digest) { isListed = true } }
      return isListed
    }.map(\.id)
  }
}

extension LogState.HoldRecord {
  /// Whether it is on whatever shows something of some controls.
  func isOn(_ controls: [String], adoptions: [LogState.Adoption], _ library: ObjectLibrary) -> Bool {
    self.controls.contains { held in controls.contains { library.overlap(held, $0, adoptions: adoptions) } }
  }
}
