internal import Catalogs
internal import Crypto
internal import Findings
internal import Ownership
public import Rendering
internal import Statements

extension Changes: StampedReport {
  /// The later end.
  public var stamp: ReportStamp { to }
  /// Both ends, each tree with its day.
  public var again: String? {
    "--from \(isFromDay ? "\(from.asOf)" : "\(from.knownAt)") --to \(to.knownAt) --as-of \(to.asOf)"
  }

  /// How many stand how, what changed hands, then what was said, by headings.
  public func blocks(width: Int) -> [Block] { page }

  /// A row for each control whose units changed alike, with the day from which on they stand so, then one for each thing that was said, then the counts.
  public var records: Table? {
    let titles = [
      "change", "entry", "day", "party", "member", "framework", "family", "control", "units", "title", "before",
      "after", "engagement", "version", "what", "count", "from_day", "from_size",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    let tail: [Cell] = [.day("\(from.asOf)"), .integer(from.knownAt)] + to.cells
    for move in moves {
      table.add(
        [
          "ownership", move.by?.recorded.map { .integer($0) } ?? .empty, move.since.map { .day("\($0)") } ?? .empty,
          .empty, .empty, .text(move.framework), .optional(move.family?.local), .text(move.control.description),
          .list(move.units.map(\.description)), .text(move.title), .text(move.before.text), .text(move.after.text),
          .optional(move.by?.engagement), move.by?.version.map { .integer($0) } ?? .empty,
          .optional(move.by?.text), .integer(move.units.count),
        ] + tail)
    }
    for event in events {
      let head: [Cell] = [
        .text(event.kind.rawValue), .integer(event.entry), .day("\(event.day)"), .text(event.party),
        .text(event.member),
      ]
      table.add(head + Array(repeating: .empty, count: 9) + [.text(event.what), .empty] + tail)
    }
    for count in counts {
      let head: [Cell] = [.text(count.type), .empty, .empty, .text(count.party), .text(count.member)]
      table.add(head + Array(repeating: .empty, count: 10) + [.integer(count.count)] + tail)
    }
    return table
  }

  /// For machines: both ends, what changed hands, and all that was said in between.
  public var value: JSONOutput {
    .object(
      to.members + [
        ("from", .object(from.members)), ("before", before.json), ("after", after.json),
        ("moves", .array(moves.map { $0.json })),
        (
          "events",
          .array(
            events.map { event in
              [
                "kind": .string(event.kind.rawValue), "entry": .integer(event.entry), "day": .string("\(event.day)"),
                "party": .string(event.party), "member": .string(event.member), "what": .string(event.what),
              ]
            })
        ),
        (
          "counts",
          .array(
            counts.map { count in
              [
                "type": .string(count.type), "party": .string(count.party), "member": .string(count.member),
                "count": .integer(count.count),
              ]
            })
        ), ("leftOut", ["frameworks": .strings(frameworksLeftOut)]),
      ])
  }
}

extension Changes.Tally {
  var json: JSONOutput {
    ["controls": controls.json(), "units": units.json(), "currentEvidence": .integer(current)]
  }
}

extension Changes.Move {
  fileprivate var json: JSONOutput {
    [
      "framework": .string(framework), "family": .optional(family?.description),
      "control": .string(control.description),
      "title": .string(title), "units": .strings(units.map(\.description)), "whole": .bool(isWhole),
      "before": before.json, "after": after.json, "day": .optional(since.map { "\($0)" }),
      "by": by?.json ?? .null,
    ]
  }
}

extension Standing {
  /// `state` is `owned`, a kind of nobody answering, `not-applicable` or `not-adopted`.
  var json: JSONOutput {
    let state =
      switch self {
      case .party: "owned"
      case .nobody(let code): code.rawValue
      case .notApplicable: "not-applicable"
      case .absent: "not-adopted"
      }
    return ["state": .string(state), "party": .optional(party)]
  }
}

extension Ground {
  /// The agreement, the entry of its version, and the entry with which it took over, with that entry's day; then what the
  /// words have done, and those of further agreements beside them.
  var json: JSONOutput {
    [
      "engagement": .string(engagement), "version": version.map { .integer($0) } ?? .null,
      "entry": recorded.map { .integer($0) } ?? .null, "day": .optional(day.map { "\($0)" }),
      "kind": .string(kind.rawValue), "others": .array(others.map(\.json)),
    ]
  }
}
