internal import Agreements
internal import Catalogs
internal import Ownership

/// What agreements say in words about each side's part, found by control.
struct AgreementNotes {
  /// Both sides' part.
  struct Text: Equatable {
    let client: String?
    let provider: String?
  }

  private var byVersion: [Int: [String: [Text]]] = [:]

  init(_ resolver: Resolver) {
    for (index, version) in resolver.input.versions.enumerated() {
      for note in version.document?.notes ?? [] {
        let text = Text(client: note.client, provider: note.provider)
        let names: [String] =
          switch note.target {
          case .controls(let names), .families(let names), .domains(let names): names
          }
        for name in names { byVersion[index, default: [:]][name, default: []].append(text) }
      }
    }
  }

  /// What the version that holds for a unit says of it: of the unit, its control, its families, its domain, in that order.
  func texts(_ unit: ResponsibilityMatrix.UnitRow) -> [Text] {
    guard !byVersion.isEmpty else { return [] }
    let facts = unit.ownership.unit
    let names =
      [unit.id.description, unit.control.description] + facts.families.map(\.description)
      + [facts.domain].compactMap { $0 }
    var found: [Text] = []
    for claim in unit.ownership.claims {
      guard let texts = claim.holding.version.flatMap({ byVersion[$0] }) else { continue }
      for name in names {
        for text in texts[name] ?? [] where !found.contains(text) { found.append(text) }
      }
    }
    return found
  }
}
