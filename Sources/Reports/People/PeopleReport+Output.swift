internal import Crypto
internal import Findings
internal import Ownership
public import Rendering
internal import Statements

extension PeopleReport: StampedReport {
  /// Parties, then what to see to, then everybody, then the keys.
  public func blocks(width: Int) -> [Block] {
    var blocks: [Block] = [stamp.heading("People"), .facts(stamp.facts), .gap, .table(partyTable)]
    let remarks = self.remarks
    if !remarks.isEmpty { blocks += [.heading("To see to")] + remarks.map { .paragraph($0) } }
    blocks += [.heading("Who does the work"), .table(personTable), .heading("Keys"), .table(keyTable)]
    return blocks
  }

  private var partyTable: Table {
    var table = Table([
      "party", "name", "kind", .number("controls"), .number("units"), .number("unstaffed"), .number("members"), "left",
    ])
    for party in parties {
      table.add([
        .text(party.id), .text(party.name), .text(party.kind), .integer(party.controls), .integer(party.units),
        .integer(party.unstaffed), .integer(party.members), .optional(party.left.map { "\($0)" }),
      ])
    }
    return table
  }

  /// One sentence for each matter.
  private var remarks: [String] {
    var remarks: [String] = []
    for person in people where person.isStillNamed {
      let why = person.state == .gone ? "has left or has no key any more" : "never joined and is no contact"
      remarks.append("\(person.id) \(why), and is still named for \(Wording.count(person.units, "unit")).")
    }
    for person in people where person.isSinglePoint {
      remarks.append(
        "\(person.id) does the work for \(person.controls) of the \(Wording.count(person.partyControls, "control")) "
          + "that '\(person.party)' answers for.")
    }
    for party in parties where party.unstaffed > 0 {
      remarks.append("'\(party.id)' names nobody who is there for \(Wording.count(party.unstaffed, "unit")).")
    }
    let idle = people.filter(\.isIdle).map(\.id)
    if !idle.isEmpty { remarks.append("Named for nothing: \(Wording.list(idle)).") }
    return remarks
  }

  private var personTable: Table {
    var table = Table([
      "person", "name", "role", "state", .number("controls"), .number("units"), .number("of the party's"),
      .number("keys"),
    ])
    for person in people {
      table.add([
        .text(person.id), .optional(person.name), .text(person.isRobot ? "robot" : person.role ?? ""),
        .text(person.state.rawValue), .integer(person.controls), .integer(person.units),
        .text(person.controls == 0 ? "" : Wording.percent(person.controls, of: person.partyControls)),
        .integer(person.keys),
      ])
    }
    return table
  }

  private var keyTable: Table {
    var table = Table([
      .init("key", overflow: .keep), "of", "use", .number("since entry"), "state", "last signed",
    ])
    for key in keys {
      table.add([
        .text(key.id.short), .text(key.owner), .text(key.use), .integer(key.introduced), .text(key.state),
        .optional(key.lastSigned.map { "\($0.day)" }),
      ])
    }
    return table
  }

  /// A row for each person.
  public var records: Table? {
    let titles = [
      "person", "name", "party", "role", "robot", "state", "controls", "units", "party_controls", "single_point",
      "still_named", "idle", "keys",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for person in people {
      table.add(
        [
          .text(person.id), .optional(person.name), .text(person.party), .optional(person.role),
          .flag(person.isRobot), .text(person.state.rawValue), .integer(person.controls), .integer(person.units),
          .integer(person.partyControls), .flag(person.isSinglePoint), .flag(person.isStillNamed),
          .flag(person.isIdle), .integer(person.keys),
        ] + stamp.cells)
    }
    return table
  }

  /// For machines.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        (
          "parties",
          .array(
            parties.map { party in
              [
                "party": .string(party.id), "name": .string(party.name), "kind": .string(party.kind),
                "controls": .integer(party.controls), "units": .integer(party.units),
                "unstaffed": .integer(party.unstaffed), "members": .integer(party.members),
                "left": .optional(party.left.map { "\($0)" }),
              ]
            })
        ),
        (
          "people",
          .array(
            people.map { person in
              [
                "person": .string(person.id), "name": .optional(person.name), "party": .string(person.party),
                "role": .optional(person.role), "robot": .bool(person.isRobot), "state": .string(person.state.rawValue),
                "controls": .integer(person.controls), "units": .integer(person.units),
                "partyControls": .integer(person.partyControls), "singlePoint": .bool(person.isSinglePoint),
                "stillNamed": .bool(person.isStillNamed), "idle": .bool(person.isIdle), "keys": .integer(person.keys),
              ]
            })
        ),
        (
          "keys",
          .array(
            keys.map { key in
              [
                "key": .string(key.id.hex), "owner": .string(key.owner), "use": .string(key.use),
                "introduced": .integer(key.introduced), "revoked": key.revoked.map { .integer($0) } ?? .null,
                "suspect": .bool(key.isSuspect), "lastSigned": .optional(key.lastSigned.map { "\($0)" }),
                "state": .string(key.state), "speaks": .bool(key.ending == nil),
              ]
            })
        ),
      ])
  }
}

extension PeopleReport.Key {
  fileprivate var state: String {
    ending ?? (isSuspect ? "under suspicion" : "speaks")
  }
}
