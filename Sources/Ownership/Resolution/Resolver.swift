internal import Agreements
internal import Catalogs
internal import Crypto
package import Statements

/// Answers who owns a unit on a day, by the six rules; pure.
package struct Resolver: Sendable {
  package let input: ResolutionInput
  /// The engagements' ids, in order of their first versions.
  package let engagements: [String]
  /// Indices into `input.versions`, by engagement, in log order.
  let versionsByEngagement: [String: [Int]]
  let matchings: [LineMatching]
  /// Frameworks that a version speaks for; nil for all that are adopted.
  private let frameworks: [Set<String>?]
  let acceptancesByVersion: [Digest: [ResolutionInput.Acceptance]]
  let eventsByEngagement: [String: [AgreementEvent]]
  /// What each version says about all that is no unit.
  let linesByVersion: [[Schedule.LineKey: DocumentLine]]
  let changeDays: ChangeDays
  private let scopes = ScopeMemory()

  package init(_ input: ResolutionInput) {
    self.input = input
    var engagements: [String] = []
    var versions: [String: [Int]] = [:]
    for (index, version) in input.versions.enumerated() {
      if versions[version.engagement] == nil { engagements.append(version.engagement) }
      versions[version.engagement, default: []].append(index)
    }
    self.engagements = engagements
    versionsByEngagement = versions
    let names = ControlNames(input.adoptions)
    matchings = input.versions.map { LineMatching($0.document?.scope ?? [], names: names) }
    frameworks = input.versions.map { Resolver.covered($0.document?.frameworks, by: input.adoptions) }
    acceptancesByVersion = Dictionary(grouping: input.acceptances, by: \.version)
    eventsByEngagement = input.events()
    linesByVersion = input.versions.map { $0.document?.linesByKey($0.papers) ?? [:] }
    changeDays = ChangeDays(input, versions)
  }

  /// The frameworks listed, what they lean on, and the IT functions, always.
  private static func covered(_ listed: [String]?, by adoptions: [ResolutionInput.Adoption]) -> Set<String>? {
    guard let listed else { return nil }
    var covered = Set(listed + ["it-functions"])
    var open = listed
    while let framework = open.popLast() {
      for adoption in adoptions where adoption.framework == framework {
        open += adoption.leansOn.filter { covered.insert($0).inserted }
      }
    }
    return covered
  }

  /// What is adopted on a day; each day is looked up once.
  package func scope(on day: Day) -> AdoptedScope { scopes.scope(on: day) { AdoptedScope(input, on: day) } }

  /// Rules 1 and 2: what a version says about a unit on a day.
  ///
  /// - Parameter index: Into `input.versions`.
  /// - Returns: nil where it does not speak for the day, or cannot be read.
  package func answer(_ index: Int, _ unit: UnitFacts, on day: Day, in scope: AdoptedScope) -> Answer? {
    let earlier = versionsByEngagement[input.versions[index].engagement, default: []].prefix { $0 < index }
    return answer(
      index, unit, on: day, in: scope, hasSpoken: earlier.contains { speaks($0, for: unit, on: day) })
  }

  /// The same.
  ///
  /// - Parameter hasSpoken: Whether an earlier version of the engagement, by its own term and frameworks, speaks for the
  ///   unit and the day.
  func answer(
    _ index: Int, _ unit: UnitFacts, on day: Day, in scope: AdoptedScope, hasSpoken: @autoclosure () -> Bool
  ) -> Answer? {
    let version = input.versions[index]
    guard let document = version.document, day >= version.effective else { return nil }
    let isCovered = frameworks[index]?.contains(unit.id.framework) ?? true
    guard isCovered, day >= document.termFrom, day <= document.termThrough else {
      // An earlier version answers here where it, or one before it, speaks for the day and the unit itself.
      return hasSpoken() ? .nobody(.outside) : nil
    }
    guard let best = matchings[index].best(unit, on: day) else {
      return standard(document, unit, in: scope)
    }
    return answer(from: best.lines, best.specificity, document, unit)
  }

  /// Whether a version speaks for a unit on a day by its own term and frameworks.
  func speaks(_ index: Int, for unit: UnitFacts, on day: Day) -> Bool {
    let version = input.versions[index]
    guard let document = version.document, day >= version.effective else { return false }
    return frameworks[index]?.contains(unit.id.framework) ?? true && day >= document.termFrom
      && day <= document.termThrough
  }

  /// The answer of the lines that match most specifically, united.
  private func answer(
    from lines: [(line: ScopeLine, text: String)], _ specificity: Specificity, _ document: EngagementDocument,
    _ unit: UnitFacts
  ) -> Answer {
    func distinct(_ names: [String]) -> [String] { Set(names).sorted(by: ByteOrder.precedes) }
    let named = distinct(lines.map(\.line.accountable))
    let responsible = distinct(lines.flatMap(\.line.responsible))
    let cadence = lines.compactMap { $0.line.evidenceEvery.flatMap { Cadence(rawValue: $0) } }.min()
    let parties = unit.isRetained ? [input.client] : named
    var answer = Answer(
      terms: Schedule.Terms(
        accountable: parties.joined(separator: ","),
        responsible: distinct(responsible.map { Identifier.party(ofMember: $0) }), cadence: cadence?.rawValue,
        yieldsTo: distinct(document.yieldsTo)),
      origin: unit.isRetained ? .retained : .line, parties: parties)
    // A domain or family line does not move what is retained; a line that names it would.
    answer.isUndelegable = unit.isRetained && specificity.isNaming && named != [input.client]
    answer.assignedBy = distinct(lines.map(\.text)).joined(separator: ", ")
    answer.responsible = responsible
    answer.consulted = distinct(lines.flatMap(\.line.consulted))
    answer.informed = distinct(lines.flatMap(\.line.informed))
    return answer
  }

  /// Rule 2: what holds where no line says otherwise.
  private func standard(_ document: EngagementDocument, _ unit: UnitFacts, in scope: AdoptedScope) -> Answer {
    func answer(_ party: String, _ origin: Answer.Origin, _ assignedBy: String) -> Answer {
      var answer = Answer(
        terms: Schedule.Terms(
          accountable: party, responsible: [], cadence: nil,
          yieldsTo: Set(document.yieldsTo).sorted(by: ByteOrder.precedes)),
        origin: origin, parties: [party])
      answer.assignedBy = assignedBy
      return answer
    }
    if unit.isRetained { return answer(input.client, .retainedDefault, "retained by the client") }
    switch document.model {
    case .inHouse: return answer(input.client, .inHouseDefault, "in-house default")
    case .coManaged: return .nobody(.nobody)
    case .managed:
      let custom = unit.domain.flatMap { scope.adoptions["it-functions"]?.typicalManaged[$0] }
      if custom == "client" || custom == "shared" {
        return answer(input.client, .clientDefault, "managed default, the client's by custom")
      }
      guard document.providers.count == 1 else { return .nobody(.nobody) }
      return answer(document.providers[0], .providerDefault, "managed default")
    }
  }
}
