internal import Crypto
internal import Ownership
public import Rendering
internal import Statements

extension PeopleReport {
  /// Everybody, then the parties, then the keys.
  public func sheets() throws -> [WorkbookSheet] {
    (records.map { [WorkbookSheet("Report", $0)] } ?? [])
      + [WorkbookSheet("Parties", partySheet), WorkbookSheet("Keys", keySheet)]
  }

  private var partySheet: Table {
    let titles = ["party", "name", "kind", "controls", "units", "unstaffed", "members", "left"]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for party in parties {
      table.add(
        [
          .text(party.id), .text(party.name), .text(party.kind), .integer(party.controls), .integer(party.units),
          .integer(party.unstaffed), .integer(party.members), party.left.map { .day("\($0)") } ?? .empty,
        ] + stamp.cells)
    }
    return table
  }

  private var keySheet: Table {
    let titles = ["key", "owner", "use", "introduced", "revoked", "suspect", "last_signed"]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for key in keys {
      table.add(
        [
          .text(key.id.hex), .text(key.owner), .text(key.use), .integer(key.introduced),
          key.revoked.map { .integer($0) } ?? .empty, .flag(key.isSuspect),
          key.lastSigned.map { .day("\($0.day)") } ?? .empty,
        ] + stamp.cells)
    }
    return table
  }
}
