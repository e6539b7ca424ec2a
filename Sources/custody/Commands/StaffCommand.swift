internal import Agreements
internal import CommandLine
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

/// `custody staff`: who of a party does the work.
enum StaffCommand {
  struct Arguments: Sendable {
    var engagement: String?
    var controls: [String] = []
    var responsible: [String] = []
    var nobody = false
    var wholeDomain = false
    var write = WriteOptions()
  }

  static let spec = CommandSpec<Arguments>(
    name: "staff", abstract: "Say who of your party does the work on some controls, or show who does.",
    discussion: """
      People come and go without a new agreement: an administrator of a party says who of it is responsible, and that takes \
      the place of what the agreement or an earlier word said for these controls. Without --responsible it shows what was \
      said so, the newest word on each control. A function, such as network-security, is one control; with --whole-domain \
      it stands for all that belongs to its domain and that the agreement gives your party.
      """,
    examples: [
      Example("custody staff acme-onsite 3.3.1 3.3.2 --responsible onsite/jane", "Jane does it from now on"),
      Example(
        "custody staff acme-onsite network-security --whole-domain --responsible onsite/jane",
        "the function, and every control of its domain"),
      Example("custody staff", "who does what, where it was said apart from the agreements"),
    ],
    parameters: [
      .positional(
        "ENGAGEMENT", help: "The agreement.", required: false, into: \.engagement, parse: CommandText.identifier),
      .positionals(
        "CONTROL", help: "Controls, or objectives of them.", required: false, into: \.controls, parse: CommandText.text),
      .repeatable(
        "responsible", value: "MEMBER", help: "Who does it, as in onsite/jane; once for each.", into: \.responsible,
        parse: CommandText.text),
      .flag(
        "whole-domain", help: "With a function: all controls of its domain that are your party's too.",
        into: \.wholeDomain),
      .flag("nobody", help: "Say that nobody does it any more.", into: \.nobody),
    ] + WriteOptions.parameters(in: \.write),
    initial: Arguments.init
  ) { arguments, global, console in
    guard arguments.nobody || !arguments.responsible.isEmpty else { return try show(arguments, global, console) }
    guard !arguments.nobody || arguments.responsible.isEmpty else {
      throw Failure(.usage, "--nobody and --responsible contradict each other")
    }
    guard let engagement = arguments.engagement, !arguments.controls.isEmpty else {
      throw Failure(
        .usage, "which agreement and which controls it is about is not said",
        hint: "as in: custody staff acme-onsite 3.3.1 --responsible onsite/jane")
    }
    let place = try SigningPlace.open(arguments.write, global, console)
    if let store = place.store { try check(engagement, arguments.responsible, place, store) }
    let units = try reached(try ControlChoice(place).resolve(arguments.controls), engagement, arguments, place, console)
    let people = Set(arguments.responsible).sorted(by: ByteOrder.precedes)
    let staffing = Staffing(engagement: engagement, assign: [.init(units: units, responsible: people)])
    let written = try Writing.perform(.staffing(staffing), at: place, arguments.write)
    let who = people.isEmpty ? "nobody" : Wording.list(people)
    try written.tell("\(FileGathering.some(units)): \(who)", global, console)
    return .success
  }

  /// The units that are named, with those of whole domains; says which the words do not reach.
  private static func reached(
    _ units: [String], _ engagement: String, _ arguments: Arguments, _ place: SigningPlace, _ console: Console
  ) throws -> [String] {
    guard let store = place.store else {
      guard !arguments.wholeDomain else {
        throw Failure(.usage, "--whole-domain asks who answers for what, and the store is not here")
      }
      return units
    }
    let reach = try StaffingReach(store, engagement: engagement, party: place.signer.party)
    let rest = reach.domainUnits(of: units)
    if arguments.wholeDomain {
      guard !rest.isEmpty || units.contains(where: { $0.hasPrefix("it-functions/") }) else {
        throw Failure(.usage, "--whole-domain is about functions, and none is named", hint: "as in: network-security")
      }
    } else if !rest.isEmpty {
      console.warn(
        "a function is one control: \(FileGathering.some(rest)) of its domain keep their people; --whole-domain names "
          + "them too")
    }
    let all = (units + (arguments.wholeDomain ? rest : [])).sorted(by: ByteOrder.precedes)
    let idle = reach.idle(all)
    if !idle.isEmpty {
      console.warn(
        "'\(engagement)' gives '\(place.signer.party)' nothing to do today for \(FileGathering.some(idle)): whom it names "
          + "for that counts only once it does")
    }
    return all
  }

  /// Refuses what would count and say nothing.
  private static func check(
    _ engagement: String, _ people: [String], _ place: SigningPlace, _ store: OpenedStore
  ) throws {
    let agreements = Set(store.state.versions.map(\.engagement)).sorted(by: ByteOrder.precedes)
    guard agreements.contains(engagement) else {
      throw Failure(
        .usage, "this log has no agreement '\(engagement)'",
        hint: agreements.isEmpty ? "custody engagement apply FILE" : "it has \(Wording.list(agreements))")
    }
    let speaking = place.signer.party
    let documents = try store.state.versions.filter { $0.engagement == engagement }.compactMap {
      try store.library.document($0.document)
    }
    guard documents.isEmpty || documents.contains(where: { ([$0.client] + $0.providers).contains(speaking) }) else {
      throw Failure(
        .usage, "'\(speaking)' is no party to '\(engagement)', and whom it names there would not count",
        hint: "'custody engagement show \(engagement)' says whose it is")
    }
    let known = try KnownPeople(store)
    for person in people {
      guard known.knows(person), Identifier.isMember(person) else {
        throw Failure(
          .usage, "'\(person)' is neither a member nor a contact of an agreement",
          hint: "'custody member list' shows who is a member")
      }
      let party = Identifier.party(ofMember: person)
      guard party == place.signer.party else {
        throw Failure(
          .usage, "'\(person)' is of '\(party)', and you speak for '\(place.signer.party)'",
          hint: "an administrator of '\(party)' says who of it does the work")
      }
    }
  }

  // MARK: show

  private struct Word: Hashable {
    let entry: Int
    let engagement: String
    let party: String
  }

  private static func show(
    _ arguments: Arguments, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    let store = try OpenedStore.open(global, console)
    guard arguments.controls.isEmpty else {
      throw Failure(.usage, "who does it is not said", hint: "add --responsible MEMBER, or --nobody")
    }
    var newest: [String: LogState.StaffingRecord] = [:]
    for record in store.state.staffings where arguments.engagement.map({ $0 == record.engagement }) ?? true {
      for unit in record.units { newest["\(record.engagement) \(record.party) \(unit)"] = record }
    }
    var rows: [(record: LogState.StaffingRecord, units: [String])] = []
    for record in store.state.staffings {
      let units = record.units.filter { newest["\(record.engagement) \(record.party) \($0)"] == record }
      if !units.isEmpty { rows.append((record, units)) }
    }
    if global.format == .json {
      try console.print(
        .array(
          rows.map { row in
            [
              "engagement": .string(row.record.engagement), "party": .string(row.record.party),
              "units": .strings(row.units), "responsible": .strings(row.record.responsible),
              "entry": .integer(row.record.entry),
            ]
          }))
      return .success
    }
    guard !rows.isEmpty else {
      try console.print("nobody was named apart from the agreements: 'custody engagement show' has those")
      return .success
    }
    var table = TextTable(["AGREEMENT", "PARTY", "CONTROLS", "RESPONSIBLE", "ENTRY"])
    for (record, units) in rows {
      let people = record.responsible.map { person in
        store.state.membership.member(person)?.left == nil ? person : "\(person) (has left)"
      }
      table.add([
        record.engagement, record.party, FileGathering.some(units), people.isEmpty ? "nobody" : Wording.list(people),
        "\(record.entry)",
      ])
    }
    try console.print(table)
    return .success
  }
}
