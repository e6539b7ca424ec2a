internal import Agreements
internal import Catalogs
internal import Findings
internal import Spreadsheets
internal import Statements

/// What rows decide, collected by what they are about, and made lines of once all are read.
struct MatrixDecisions {
  /// Who answers for something.
  struct Answer: Hashable {
    var accountable: String
    var responsible: [String]
    var consulted: [String]
    var informed: [String]
  }

  private struct Said {
    var answer: Answer
    let place: CellPlace
    let text: String
  }

  private var order: [MatrixTargets.Target] = []
  private var said: [MatrixTargets.Target: [Said]] = [:]
  private var names: [String: String] = [:]

  // MARK: A row

  mutating func add(
    _ targets: [MatrixTargets.Target], at place: CellPlace, _ text: String, _ row: MatrixRow,
    _ options: MatrixReader.Options, _ reading: inout MatrixReading
  ) {
    note(targets, row, &reading)
    reading.remarks += row.remarks
    for fault in row.faults {
      reading.unread.append(MatrixReading.Unread(place: fault.place, text: fault.text, reason: fault.reason))
    }
    for claim in row.claims {
      if case .person(let id, let name) = claim.who, names[id] == nil { names[id] = name }
    }
    let responsible = MatrixDecisions.who(row, .responsible)
    if row.faults.contains(where: \.isOpening) {
      let places = row.faults.filter(\.isOpening).map(\.place.description)
      return leave(targets, at: place, text, "\(Wording.list(places)) cannot be understood", responsible, &reading)
    }
    if let cell = row.notApplicable {
      reading.notApplicable.append(
        MatrixReading.Open(
          target: MatrixDecisions.target(targets), place: cell, text: text, reason: "it does not apply", responsible: []
        ))
      return
    }
    let parties = ([options.parties.client] + options.parties.providers).map(\.id)
    let accountable = row.claims.filter { $0.letter == .accountable }
    let answering = MatrixDecisions.unique(accountable.map { MatrixDecisions.party($0.who) })
    var party: String?
    var shares = responsible
    if answering.count > 1 {
      let places = Wording.list(MatrixDecisions.unique(accountable.map(\.place.description)))
      return leave(
        targets, at: place, text,
        "\(places) make \(Wording.list(answering.map { "'\($0)'" })) accountable, and one party can be",
        responsible, &reading)
    } else if let one = answering.first {
      party = one
      let cells = MatrixDecisions.unique(accountable.map(\.place.description))
      if cells.count > 1 {
        reading.remarks.append("\(place): \(Wording.list(cells)) are all of '\(one)', which is accountable as a party")
      }
    } else if row.shared != nil {
      if shares.isEmpty { shares = parties }
      party = options.shared
      if party == nil {
        return leave(
          targets, at: place, text, "it is shared: one party must be accountable; --shared PARTY says which", shares,
          &reading)
      }
    } else {
      let working = MatrixDecisions.unique(responsible.map { Identifier.party(ofMember: $0) })
      if options.responsibleAnswers, working.count == 1 { party = working[0] }
    }
    guard let party else {
      let named = row.claims.isEmpty ? "nobody is named" : "nobody is accountable"
      return leave(targets, at: place, text, named, responsible, &reading)
    }
    if !row.claims.contains(where: { $0.letter == .responsible }), row.shared == nil,
      case .person(let id, _)? = accountable.first?.who
    {
      reading.remarks.append("\(place): '\(id)' is accountable, and the agreement says it of '\(party)'")
    }
    let answer = Answer(
      accountable: party, responsible: shares, consulted: MatrixDecisions.who(row, .consulted),
      informed: MatrixDecisions.who(row, .informed))
    for target in targets { put(target, answer, place, text) }
  }

  private mutating func put(_ target: MatrixTargets.Target, _ answer: Answer, _ place: CellPlace, _ text: String) {
    if said[target] == nil { order.append(target) }
    said[target, default: []].append(Said(answer: answer, place: place, text: text))
  }

  mutating func leave(
    _ targets: [MatrixTargets.Target], at place: CellPlace, _ text: String, _ reason: String, _ responsible: [String],
    _ reading: inout MatrixReading
  ) {
    reading.open.append(
      MatrixReading.Open(
        target: MatrixDecisions.target(targets), place: place, text: text, reason: reason, responsible: responsible))
  }

  private func note(_ targets: [MatrixTargets.Target], _ row: MatrixRow, _ reading: inout MatrixReading) {
    guard row.clientText != nil || row.providerText != nil, let target = MatrixDecisions.target(targets) else { return }
    reading.notes.append(Note(target: target, client: row.clientText, provider: row.providerText))
  }

  // MARK: All rows

  mutating func finish(_ finder: ControlFinder, _ options: MatrixReader.Options, _ reading: inout MatrixReading) {
    var decided: [(target: MatrixTargets.Target, said: Said)] = []
    for target in order {
      guard let all = said[target], var one = all.first else { continue }
      let places = Wording.list(MatrixDecisions.unique(all.map(\.place.description)))
      if Set(all.map(\.answer.accountable)).count > 1 {
        leave(
          [target], at: one.place, one.text, "\(places) name different parties for \(MatrixDecisions.name(target))", [],
          &reading)
        continue
      }
      if Set(all.map(\.answer)).count > 1 {
        one.answer.responsible = MatrixDecisions.unique(all.flatMap(\.answer.responsible))
        one.answer.consulted = MatrixDecisions.unique(all.flatMap(\.answer.consulted))
        one.answer.informed = MatrixDecisions.unique(all.flatMap(\.answer.informed))
        reading.remarks.append("\(places) are all \(MatrixDecisions.name(target)): one line names all of them")
      }
      if one.answer.accountable != options.parties.client.id, let citation = retained(target, finder) {
        leave(
          [target], at: one.place, one.text,
          "\(MatrixDecisions.name(target)) stays with the client and cannot be handed over: \(citation)",
          one.answer.responsible, &reading)
        continue
      }
      decided.append((target, one))
    }
    makeLines(wholeFamilies(decided, finder), &reading)
    keepContacts(options, &reading)
    var frameworks: Set<String> = []
    let open = (reading.open + reading.notApplicable).compactMap(\.target) + reading.notes.map(\.target)
    for target in reading.lines.map(\.scope.target) + open {
      switch target {
      case .domains: continue
      case .families(let names), .controls(let names):
        for name in names { if let id = ControlID(parsing: name) { frameworks.insert(id.framework) } }
      }
    }
    reading.frameworks = frameworks.sorted()
  }

  private func retained(_ target: MatrixTargets.Target, _ finder: ControlFinder) -> String? {
    guard case .control(let id) = target else { return nil }
    return (finder.unit(id).flatMap { finder.control($0.control) } ?? finder.control(id))?.retained
  }

  /// Controls of a family that all have one answer become the family.
  private func wholeFamilies(
    _ decided: [(target: MatrixTargets.Target, said: Said)], _ finder: ControlFinder
  ) -> [(target: MatrixTargets.Target, said: [Said])] {
    var answers: [ControlID: Said] = [:]
    for (target, said) in decided { if case .control(let id) = target { answers[id] = said } }
    var taken: Set<ControlID> = []
    var wholes: [ControlID: ControlID] = [:]
    for catalog in finder.catalogs where catalog.framework != ControlFinder.functions {
      for family in catalog.families where family.parent == nil {
        let controls = catalog.controls(inFamily: family.id)
        guard controls.count > 1, controls.allSatisfy({ $0.sameAs.isEmpty }),
          let first = controls.first.flatMap({ answers[$0.id]?.answer }),
          controls.allSatisfy({ answers[$0.id]?.answer == first })
        else { continue }
        // Lines for some of its objectives say something else.
        let units = controls.flatMap(\.units).map(\.id).filter { answers[$0] != nil && finder.control($0) == nil }
        guard units.isEmpty, !decided.contains(where: { $0.target == .family(family.id) }) else { continue }
        for control in controls {
          wholes[control.id] = family.id
          taken.insert(control.id)
        }
      }
    }
    var result: [(target: MatrixTargets.Target, said: [Said])] = []
    var places: [ControlID: Int] = [:]
    for (target, said) in decided {
      if case .control(let id) = target, let family = wholes[id] {
        if let place = places[family] {
          result[place].said.append(said)
        } else {
          places[family] = result.count
          result.append((.family(family), [said]))
        }
      } else {
        result.append((target, [said]))
      }
    }
    return result
  }

  /// One line for all of a kind that have one answer.
  private func makeLines(_ decided: [(target: MatrixTargets.Target, said: [Said])], _ reading: inout MatrixReading) {
    struct Key: Hashable {
      let kind: Int
      let answer: Answer
    }
    var index: [Key: Int] = [:]
    for (target, said) in decided {
      guard let answer = said.first?.answer else { continue }
      let (kind, name): (Int, String) =
        switch target {
        case .domain(let domain): (0, domain)
        case .family(let id): (1, id.description)
        case .control(let id): (2, id.description)
        }
      let key = Key(kind: kind, answer: answer)
      if let place = index[key] {
        reading.lines[place].scope.target.append(name)
        for one in said where !reading.lines[place].places.contains(one.place) {
          reading.lines[place].places.append(one.place)
        }
        continue
      }
      index[key] = reading.lines.count
      let scope = ScopeLine(
        target: kind == 0 ? .domains([name]) : kind == 1 ? .families([name]) : .controls([name]),
        accountable: answer.accountable, responsible: answer.responsible, consulted: answer.consulted,
        informed: answer.informed, from: nil, through: nil, evidenceEvery: nil, line: 0)
      reading.lines.append(MatrixReading.Line(scope: scope, places: MatrixDecisions.unique(said.map(\.place))))
    }
  }

  /// Persons that hold no key here.
  private func keepContacts(_ options: MatrixReader.Options, _ reading: inout MatrixReading) {
    let members = Set(options.parties.people.filter(\.holdsKey).map(\.id))
    let used =
      reading.lines.flatMap { $0.scope.responsible + $0.scope.consulted + $0.scope.informed }
      + reading.open.flatMap(\.responsible)
    let mentioned = Set(used).union(names.keys)
    reading.contacts = mentioned.filter { Identifier.isMember($0) && !members.contains($0) }.sorted().map { id in
      Contact(id: id, name: names[id] ?? id)
    }
  }

  // MARK: Small change

  private static func who(_ row: MatrixRow, _ letter: RACI) -> [String] {
    unique(
      row.claims.filter { $0.letter == letter }.map { claim in
        switch claim.who {
        case .party(let id), .person(let id, _): id
        case .unclear: ""
        }
      })
  }

  private static func party(_ who: MatrixParties.Meaning) -> String {
    switch who {
    case .party(let id): id
    case .person(let id, _): Identifier.party(ofMember: id)
    case .unclear: ""
    }
  }

  private static func target(_ targets: [MatrixTargets.Target]) -> ScopeLine.Target? {
    var (domains, families, controls): ([String], [String], [String]) = ([], [], [])
    for target in targets {
      switch target {
      case .domain(let domain): domains.append(domain)
      case .family(let id): families.append(id.description)
      case .control(let id): controls.append(id.description)
      }
    }
    if !controls.isEmpty { return .controls(unique(controls)) }
    if !families.isEmpty { return .families(unique(families)) }
    return domains.isEmpty ? nil : .domains(unique(domains))
  }

  private static func name(_ target: MatrixTargets.Target) -> String {
    switch target {
    case .domain(let domain): domain
    case .family(let id), .control(let id): id.description
    }
  }

  private static func unique<Item: Hashable>(_ items: [Item]) -> [Item] {
    var seen: Set<Item> = []
    return items.filter { seen.insert($0).inserted }
  }
}

extension ScopeLine.Target {
  fileprivate mutating func append(_ name: String) {
    switch self {
    case .domains(let names): self = .domains(names + [name])
    case .families(let names): self = .families(names + [name])
    case .controls(let names): self = .controls(names + [name])
    }
  }
}
