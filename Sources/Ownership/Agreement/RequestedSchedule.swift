internal import Catalogs
package import Agreements
package import Crypto
package import Statements

/// Whether a schedule that came by mail says what its agreement does, judged by the agreement and the catalogs alone.
package enum RequestedSchedule {
  /// A catalog that the agreement is read with.
  package struct NamedCatalog {
    package var framework: String
    package var digest: Digest

    package init(framework: String, digest: Digest) {
      self.framework = framework
      self.digest = digest
    }
  }

  /// Whether each unit line that names a party has the very terms of the agreement, and each other line is one of its own.
  ///
  /// What held before only the store says: lines that take something away name nobody, or whom the agreement names.
  ///
  /// - Parameter library: Gives the catalogs.
  package static func isOf(
    _ document: EngagementDocument, _ schedule: Schedule, catalogs: [NamedCatalog], library: ObjectLibrary
  ) throws -> Bool {
    guard let first = Day(year: 1, month: 1, day: 1) else { return false }
    var input = ResolutionInput(client: document.client)
    for (place, catalog) in catalogs.enumerated() {
      let adoption = LogState.Adoption(
        entry: place, day: first, framework: catalog.framework, catalog: catalog.digest, effective: first,
        notApplicable: [:])
      input.adoptions.append(try ResolutionInput.Adoption(adoption, library: library))
    }
    guard let document = document.spelledOut(BareNames(input.adoptions, before: catalogs.count)) else { return false }
    input.versions = [
      ResolutionInput.Version(
        entry: catalogs.count, day: first, engagement: document.id, statement: .zero, effective: first,
        document: document)
    ]
    let resolver = Resolver(input)
    let units = Dictionary(
      resolver.scope(on: document.termFrom).units.map { ($0.id.description, $0) }, uniquingKeysWith: { $1 })
    let isGiven = schedule.units.allSatisfy { line in
      guard line.terms.accountable != nil else { return true }
      guard let unit = units[line.unit] else { return false }
      return [line.from, line.through].allSatisfy { day in
        resolver.answer(0, unit, on: day, in: resolver.scope(on: day))?.terms == line.terms
      }
    }
    let own = Set(document.otherLines([:]).otherLines.joined().filter { $0.key.kind != .paper }.map(\.text))
    let said = schedule.otherLines.joined().filter { $0.key.kind != .paper }.map(\.text)
    return isGiven && said.allSatisfy { own.contains($0) }
  }
}
