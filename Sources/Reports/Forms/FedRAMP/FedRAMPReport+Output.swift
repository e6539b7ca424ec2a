internal import Catalogs
internal import Findings
public import Rendering

extension FedRAMPReport: StampedReport {
  /// How much can be inherited, then each control.
  public func blocks(width: Int) -> [Block] {
    var blocks: [Block] = [
      stamp.heading("FedRAMP CIS and CRM of \(providerName) (\(provider))"), .facts(stamp.facts), .gap,
    ]
    guard !rows.isEmpty else {
      return blocks + [.paragraph("No framework is adopted on \(stamp.asOf): there is nothing to inherit.")]
    }
    let counts = Inheritance.allCases.map { "\($0.rawValue) \(count($0))" }.joined(separator: ", ")
    let outside = rows.count { $0.inheritance == nil }
    blocks.append(
      .paragraph(
        "Can be inherited by \(clientName) (\(client)), of \(Wording.count(rows.count, "control")): \(counts)"
          + (outside > 0 ? ", not applicable \(outside)" : "") + "."))
    for framework in frameworkIDs {
      var table = Table([
        .init("control", preferredWidth: 12), .init("title", preferredWidth: 14), "status", "origination",
        .init("inherited", overflow: .keep), .init("responsibilities", preferredWidth: 24),
      ])
      for row in rows where row.framework == framework {
        table.add([
          .text(row.name), .text(row.title), .optional(row.status?.title), .optional(row.origination?.title),
          .optional(row.inheritance?.rawValue), .text(row.responsibilities),
        ])
      }
      blocks += [.heading(framework), .table(table)]
    }
    return blocks
  }

  private var frameworkIDs: [String] {
    rows.map(\.framework).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// A row for each control: the CRM's columns, and the CIS's ticks behind them.
  public var records: Table? {
    let titles =
      ["control_id", "can_be_inherited", "responsibilities", "title", "framework", "csp"]
      + Status.allCases.map { "status_\($0.rawValue.replacing("-", with: "_"))" }
      + Origination.allCases.map { "origination_\($0.rawValue.replacing("-", with: "_"))" }
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for row in rows {
      table.add(
        [
          .text(row.name), .optional(row.inheritance?.rawValue), .text(row.responsibilities), .text(row.title),
          .text(row.framework), .text(provider),
        ] + ticks(row) + stamp.cells)
    }
    return table
  }

  private func ticks(_ row: Row) -> [Cell] {
    Status.allCases.map { row.status == $0 ? "X" : .empty }
      + Origination.allCases.map { row.origination == $0 ? "X" : .empty }
  }

  /// The form's two sheets, and what its columns stand for here.
  public func sheets() throws -> [WorkbookSheet] {
    var summary = Table(
      (["Control ID"] + Status.allCases.map { "Status: \($0.title)" }
        + Origination.allCases.map { "Origination: \($0.title)" })
        .map { Table.Column($0) })
    var matrix = Table([
      "Control ID", "Can Be Inherited from CSP", "Specific Inheritance and Customer Agency/CSP Responsibilities",
    ])
    for row in rows {
      summary.add([.text(row.name)] + ticks(row))
      matrix.add([.text(row.name), .optional(row.inheritance?.rawValue), .text(row.responsibilities)])
    }
    var legend = Table(["column", "what it stands for"])
    for (name, text) in FedRAMPReport.legend { legend.add([.text(name), .text(text)]) }
    legend.add(["CSP", .text("\(providerName) (\(provider))")])
    legend.add(["Customer", .text("\(clientName) (\(client))")])
    return [WorkbookSheet("CIS", summary), WorkbookSheet("CRM", matrix), WorkbookSheet("Legend", legend)]
  }

  private static let legend = [
    (
      "Status",
      "what the newest assessments say; no tick where nobody assessed, or where it is not met and nothing is planned"
    ),
    ("Service Provider System Specific", "the CSP answers for all of it, and the customer does nothing of it"),
    ("Provided by Customer", "the customer answers for all of it, and nobody else does any of it"),
    ("Shared", "both do part of it"), ("Inherited", "another party than the CSP answers for it and does it"),
    ("Corporate, Hybrid, Configured", "the agreements do not tell these apart: tick them by hand"),
    ("Yes", "all of it comes from the CSP"), ("Partial", "some of it does; both parts are told"),
    ("No", "none of it does; who answers is told"),
  ]

  /// For machines.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("csp", ["party": .string(provider), "name": .string(providerName)]), ("client", .string(client)),
        ("counts", .object(Inheritance.allCases.map { ($0.rawValue.lowercased(), .integer(count($0))) })),
        (
          "controls",
          .array(
            rows.map { row in
              [
                "control": .string(row.control.description), "controlID": .string(row.name),
                "title": .string(row.title),
                "status": .optional(row.status?.rawValue), "origination": .optional(row.origination?.rawValue),
                "canBeInherited": .optional(row.inheritance?.rawValue.lowercased()),
                "responsibilities": .string(row.responsibilities),
              ]
            })
        ),
      ])
  }
}
