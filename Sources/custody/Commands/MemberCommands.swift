internal import CommandLine
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

/// `custody member`: the people and robots of a party.
enum MemberCommands {
  static let group = Command(
    group: "member", "Add, change, remove and list members.",
    [Command(add), Command(change), Command(remove), Command(list)])

  // MARK: add

  struct AddArguments: Sendable {
    var card: String?
    var role = PartyCommands.Role.contributor
    var name: String?
    var isRobot = false
    var mayAppend: Bool?
    var isFurtherKey = false
    var write = WriteOptions()
  }

  static let add = CommandSpec<AddArguments>(
    name: "add", abstract: "Add a member by their key card, or a further key to one who is there.",
    discussion: """
      An administrator of the party adds its members; a party's first member an administrator of the client. A card of \
      somebody who is a member already adds its key to theirs; one of a recovery key gives it to the party.
      """,
    examples: [
      Example("custody member add sam.card --role contributor", "a colleague who may submit and append"),
      Example(
        "custody member add rmm.card --role contributor --robot", "a robot, which makes offers and does not append"),
      Example(
        "custody member add lee.card --as onsite/jane --checkpoint checkpoint --offer lee.offer",
        "a provider's own member, without the store"),
    ],
    parameters: [
      .positional(
        "CARD", help: "Key card, made with 'custody key new'.", completion: .file, into: \.card, parse: CommandText.text
      ),
      .option(
        "role", value: PartyCommands.Role.words.joined(separator: "|"),
        help: "What they may do; contributor unless stated.",
        completion: .words(PartyCommands.Role.words), replacing: \.role, parse: { try PartyCommands.Role.parse($0) }),
      .option(
        "name", value: "NAME", help: "Their name, where the card's is not right.", into: \.name, parse: CommandText.text
      ),
      .flag("robot", help: "It is a machine, not a person.", into: \.isRobot),
      .option(
        "append", value: "yes|no", help: "Whether their key may append; by role unless stated.",
        completion: .words(["yes", "no"]), into: \.mayAppend, parse: yesOrNo),
      .flag(
        "further-key",
        help: "The card brings a further key of a member; beside the store that is found out without it.",
        into: \.isFurtherKey),
    ] + WriteOptions.parameters(in: \.write),
    initial: AddArguments.init
  ) { arguments, global, console in
    var place = try SigningPlace.open(arguments.write, global, console)
    let card = try KeyCard.read(arguments.card ?? "", origin: place.origin)
    var joining = Joining(role: MemberEvent.Role(rawValue: arguments.role.rawValue) ?? .contributor)
    joining.name = arguments.name
    joining.isRobot = arguments.isRobot
    joining.mayAppend = arguments.mayAppend
    joining.isFurtherKey = arguments.isFurtherKey
    let event = try joining.event(for: card, at: place)
    if arguments.write.offer == nil, !arguments.write.isDryRun {
      place.appender = try ReturningMember.appender(of: event, at: place)
    }
    let written = try Writing.perform(.member(event), at: place, arguments.write)
    let key = Base64.decode(card.publicKey).map { SHA256.hash($0).short } ?? ""
    try written.tell("\(card.member) \(event.event == .join ? "joined" : "got a key"), key \(key)", global, console)
    if event.event != .join, let known = place.membership?.member(card.member),
      known.role.rawValue != arguments.role.rawValue, arguments.role != AddArguments().role
    {
      console.warn(
        "\(card.member) stays \(known.role.rawValue): 'custody member change \(card.member) --role "
          + "\(arguments.role.rawValue)' changes that; a recovery key signs it with --as "
          + "\(Identifier.party(ofMember: card.member)) --offer FILE, and \(card.member) appends FILE")
    }
    return .success
  }

  // MARK: change

  struct ChangeArguments: Sendable {
    var member: String?
    var role: PartyCommands.Role?
    var name: String?
    var isRobot: Bool?
    var mayAppend: Bool?
    var write = WriteOptions()
  }

  static let change = CommandSpec<ChangeArguments>(
    name: "change", abstract: "Change a member's role, name, or right to append.",
    discussion: "Asks before a party loses its last administrator: nobody could act for it any more.",
    examples: [
      Example(
        "custody member change acme/sam --role administrator", "a second administrator, before the first goes on leave")
    ],
    parameters: [
      .positional("MEMBER", help: "PARTY/PERSON.", into: \.member, parse: CommandText.text),
      .option(
        "role", value: PartyCommands.Role.words.joined(separator: "|"), help: "The new role.",
        completion: .words(PartyCommands.Role.words), into: \.role, parse: { try PartyCommands.Role.parse($0) }),
      .option("name", value: "NAME", help: "The new name.", into: \.name, parse: CommandText.text),
      .option(
        "robot", value: "yes|no", help: "Whether it is a machine.", completion: .words(["yes", "no"]), into: \.isRobot,
        parse: yesOrNo),
      .option(
        "append", value: "yes|no", help: "Whether their keys may append.", completion: .words(["yes", "no"]),
        into: \.mayAppend, parse: yesOrNo),
    ] + WriteOptions.parameters(in: \.write),
    initial: ChangeArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    let member = try known(arguments.member ?? "", place)
    var event = MemberEvent(event: .change, member: member)
    event.role = arguments.role.flatMap { MemberEvent.Role(rawValue: $0.rawValue) }
    event.name = arguments.name
    event.isRobot = arguments.isRobot
    event.mayAppend = arguments.mayAppend
    guard event != MemberEvent(event: .change, member: member) else {
      throw Failure(
        .usage, "what is to change of '\(member)' is not said", hint: "give --role, --name, --robot or --append")
    }
    if let role = event.role, role != .administrator {
      try Writing.check(.member(event), at: place, arguments.write)
      try confirmLast(member, place, arguments.write, global, console)
    }
    let written = try Writing.perform(.member(event), at: place, arguments.write)
    try written.tell("\(member) changed", global, console)
    return .success
  }

  /// The member that a text names. Without the store nobody knows who is one.
  private static func known(_ member: String, _ place: SigningPlace) throws -> String {
    if let membership = place.membership, membership.member(member) == nil {
      throw KnownNames.noMember(member, in: membership)
    }
    guard Identifier.isMember(member) else {
      throw Failure(.usage, "'\(member)' is not a member: write PARTY/PERSON, as in acme/bo")
    }
    return member
  }

  /// Warns and asks before a party loses its last administrator.
  private static func confirmLast(
    _ member: String, _ place: SigningPlace, _ write: WriteOptions, _ global: GlobalArguments,
    _ console: Console
  ) throws {
    let party = Identifier.party(ofMember: member)
    let keys = Set(place.membership?.keys.filter { $0.owner == member }.map(\.keyID) ?? [])
    place.warnOfLastAdministrator(without: keys)
    let administrators = place.membership?.activeMembers(of: party).filter { $0.role == .administrator } ?? []
    // Of others who have that role it may be that none has a key that speaks.
    let isLast =
      place.membership?.partyLosingLastAdministrator(without: keys) != nil || administrators.map(\.id) == [member]
    if isLast, !write.isDryRun,
      !(try console.confirm(
        "\(member) is the only administrator of '\(party)'; nobody could act for it any more. Go on?",
        assumesYes: global.assumesYes))
    {
      throw Failure(.answerNo, "nothing was signed")
    }
  }

  // MARK: remove

  struct RemoveArguments: Sendable {
    var member: String?
    var write = WriteOptions()
  }

  static let remove = CommandSpec<RemoveArguments>(
    name: "remove", abstract: "Say that a member has left: their keys sign nothing any more.",
    discussion: """
      What they signed before stays good, and their keys need no revoking. Where what they signed last is to be doubted, \
      'custody key revoke MEMBER --reason left --suspect-since SIZE' says so, before or after; where a member stays and a \
      key does not, it is 'custody key revoke' alone.
      """,
    examples: [Example("custody member remove onsite/jane", "somebody leaves, with all of their keys")],
    parameters: [.positional("MEMBER", help: "PARTY/PERSON.", into: \.member, parse: CommandText.text)]
      + WriteOptions.parameters(in: \.write),
    initial: RemoveArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    let member = try known(arguments.member ?? "", place)
    try Writing.check(.member(MemberEvent(event: .leave, member: member)), at: place, arguments.write)
    try confirmLast(member, place, arguments.write, global, console)
    let mentions = try place.store.map { PersonMentions.list(member, try $0.snapshot()) } ?? []
    let written = try Writing.perform(
      .member(MemberEvent(event: .leave, member: member)), at: place, arguments.write)
    try written.tell("\(member) left", global, console)
    for each in mentions {
      console.warn(each.sentence(member))
      for command in each.commands(member) { console.say("next: " + global.here(command)) }
    }
    return .success
  }

  // MARK: list

  static let list = CommandSpec<NoArguments>(
    name: "list", abstract: "List the members of every party.",
    examples: [Example("custody member list", "who may sign what")], parameters: [], pages: true,
    initial: NoArguments.init
  ) { _, global, console in
    let store = try OpenedStore.open(global, console)
    let membership = store.state.membership
    if global.format == .json {
      try console.print(
        .array(
          membership.members.map { member in
            .object([
              ("member", .string(member.id)), ("name", .string(member.name)), ("role", .string(member.role.rawValue)),
              ("robot", .bool(member.isRobot)), ("append", .bool(member.mayAppend)),
              ("joined", .integer(member.joined)),
              ("left", member.left.map { .integer($0) } ?? .null),
              ("keys", .array(membership.keys.filter { $0.owner == member.id }.map { .string($0.keyID.hex) })),
            ])
          }))
      return .success
    }
    var table = TextTable(["MEMBER", "NAME", "ROLE", "APPENDS", "STATE", "KEYS"])
    for member in membership.members {
      let keys = membership.keys.filter { $0.owner == member.id && $0.revoked == nil }
      table.add([
        member.id, member.name, member.role.rawValue + (member.isRobot ? ", robot" : ""),
        member.mayAppend ? "yes" : "no",
        member.left.map { "has left, by entry \($0)" } ?? "present", keys.map(\.keyID.short).joined(separator: " "),
      ])
    }
    try console.print(table)
    return .success
  }

  private static let yesOrNo: @Sendable (String) throws -> Bool = { text in
    switch text {
    case "yes": true
    case "no": false
    default: throw InvalidValue("write yes or no, not '\(text)'")
    }
  }
}
