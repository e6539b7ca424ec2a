internal import Catalogs
internal import Findings
internal import Ownership
public import Rendering
internal import Statements

extension TimelineReport: StampedReport {
  /// Who answered when, then all that happened.
  public func blocks(width: Int) -> [Block] {
    var facts = stamp.facts
    if !title.isEmpty { facts.insert(Block.Fact("title", title), at: 0) }
    if units.count > 1 { facts.append(Block.Fact("units", Wording.count(units.count, "unit"))) }
    var blocks: [Block] = [stamp.heading("Timeline of \(control)"), .facts(facts)]
    for own in spans {
      let parts = spans.count == 1 ? "" : ": " + UnitNames.suffixes(own.units, of: control).joined(separator: " ")
      var table = Table([.init("from", overflow: .keep), .init("through", overflow: .keep), "accountable", "by"])
      for span in own.spans {
        table.add([
          .day("\(span.from)"), .optional(isOpen(span) ? nil : "\(span.through)"), .text(span.standing.text),
          .optional(span.by?.text),
        ])
      }
      blocks += [.heading("Who answered\(parts)")]
      blocks += own.spans.isEmpty ? [.paragraph("No adopted framework has it on \(stamp.asOf).")] : [.table(table)]
    }
    guard !events.isEmpty else { return blocks }
    var table = Table([
      .init("day", overflow: .keep), .number("entry"), "what", "by", .init("about", preferredWidth: 30),
    ])
    for event in events {
      table.add([
        .day("\(event.day)"), event.entry.map { .integer($0) } ?? .empty, .text(event.kind.rawValue),
        .optional(event.member), .text(event.what),
      ])
    }
    blocks += [.heading("What happened"), .table(table)]
    if evidenceLeftOut > 0 {
      blocks += [
        .gap,
        .paragraph(
          "\(Wording.count(evidenceLeftOut, "earlier submission")) not listed: 'custody report evidence --control "
            + "\(control) --format csv' has every one."),
      ]
    }
    return blocks
  }

  /// Whether it is still so on the day for which this is told.
  private func isOpen(_ span: AccountableSpans.Span) -> Bool { span.through == stamp.asOf }

  /// A row for each span, then one for each thing that happened.
  public var records: Table? {
    let titles = ["row", "control", "units", "day", "through", "entry", "what", "member", "accountable", "about"]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for own in spans {
      for span in own.spans {
        table.add(
          [
            "span", .text(control.description), .list(own.units.map(\.description)), .day("\(span.from)"),
            .optional(isOpen(span) ? nil : "\(span.through)"), span.by?.recorded.map { .integer($0) } ?? .empty,
            .text(span.standing.text),
            .empty,
            .optional(span.standing.party), .optional(span.by?.text),
          ] + stamp.cells)
      }
    }
    for event in events {
      table.add(
        [
          "event", .text(control.description), .empty, .day("\(event.day)"), .empty,
          event.entry.map { .integer($0) } ?? .empty, .text(event.kind.rawValue), .optional(event.member), .empty,
          .text(event.what),
        ] + stamp.cells)
    }
    return table
  }

  /// For machines.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("control", .string(control.description)), ("title", .string(title)),
        ("units", .strings(units.map(\.description))),
        (
          "accountable",
          .array(
            spans.map { own in
              [
                "units": .strings(own.units.map(\.description)),
                "spans": .array(own.spans.map { $0.json(isOpen: isOpen($0)) }),
              ]
            })
        ),
        (
          "events",
          .array(
            events.map { event in
              [
                "day": .string("\(event.day)"), "entry": event.entry.map { .integer($0) } ?? .null,
                "kind": .string(event.kind.rawValue), "member": .optional(event.member), "what": .string(event.what),
              ]
            })
        ), ("leftOut", ["evidence": .integer(evidenceLeftOut)]),
      ])
  }
}

extension AccountableSpans.Span {
  /// - Parameter isOpen: Whether it is still so on the last day that is told: it has no end then.
  func json(isOpen: Bool) -> JSONOutput {
    [
      "from": .string("\(from)"), "through": isOpen ? .null : .string("\(through)"), "standing": standing.json,
      "by": by?.json ?? .null,
    ]
  }
}
