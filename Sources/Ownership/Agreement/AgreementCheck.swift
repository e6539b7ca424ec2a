package import Agreements
package import Catalogs
internal import Crypto
internal import Findings
package import Statements

/// Finds everything wrong with an agreement at once: names that do not exist, lines that collide, what cannot be handed
/// over, promises outside their party's scope.
package struct AgreementCheck {
  /// What was found; faults keep the agreement from being applied, remarks do not.
  package struct Outcome: Sendable {
    package var faults: [Diagnostic] = []
    package var remarks: [Diagnostic] = []
  }

  let document: EngagementDocument
  private let sources: SourceMap
  let state: LogState
  private let finder: ControlFinder
  private let bareNames: BareNames
  /// What bare names came to, by framework, and where the first stands.
  private var understood: [(framework: String, path: [SourceMap.Step], names: [String])] = []
  private var outcome = Outcome()

  /// - Parameter finder: Over the catalogs adopted on the day from which the agreement speaks.
  package static func run(
    _ document: EngagementDocument, _ sources: SourceMap, state: LogState, finder: ControlFinder,
    library: ObjectLibrary, today: Day
  ) throws -> Outcome {
    let adoptions = try state.adoptions.map { try ResolutionInput.Adoption($0, library: library) }
    let names = BareNames(adoptions, before: Int.max)
    var check = AgreementCheck(document: document, sources: sources, state: state, finder: finder, bareNames: names)
    check.checkHead(today: today)
    check.checkCustoms(today: today)
    check.checkScope()
    check.checkPromises()
    check.checkClauses()
    check.checkCollisions(adoptions)
    check.tellUnderstood()
    let order: (Diagnostic, Diagnostic) -> Bool = { ($0.line, $0.column) < ($1.line, $1.column) }
    check.outcome.faults.sort(by: order)
    check.outcome.remarks.sort(by: order)
    return check.outcome
  }

  private init(
    document: EngagementDocument, sources: SourceMap, state: LogState, finder: ControlFinder, bareNames: BareNames
  ) {
    self.bareNames = bareNames
    self.document = document
    self.sources = sources
    self.state = state
    self.finder = finder
  }

  mutating func fault(_ steps: [SourceMap.Step], _ message: String) {
    outcome.faults.append(Diagnostic(sources.position(steps), message))
  }

  mutating func remark(_ steps: [SourceMap.Step], _ message: String) {
    outcome.remarks.append(Diagnostic(sources.position(steps), message))
  }

  // MARK: Client, providers, term, frameworks

  private mutating func checkHead(today: Day) {
    if document.client != state.client {
      fault(["client"], "the client of this store is '\(state.client)', not '\(document.client)'")
    }
    for (index, provider) in document.providers.enumerated() {
      guard let party = state.membership.party(provider) else {
        let similar = suggestion(provider, Set(state.membership.parties.map(\.id)))
        fault(
          ["providers", .index(index)],
          "no party '\(provider)' has joined" + (similar.isEmpty ? ": custody party add \(provider)" : similar))
        continue
      }
      if party.kind == .client || party.kind == .auditor {
        fault(
          ["providers", .index(index)],
          "'\(provider)' is a party of kind \(party.kind.rawValue), which provides nothing")
      } else if party.leftDay != nil {
        fault(["providers", .index(index)], "'\(provider)' has left")
      }
    }
    if let effective = document.effective, effective > document.termThrough {
      fault(["effective"], "it speaks from \(effective) on, and its term ends on \(document.termThrough)")
    }
    if document.termThrough < today {
      remark(["term", "through"], "the term has ended already, on \(document.termThrough)")
    }
    let isFirst = !state.versions.contains { $0.engagement == document.id }
    if isFirst, document.termThrough >= today, document.termFrom < today.adding(months: -24) {
      remark(
        ["term", "from"],
        "the term began on \(document.termFrom), years before today: all that is accepted now is shown as backdated")
    }
    let adopted = Set(state.adoptions.map(\.framework))
    for (index, framework) in (document.frameworks ?? []).enumerated() where !adopted.contains(framework) {
      let similar = suggestion(framework, BundledCatalogs.names.contains(framework) ? [] : adopted)
      fault(
        ["frameworks", .index(index)],
        "no framework '\(framework)' is adopted"
          + (similar.isEmpty ? ": custody framework adopt \(framework)" : similar))
    }
    let engagements = Set(state.versions.map(\.engagement))
    for (index, other) in document.yieldsTo.enumerated() {
      if other == document.id {
        fault(["yields-to", .index(index)], "an engagement does not yield to itself")
      } else if !engagements.contains(other) {
        fault(["yields-to", .index(index)], "there is no engagement '\(other)'" + suggestion(other, engagements))
      }
    }
  }

  /// Under a managed model the catalog of functions says what stays with the client by custom, from its adoption on.
  private mutating func checkCustoms(today: Day) {
    let functions = ControlFinder.functions
    guard document.model == .managed,
      let adopted = state.adoptions.filter({ $0.framework == functions }).map(\.effective).min()
    else { return }
    let isFirst = !state.versions.contains { $0.engagement == document.id }
    let start = max(document.effective ?? (isFirst ? document.termFrom : today), document.termFrom)
    guard start < adopted else { return }
    remark(
      ["term", "from"],
      "'\(functions)' is adopted from \(adopted) on, and this speaks from \(start) on: for the days between, nothing stays with "
        + "the client by custom; 'custody framework adopt \(functions) --effective \(start)' changes that")
  }

  // MARK: Lines of the scope

  /// What nobody does is told once, however many lines it is about.
  private mutating func tellUnstaffed(_ lines: [(index: Int, line: ScopeLine)]) {
    guard let first = lines.first else { return }
    guard lines.count > 1 else {
      return remark(
        ["scope", .index(first.index)],
        "nobody is named as responsible: '\(first.line.accountable)' answers, and who does it is left open")
    }
    let numbers = lines.map { "\($0.line.line)" }
    remark(
      ["scope", .index(first.index)],
      "nobody is named as responsible in \(lines.count) lines of the scope, and who does it is left open: "
        + "lines \(Wording.list(numbers))")
  }

  private mutating func checkScope() {
    var unstaffed: [(index: Int, line: ScopeLine)] = []
    defer { tellUnstaffed(unstaffed) }
    for (index, line) in document.scope.enumerated() {
      let path: [SourceMap.Step] = ["scope", .index(index)]
      checkTargets(line.target, accountable: line.accountable, path)
      checkParty(line.accountable, path + ["accountable"])
      for (key, names) in [
        ("responsible", line.responsible), ("consulted", line.consulted), ("informed", line.informed),
      ] {
        for (place, name) in names.enumerated() { checkPerson(name, path + [.key(key), .index(place)]) }
      }
      if line.responsible.isEmpty { unstaffed.append((index, line)) }
      if let through = line.through, through < document.termFrom {
        fault(path + ["through"], "the line ends on \(through), before the term begins on \(document.termFrom)")
      }
      if let from = line.from, from > document.termThrough {
        fault(path + ["from"], "the line begins on \(from), after the term ends on \(document.termThrough)")
      }
    }
  }

  /// - Parameter accountable: Who is to answer for it; nil where nobody is made to.
  mutating func checkTargets(_ target: ScopeLine.Target, accountable: String?, _ path: [SourceMap.Step]) {
    switch target {
    case .domains(let domains): checkDomains(domains, path)
    case .families(let families):
      for (place, family) in families.enumerated() {
        let step = path + ["families", .index(place)]
        let full = understand(family, bareNames.family, step)
        if let id = ControlID(parsing: full), finder.family(id) != nil { continue }
        fault(
          path + ["families", .index(place)],
          "no adopted framework has the family '\(family)': " + self.family(like: family))
      }
    case .controls(let controls):
      for (place, control) in controls.enumerated() {
        checkControl(control, accountable, path + ["controls", .index(place)])
      }
    }
  }

  private func family(like text: String) -> String {
    switch finder.resolveFamily(text) {
    case .family(let id): "write '\(id)'"
    case .ambiguous(let ids): "write \(Wording.list(ids.map { "'\($0)'" }, "or"))"
    case .unknown(let similar) where !similar.isEmpty: "did you mean \(Wording.list(Array(similar.prefix(3)), "or"))?"
    case .found, .withdrawn, .unknown: "write 'framework/family'"
    }
  }

  /// - Returns: The domains that there are.
  @discardableResult
  mutating func checkDomains(_ domains: [String], _ path: [SourceMap.Step]) -> [(place: Int, domain: String)] {
    let known = Set(finder.domains)
    var found: [(place: Int, domain: String)] = []
    for (place, domain) in domains.enumerated() {
      if known.contains(domain) {
        found.append((place, domain))
      } else {
        fault(path + ["domains", .index(place)], "there is no domain '\(domain)'" + suggestion(domain, known))
      }
    }
    return found
  }

  private mutating func checkControl(_ text: String, _ accountable: String?, _ path: [SourceMap.Step]) {
    let full = understand(text, bareNames.control, path)
    guard let id = ControlID(parsing: full), let targets = finder.canonical(id) else {
      switch finder.resolve(text) {
      case .found(let found) where found.count == 1: fault(path, "write '\(found[0])' for '\(text)'")
      case .found(let found), .ambiguous(let found):
        fault(path, "'\(text)' may be \(found.map(\.description).joined(separator: " or ")): write which")
      case .family(let family): fault(path, "'\(text)' is a family: write 'families: \(family)'")
      case .withdrawn(let id, let successors):
        let hint =
          successors.isEmpty ? "" : ": it went into \(successors.map(\.description).joined(separator: " and "))"
        fault(path, "'\(id)' is withdrawn\(hint)")
      case .unknown(let similar):
        let hint = similar.isEmpty ? "" : "; did you mean \(similar.prefix(3).joined(separator: ", "))?"
        fault(path, "no adopted framework has the control '\(text)'\(hint)")
      }
      return
    }
    guard let accountable, accountable != document.client else { return }
    for target in targets {
      let control = finder.unit(target).flatMap { finder.control($0.control) } ?? finder.control(target)
      guard let control, let citation = control.retained else { continue }
      fault(path, "'\(text)' stays with the client and cannot be handed to '\(accountable)': \(citation)")
    }
  }

  /// The name in full; as it is written where that is in full, or cannot be told.
  private mutating func understand(
    _ text: String, _ find: (String) -> String?, _ path: [SourceMap.Step]
  ) -> String {
    guard !text.utf8.contains(UInt8(ascii: "/")), let full = find(text), let id = ControlID(parsing: full) else {
      return text
    }
    if let place = understood.firstIndex(where: { $0.framework == id.framework }) {
      understood[place].names.append(text)
    } else {
      understood.append((id.framework, path, [text]))
    }
    return full
  }

  /// Nobody is to sign for a name in a framework that they did not think of.
  private mutating func tellUnderstood() {
    for (framework, path, names) in understood {
      let others =
        names.count > 1 ? " and \(names.count - 1) more without a framework are" : ", without a framework, is"
      remark(path, "'\(names[0])'\(others) read as '\(framework)' has \(names.count > 1 ? "them" : "it")")
    }
  }

  private mutating func checkParty(_ party: String, _ path: [SourceMap.Step]) {
    guard let known = state.membership.party(party) else {
      fault(path, "no party '\(party)' has joined" + suggestion(party, Set(state.membership.parties.map(\.id))))
      return
    }
    if known.leftDay != nil { fault(path, "'\(party)' has left") }
    if known.kind == .auditor { fault(path, "'\(party)' is an auditor, who answers for nothing here") }
    if known.kind == .provider, !document.providers.contains(party) {
      fault(path, "'\(party)' is not among the providers of this agreement")
    }
  }

  /// A party, a member who has joined, or a contact of this agreement.
  mutating func checkPerson(_ name: String, _ path: [SourceMap.Step]) {
    guard Identifier.isMember(name) else { return checkPresent(name, path) }
    guard let member = state.membership.member(name) else {
      if document.contacts.contains(where: { $0.id == name }) { return }
      let known = Set(state.membership.members.map(\.id) + document.contacts.map(\.id))
      fault(
        path, "no member '\(name)' has joined, and no contact of that id is listed" + suggestion(name, known))
      return
    }
    if member.left != nil { fault(path, "'\(name)' has left") }
  }

  mutating func checkPresent(_ party: String, _ path: [SourceMap.Step]) {
    if state.membership.party(party) == nil {
      fault(path, "no party '\(party)' has joined" + suggestion(party, Set(state.membership.parties.map(\.id))))
    } else if !state.membership.isPresent(party: party) {
      fault(path, "'\(party)' has left")
    }
  }

  private func suggestion(_ name: String, _ known: Set<String>) -> String {
    if let nearest = Spelling.nearest(to: name, among: known.sorted()) { return "; did you mean \(nearest)?" }
    let near = known.filter { $0.hasPrefix(name.prefix(3)) || name.hasPrefix($0.prefix(3)) }.sorted()
    return near.isEmpty ? "" : "; did you mean \(near.prefix(3).joined(separator: ", "))?"
  }

  // MARK: Service levels and duties

  private mutating func checkPromises() {
    for (index, level) in document.serviceLevels.enumerated() {
      let path: [SourceMap.Step] = ["service-levels", .index(index)]
      checkPresent(level.party, path + ["party"])
      for (place, domain) in checkDomains(level.domains, path) where !answers(level.party, for: domain) {
        remark(
          path + ["domains", .index(place)],
          "'\(level.party)' promises a level for '\(domain)' and no line makes it accountable there")
      }
    }
    for (index, duty) in document.duties.enumerated() {
      checkPresent(duty.party, ["duties", .index(index), "party"])
    }
  }

  /// Whether a line, or the model, makes a party accountable for a domain.
  private func answers(_ party: String, for domain: String) -> Bool {
    let lines = document.scope.filter { line in
      guard case .domains(let domains) = line.target else { return false }
      return domains.contains(domain)
    }
    if !lines.isEmpty { return lines.contains { $0.accountable == party } }
    switch document.model {
    case .managed: return document.providers == [party]
    case .inHouse: return party == document.client
    case .coManaged: return false
    }
  }

  // MARK: Lines of one rank

  /// Two lines of one rank for one unit and day.
  private mutating func checkCollisions(_ adoptions: [ResolutionInput.Adoption]) {
    // What cannot be told is a fault already.
    let document = document.spelledOut(bareNames) ?? document
    let matching = LineMatching(document.scope, names: ControlNames(adoptions))
    let starts = Set([document.termFrom] + adoptions.map(\.effective))
      .filter { $0 >= document.termFrom && $0 <= document.termThrough }.sorted()
    let input = ResolutionInput(client: state.client, adoptions: adoptions)
    var told: Set<[Int]> = []
    for (place, start) in starts.enumerated() {
      let through = place + 1 < starts.count ? starts[place + 1].adding(days: -1) : document.termThrough
      // Each set of lines is told once, of the first day and unit; a unit is asked on the days of its own lines.
      var first: [[Int]: (day: Day, unit: Int, best: LineMatching.Best, id: ControlID)] = [:]
      let scope = AdoptedScope(input, on: start)
      for (number, unit) in scope.units.enumerated() where scope.applies(unit) == true {
        var days: Set<Day> = []
        matching.insertDays(of: unit, into: &days)
        for day in days.filter({ $0 > start && $0 <= through }).union([start]).sorted() {
          guard let best = matching.best(unit, on: day), best.indices.count > 1, !told.contains(best.indices) else {
            continue
          }
          if let known = first[best.indices], (known.day, known.unit) <= (day, number) { continue }
          first[best.indices] = (day, number, best, unit.id)
        }
      }
      for (indices, found) in first.sorted(by: { ($0.value.day, $0.value.unit) < ($1.value.day, $1.value.unit) }) {
        told.insert(indices)
        guard let last = indices.last else { continue }
        let others = indices.dropLast().map { "line \(document.scope[$0].line)" }.joined(separator: ", ")
        fault(
          ["scope", .index(last)],
          "two lines of one rank name '\(found.id)' on \(found.day): this one (\(found.best.lines.last?.text ?? "")) and "
            + others)
      }
    }
  }
}
