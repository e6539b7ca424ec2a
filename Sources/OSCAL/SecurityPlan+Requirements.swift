internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

// A requirement for each control of the profile, with what each party's component does for its statement.

extension SecurityPlan {
  /// - Returns: nil for a control that does not apply: the profile does not select it.
  func requirement(_ row: ResponsibilityMatrix.ControlRow) -> JSONOutput? {
    guard row.applies else { return nil }
    let id = row.control.id
    let shares = Share.list(row)
    let isSplit = shares.count > 1
    let open = shares.filter { $0.applies && $0.accountable == nil }
    var props = origins(shares) + [Prop.own("control", id.description), Prop.own("retained", row.control.retained)]
    props += row.control.sameAs.map { Prop.own("same-as", $0.description) }
    props.append(context.assessment(row))
    if shares.isEmpty, let error = row.error { props.append(Prop.own("finding", error.rawValue)) }
    if isSplit {
      // There is no component that could say it.
      props += open.flatMap { details($0) }
    } else if let share = shares.first {
      props += share.props + share.evidence + share.findings(context.parties)
    }
    let components = components(row, shares, isSplit: isSplit)
    var fields = Fields()
    fields.set("uuid", exactly: context.ids("requirement", id.description))
    fields.set("control-id", exactly: context.names.control(id))
    fields.set("props", props)
    fields.set("responsible-roles", isSplit ? [] : Share.roles(shares, context.parties))
    // Not every catalog has statements: without one, components stand under the control.
    if let statement = context.names.statement(id), !components.isEmpty {
      var part = Fields()
      part.set("statement-id", exactly: statement)
      part.set("uuid", exactly: context.ids("statement", id.description))
      part.set("by-components", components)
      fields.set("statements", [part.json])
    } else {
      fields.set("by-components", components)
    }
    fields.set("remarks", text: open.map { $0.sentence(context.parties) }.joined(separator: "\n\n"))
    return fields.json
  }

  /// Whose control it is, in OSCAL's words.
  private func origins(_ shares: [Share]) -> [JSONOutput?] {
    let parties = Set(shares.compactMap(\.accountable))
    return [
      parties.contains(context.client) ? Prop.core("control-origination", "organization") : nil,
      parties.contains { $0 != context.client } ? Prop.core("control-origination", "inherited") : nil,
    ]
  }

  // MARK: Components

  /// What each party's component does for a control: a provider exports it, the client's system inherits it.
  ///
  /// - Parameter isSplit: Whether components have to say of which units they speak.
  private func components(
    _ row: ResponsibilityMatrix.ControlRow, _ shares: [Share], isSplit: Bool
  ) -> [JSONOutput] {
    let shown = shares.filter { !$0.applies || $0.accountable != nil }
    var parties: [String] = []
    for party in shown.compactMap(\.accountable) where !parties.contains(party) { parties.append(party) }
    let own = shown.filter { !$0.applies || $0.accountable == context.client }
    let parts = parties.filter { $0 != context.client }.map { provider in
      let provided = shown.filter { $0.accountable == provider }
      return ProviderPart(
        provider, row, provided, besides: own.filter(\.applies), context,
        details: isSplit ? provided.flatMap { details($0) } : [])
    }
    guard !own.isEmpty || !parts.isEmpty else { return [] }
    return parts.map(\.json) + [system(row, own, parts, details: isSplit ? own.flatMap { details($0) } : [])]
  }

  /// The client's own part.
  private func system(
    _ row: ResponsibilityMatrix.ControlRow, _ own: [Share], _ parts: [ProviderPart], details: [JSONOutput?]
  ) -> JSONOutput {
    let texts = own.map { $0.sentence(context.parties) } + context.texts(own, \.client)
    let units = own.isEmpty ? parts.flatMap(\.units) : own.flatMap(\.units)
    let inherited = parts.map {
      "\(context.parties.called(context.client)) has \($0.name) from \(context.parties.called($0.party))."
    }
    var fields = Fields()
    fields.set("component-uuid", exactly: context.thisSystem)
    fields.set("uuid", exactly: context.ids("by-component", row.control.id.description, context.client))
    fields.set("description", text: (texts + inherited).joined(separator: "\n\n"))
    fields.set("props", details)
    fields.set("implementation-status", Share.status(row, units, context.book))
    fields.set("inherited", parts.map(\.inherited))
    fields.set("satisfied", parts.compactMap(\.satisfied))
    fields.set("responsible-roles", Share.roles(own, context.parties))
    return fields.json
  }

  /// What is said of each unit of a share, one group each.
  private func details(_ share: Share) -> [JSONOutput?] {
    context.byObjective(share) { one in
      var part = one.row
      part.units = one.units
      return [context.assessment(part)] + one.evidence + one.findings(context.parties)
    }
  }
}

extension OSCALContext {
  /// Props of each unit of a share, in a group by the id that its catalog gives the objective.
  ///
  /// - Parameter more: What else is to be said of a share of one unit.
  func byObjective(_ share: Share, _ more: (Share) -> [JSONOutput?] = { _ in [] }) -> [JSONOutput?] {
    share.units.flatMap { unit in
      let one = Share(row: share.row, units: [unit])
      let props =
        [Prop.own("unit", unit.id.description), Prop.own("objective-id", names.objective(unit.id))] + one.props
        + one.roleProps(parties) + more(one)
      return Prop.grouped(props, names.target(unit.id).id)
    }
  }

  /// What was assessed of a control, or of some of its units, whoever answers for it; nil where nobody assessed it.
  func assessment(_ row: ResponsibilityMatrix.ControlRow) -> JSONOutput? {
    let state = book.state(row)
    return state == .none || !row.applies ? nil : Prop.own("assessment", state.rawValue)
  }

  /// What agreements say of some shares in words, for one side, each once.
  func texts(_ shares: [Share], _ side: (AgreementNotes.Text) -> String?) -> [String] {
    var seen: Set<String> = []
    return shares.flatMap(\.units).flatMap { notes.texts($0) }.compactMap { OSCALText.text(side($0)) }.filter {
      seen.insert($0).inserted
    }
  }
}
