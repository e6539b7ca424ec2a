internal import Catalogs
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements

/// What each party's own practice or service does for the controls that it answers for.
struct ComponentDefinition {
  private let context: OSCALContext

  init(_ context: OSCALContext) {
    self.context = context
  }

  var json: JSONOutput {
    var back = BackMatter(context.ids)
    let shares = context.frameworks.map { framework in (framework, framework.controls.map { ($0, Share.list($0)) }) }
    let components = context.accountableParties.map { party in
      component(
        party,
        shares.compactMap { framework, rows in
          implementation(party, framework, rows, &back)
        })
    }
    var fields = Fields()
    fields.set("uuid", exactly: context.documentID)
    fields.set("metadata", context.metadata())
    fields.set("components", components)
    fields.set("back-matter", back.json)
    return fields.json
  }

  private func component(_ party: String, _ implementations: [JSONOutput]) -> JSONOutput {
    var fields = Fields()
    fields.set("uuid", exactly: context.component(party))
    fields.set("type", exactly: context.componentType(party))
    fields.set("title", line: context.componentTitle(party))
    fields.set("description", text: context.componentDescription(party))
    fields.set("props", [Prop.own("party-id", party)])
    fields.set("responsible-roles", [Role.accountable.held(by: [party], context.parties)])
    fields.set("control-implementations", implementations)
    return fields.json
  }

  private func implementation(
    _ party: String, _ framework: ResponsibilityMatrix.FrameworkRows,
    _ rows: [(ResponsibilityMatrix.ControlRow, [Share])], _ back: inout BackMatter
  ) -> JSONOutput? {
    let requirements = rows.compactMap { row, shares in
      requirement(party, row, shares.filter { $0.accountable == party })
    }
    guard !requirements.isEmpty else { return nil }
    var fields = Fields()
    fields.set("uuid", exactly: context.ids("implementation", party, framework.id))
    fields.set("source", exactly: back.catalog(framework))
    fields.set(
      "description",
      text: "What \(context.parties.called(party)) answers for, of \(framework.title) (version \(framework.version)).")
    fields.set("props", [Prop.own("framework", framework.id)])
    fields.set("implemented-requirements", requirements)
    return fields.json
  }

  /// - Parameter shares: Those that the party answers for.
  private func requirement(
    _ party: String, _ row: ResponsibilityMatrix.ControlRow, _ shares: [Share]
  ) -> JSONOutput? {
    guard let first = shares.first else { return nil }
    let isWhole = shares.count == 1 && first.units.count == row.units.count || !row.control.sameAs.isEmpty
    var fields = Fields()
    fields.set("uuid", exactly: context.ids("component-requirement", party, row.control.id.description))
    fields.set("control-id", exactly: context.names.control(row.control.id))
    fields.set("description", text: shares.map { $0.sentence(context.parties) }.joined(separator: "\n\n"))
    let statement = context.names.statement(row.control.id)
    let byObjective = isWhole ? [] : shares.flatMap { context.byObjective($0) }
    fields.set(
      "props",
      [Prop.own("control", row.control.id.description)] + (shares.count == 1 ? first.props : [])
        + (statement == nil ? byObjective : []))
    fields.set("responsible-roles", shares.count == 1 ? first.roles(context.parties) : [])
    if !isWhole, let statement {
      var part = Fields()
      part.set("statement-id", exactly: statement)
      part.set("uuid", exactly: context.ids("component-statement", party, row.control.id.description))
      part.set("description", text: shares.map { $0.sentence(context.parties) }.joined(separator: "\n\n"))
      part.set("props", byObjective)
      part.set("responsible-roles", Share.roles(shares, context.parties))
      fields.set("statements", [part.json])
    }
    return fields.json
  }
}

extension OSCALContext {
  /// Parties that answer for anything, the client first, then in the order of joining.
  var accountableParties: [String] {
    let named = Set(source.matrix.units.filter(\.applies).compactMap(\.accountable))
    let joined = snapshot.state.membership.parties.map(\.id)
    return joined.filter { named.contains($0) }
      + named.filter { !joined.contains($0) }.sorted(by: ByteOrder.precedes)
  }

  /// The UUID of what a party brings: the system itself for the client.
  func component(_ party: String) -> String { ids("component", party) }

  func componentTitle(_ party: String) -> String {
    party == client ? "What \(parties.called(party)) does itself" : "Services of \(parties.called(party))"
  }

  func componentType(_ party: String) -> String { party == client ? "process-procedure" : "service" }

  func componentDescription(_ party: String) -> String {
    party == client
      ? "The client's own people and practice, as far as agreements leave controls with it."
      : "What \(parties.called(party)) does for \(parties.called(client)) by the agreements that both have signed."
  }
}
