internal import Catalogs
internal import CommandLine
internal import Findings
internal import Rendering
internal import Statements
internal import Workspace

extension EndPreview {
  /// What nobody would own, by who has it now, and what has to be handed over.
  func print(to console: Console) throws {
    if losses.isEmpty {
      try console.print("this end leaves no unit without a party from \(on) on")
    } else {
      var parties: [String: [String]] = [:]
      for loss in losses where parties[loss.party]?.last != loss.control.description {
        parties[loss.party, default: []].append(loss.control.description)
      }
      for (party, controls) in parties.sorted(by: { ByteOrder.precedes($0.key, $1.key) }) {
        try console.print(
          wrapped:
            "from \(on) on \(Wording.count(controls.count, "control")) that '\(party)' answers for would be nobody's: "
            + FileGathering.some(controls), style: .red)
      }
    }
    try printHandovers(to: console)
  }

  /// What has to be handed over, each item with the id by which it is owed.
  func printHandovers(to console: Console) throws {
    guard !handovers.items.isEmpty else { return }
    var table = TextTable(["HAND OVER", "BY", "WHO", "WHAT"])
    for item in handovers.items { table.add([item.id, "\(item.by)", item.party, item.what]) }
    try console.print(table)
  }

  /// The hand-over list as a file for a spreadsheet.
  var table: String {
    var table = Table(["kind", "by", "party", "what", "done", "id", "controls"])
    for item in handovers.items {
      table.add([
        .text(item.kind.rawValue), .day("\(item.by)"), .text(item.party), .text(item.what), .empty, .text(item.id),
        .text(item.controls.joined(separator: " ")),
      ])
    }
    return CSVRenderer.render(table)
  }
}

/// An item of a hand-over list, as results show it.
enum HandoverOutput {
  static func json(_ item: HandoverList.Item, of engagement: String) -> JSONOutput {
    [
      "duty": .string("\(engagement)/\(item.id)"), "kind": .string(item.kind.rawValue), "party": .string(item.party),
      "by": .string("\(item.by)"), "what": .string(item.what),
      "controls": .array(item.controls.map { .string($0) }),
    ]
  }
}
