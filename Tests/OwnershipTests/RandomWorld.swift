@testable import Agreements
import Catalogs
import Crypto
@testable import Ownership
import Statements
import TestSupport

/// Logs that nobody would write, in which everything that the six rules speak of happens.
struct RandomWorld {
  var world = NaiveWorld()
  private var random: SeededRandom
  private var day: Day
  private var gone: Set<String> = []

  /// The days that worlds speak of.
  static let days = Day(year: 2026, month: 1, day: 1).map { first in (0..<45).map { first.adding(days: $0) } } ?? []
  static let engagements = ["one", "two", "three", "four"]
  static let providers = ["pro", "qua"]
  static let domains = ["d1", "d2", "d3"]

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
    day = RandomWorld.days[0]
    add(.adoption(itFunctions()))
    add(.adoption(framework("A", effective: RandomWorld.days[0].adding(days: -10))))
    let count = Int.random(in: 6...18, using: &random)
    for _ in 0..<count { step() }
  }

  private mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func some<T>(_ values: [T], _ percent: Int) -> [T] { values.filter { _ in chance(percent) } }

  private mutating func anyDay() -> Day { pick(RandomWorld.days) }

  private mutating func add(_ event: NaiveWorld.Event) { world.entries.append((day, event)) }

  // MARK: Catalogs

  /// Six units in three controls and two families, one within the other; the catalogs differ in where they put them.
  static func units(_ catalog: String) -> [NaiveWorld.Unit] {
    let isNew = catalog == "B"
    func unit(_ id: String, _ control: String, _ families: [String], _ domain: String?, retained: Bool = false)
      -> NaiveWorld.Unit
    {
      NaiveWorld.Unit(
        id: "fw/\(id)", control: "fw/\(control)", families: families.map { "fw/\($0)" }, domain: domain,
        isRetained: retained)
    }
    return [
      unit("1[a]", "1", ["f"], "d1"),
      unit("1[b]", "1", ["f"], "d1"),
      unit("2", "2", isNew ? ["g", "f"] : ["f"], isNew ? "d3" : "d2"),
      unit("3[a]", "3", ["g", "f"], nil, retained: true),
      unit("3[b]", "3", ["g", "f"], "d2", retained: true),
      unit("4", "4", ["h"], isNew ? "d1" : nil),
    ]
  }

  private func framework(_ catalog: String, effective: Day, excluding: Set<String> = []) -> NaiveWorld.Adoption {
    NaiveWorld.Adoption(
      framework: "fw", catalog: catalog, effective: effective, notApplicable: excluding,
      units: RandomWorld.units(catalog), typicalManaged: [:])
  }

  private mutating func itFunctions() -> NaiveWorld.Adoption {
    let first = RandomWorld.days[0].adding(days: -10)
    let customs = ["client", "shared", "provider"]
    var typical: [String: String] = [:]
    for domain in RandomWorld.domains where chance(80) { typical[domain] = pick(customs) }
    return NaiveWorld.Adoption(
      framework: "it-functions", catalog: "it", effective: first, notApplicable: [],
      units: RandomWorld.domains.map {
        NaiveWorld.Unit(
          id: "it-functions/\($0)", control: "it-functions/\($0)", families: [], domain: $0, isRetained: false)
      }, typicalManaged: typical)
  }

  // MARK: Entries

  private mutating func step() {
    if chance(60) { day = day.adding(days: Int.random(in: 0...5, using: &random)) }
    let versions = world.entries.indices.filter {
      if case .version = world.entries[$0].event { true } else { false }
    }
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<26: add(.version(version()))
    case 26..<85:
      guard !versions.isEmpty else { return add(.version(version())) }
      // All who may be needed often sign one after the other.
      let entry = pick(versions)
      let parties = chance(70) ? ["acme"] + RandomWorld.providers : [pick(["acme"] + RandomWorld.providers)]
      for party in parties where !gone.contains(party) { add(.word(word(party, on: entry))) }
    case 85..<93: end(pick(RandomWorld.engagements))
    case 93..<98:
      let excluded = Set(some(["fw/1", "fw/1[a]", "fw/2", "fw/4"], 20))
      add(.adoption(framework(pick(["A", "B"]), effective: anyDay(), excluding: excluded)))
    default:
      let party = pick(RandomWorld.providers)
      if gone.insert(party).inserted { add(.leave(party: party)) }
    }
  }

  /// An end, and often the same agreement once more after it, or an acceptance of what stood before.
  private mutating func end(_ engagement: String) {
    let earlier = world.entries.indices.filter {
      if case .version(let version) = world.entries[$0].event { version.engagement == engagement } else { false }
    }
    // An end of what is not there says nothing, and would not count.
    guard let newest = earlier.last, case .version(let version) = world.entries[newest].event else { return }
    add(.end(engagement: engagement, on: chance(50) ? anyDay() : nil))
    if chance(20) { add(.end(engagement: engagement, on: anyDay())) }
    if chance(30) { day = day.adding(days: Int.random(in: 0...5, using: &random)) }
    let parties = some(["acme"] + RandomWorld.providers, 80).filter { !gone.contains($0) }
    if chance(40) {
      for party in parties { add(.word(word(party, on: newest))) }
    }
    guard chance(60) else { return }
    var again = version
    again.signedDay = day
    add(.version(again))
    let entry = world.entries.count - 1
    for party in parties { add(.word(word(party, on: entry))) }
  }

  private mutating func version() -> NaiveWorld.Version {
    let engagement = pick(RandomWorld.engagements)
    guard chance(96) else { return NaiveWorld.Version(engagement: engagement, signedDay: day, document: nil) }
    let papers = ["sow.txt", "baa.txt", "nda.txt"]
    let model: EngagementDocument.Model = pick([.managed, .coManaged, .coManaged, .inHouse])
    let providers = model == .inHouse ? [] : chance(70) ? [pick(RandomWorld.providers)] : RandomWorld.providers
    let from = anyDay()
    var document = EngagementDocument(
      id: engagement, model: model, client: "acme", providers: providers,
      termFrom: chance(60) ? RandomWorld.days[0] : from,
      termThrough: chance(40) ? RandomWorld.days[44] : from.adding(days: Int.random(in: 0...25, using: &random)),
      effective: chance(30) ? anyDay() : nil, statementOfWork: chance(30) ? papers[0] : nil,
      frameworks: chance(85) ? nil : chance(70) ? ["fw"] : ["it-functions"],
      yieldsTo: some(RandomWorld.engagements.filter { $0 != engagement }, 30),
      scope: (0..<Int.random(in: 1...7, using: &random)).map { _ in line(providers) }, serviceLevels: [], duties: [])
    // Few ids and few words, so that one version often says what another has said.
    document.duties = some(["minutes", "review"], 60).map { id in
      Duty(
        id: id, title: "Title", party: pick(providers + ["acme"]), when: chance(70) ? .every("month") : .within(days: 9)
      )
    }
    document.serviceLevels = some(["uptime"], 60).map { id in
      ServiceLevel(
        id: id, party: pick(providers + ["acme"]), domains: ["d1"], target: pick([">= 99", ">= 100"]), unit: "%",
        every: "month")
    }
    document.papers = some(Array(papers[1...]), 40).map { Paper(file: $0, kind: pick(["baa", "nda"])) }
    return NaiveWorld.Version(
      engagement: engagement, signedDay: day, document: document,
      papers: Dictionary(uniqueKeysWithValues: papers.map { ($0, pick(["x", "y"])) }))
  }

  private mutating func line(_ providers: [String]) -> ScopeLine {
    let targets: [ScopeLine.Target] = [
      .domains([pick(RandomWorld.domains)]), .domains(["d1", "d2"]), .families(["fw/f"]), .families(["fw/g"]),
      .families(["fw/h"]), .controls(["fw/1"]), .controls(["fw/1[a]"]), .controls(["fw/3[a]", "fw/2"]),
      .controls(["fw/3"]), .controls(["it-functions/d1"]),
    ]
    let parties = providers + ["acme"]
    let people = parties + parties.map { "\($0)/somebody" }
    return ScopeLine(
      target: pick(targets), accountable: pick(parties), responsible: some(people, 20), consulted: [], informed: [],
      from: chance(25) ? anyDay() : nil, through: chance(25) ? anyDay() : nil,
      evidenceEvery: chance(30) ? pick(["month", "quarter", "event"]) : nil, line: 0)
  }

  /// What a party says of a version: true lines of some units, sometimes cut or with a change that makes them false.
  private mutating func word(_ party: String, on version: Int) -> NaiveWorld.Word {
    let resolver = NaiveResolver(world: world, size: world.entries.count)
    let days = [RandomWorld.days[0].adding(days: -5)] + RandomWorld.days
    let framework = resolver.adoption("fw", on: anyDay())?.catalog ?? "A"
    var units = RandomWorld.units(framework) + resolver.world.itUnits
    if chance(50) { units = some(units, 50) }
    var lines: [Schedule.UnitLine] = []
    for unit in units {
      for day in days {
        guard let terms = resolver.answer(version, unit, on: day)?.terms else { continue }
        if let last = lines.last, last.unit == unit.id, last.through.adding(days: 1) == day, last.terms == terms {
          lines[lines.count - 1].through = day
        } else {
          lines.append(Schedule.UnitLine(unit: unit.id, from: day, through: day, terms: terms))
        }
      }
    }
    for index in lines.indices {
      if chance(8) { lines[index].from = min(lines[index].through, anyDay()) }
      if chance(5) { lines[index].terms.accountable = "acme" }
    }
    var catalogs = ["it-functions": Set(["it"]), "fw": chance(25) ? ["A", "B"] : [framework]]
    if chance(3) { catalogs["fw"] = nil }
    return NaiveWorld.Word(
      party: party, version: version, accepts: chance(90), lines: lines, catalogs: catalogs,
      otherLines: otherLines(party, on: version, resolver))
  }

  /// What a party says of all that is no unit: mostly what its schedule would have, and sometimes less, or another's.
  private mutating func otherLines(_ party: String, on version: Int, _ resolver: NaiveResolver) -> Set<String> {
    let own = resolver.lines(of: version)
    let schedule = own.filter { $0.kind != "paper statement-of-work" }
      .filter { party == "acme" || $0.parties.contains(party) }.map(\.text)
    if chance(75) { return Set(schedule) }
    let others = world.entries.indices.flatMap { resolver.lines(of: $0) }.map(\.text)
    return Set(some(schedule, 60) + some(others, 10))
  }
}

extension NaiveWorld {
  /// The units of the IT functions, if they are adopted.
  var itUnits: [Unit] {
    for entry in entries {
      if case .adoption(let adoption) = entry.event, adoption.framework == "it-functions" { return adoption.units }
    }
    return []
  }

  /// The same, as the resolver takes it.
  func input(size: Int) throws -> ResolutionInput {
    var input = ResolutionInput(client: client)
    var firsts: Set<String> = []
    for (index, entry) in entries.prefix(size).enumerated() {
      switch entry.event {
      case .adoption(let adoption):
        input.adoptions.append(
          ResolutionInput.Adoption(
            entry: index, framework: adoption.framework, effective: adoption.effective,
            catalog: SHA256.hash(adoption.catalog),
            notApplicable: Set(try adoption.notApplicable.map { try control($0) }),
            units: try adoption.units.map { unit in
              UnitFacts(
                id: try control(unit.id), control: try control(unit.control),
                families: try unit.families.map { try control($0) }, domain: unit.domain, isRetained: unit.isRetained)
            }, typicalManaged: adoption.typicalManaged))
      case .version(let version):
        let isFirst = firsts.insert(version.engagement).inserted
        let standard = isFirst ? version.document?.termFrom : version.signedDay
        input.versions.append(
          ResolutionInput.Version(
            entry: index, day: entry.day, engagement: version.engagement, statement: SHA256.hash("version \(index)"),
            effective: version.document.map { $0.effective ?? standard ?? version.signedDay } ?? entry.day,
            document: version.document, papers: version.papers.mapValues { SHA256.hash($0) }))
      case .word(let word):
        var lines: [ControlID: [Schedule.UnitLine]] = [:]
        for line in word.lines { lines[try control(line.unit), default: []].append(line) }
        input.acceptances.append(
          ResolutionInput.Acceptance(
            entry: index, day: entry.day, party: word.party, version: SHA256.hash("version \(word.version)"),
            accepts: word.accepts, lines: lines,
            catalogs: word.catalogs.mapValues { Set($0.map { SHA256.hash($0) }) },
            otherLines: Dictionary(grouping: word.otherLines) { text in
              let fields = text.split(separator: "\t").map(String.init)
              return Schedule.LineKey(Schedule.LineKey.Kind(rawValue: fields[0]) ?? .duty, fields[1])
            }.mapValues { Set($0) }))
      case .end(let engagement, let on):
        input.ends.append(
          ResolutionInput.End(entry: index, engagement: engagement, on: max(on ?? entry.day, entry.day)))
      case .leave(let party):
        input.leaves.append(ResolutionInput.Leave(entry: index, day: entry.day, party: party))
      }
    }
    return input
  }
}
