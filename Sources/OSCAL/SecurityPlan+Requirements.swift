internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

// A requirement for each control; a statement for each of its parts where different people answer for them.

extension SecurityPlan {
  func requirement(_ row: ResponsibilityMatrix.ControlRow) -> JSONOutput {
    let id = row.control.id
    let shares = Share.list(row)
    // The parts of a control that is another's under another name are parts of the other.
    let isSplit = shares.count > 1 && row.control.sameAs.isEmpty
    var fields = Fields()
    fields.set("uuid", exactly: context.ids("requirement", id.description))
    fields.set("control-id", exactly: context.names.control(id))
    var props = origins(shares) + [Prop.own("control", id.description), Prop.own("retained", row.control.retained)]
    props += row.control.sameAs.map { Prop.own("same-as", $0.description) }
    props.append(assessment(row))
    if shares.isEmpty, let error = row.error { props.append(Prop.own("finding", error.rawValue)) }
    if shares.count == 1 { props += shares[0].props + shares[0].evidence + shares[0].findings }
    fields.set("props", props)
    if isSplit {
      fields.set("statements", row.units.map { statement($0, of: row) })
    } else {
      fields.set("responsible-roles", shares.count == 1 ? shares[0].roles(context.parties) : roles(shares))
      fields.set("by-components", components(id.description, shares))
    }
    fields.set("remarks", text: isSplit ? nil : remarks(shares))
    return fields.json
  }

  private func statement(
    _ unit: ResponsibilityMatrix.UnitRow, of row: ResponsibilityMatrix.ControlRow
  ) -> JSONOutput {
    let share = Share(row: row, units: [unit])
    var fields = Fields()
    fields.set("statement-id", exactly: context.names.target(unit.id).id)
    fields.set("uuid", exactly: context.ids("statement", unit.id.description))
    var part = row
    part.units = [unit]
    fields.set(
      "props",
      [Prop.own("unit", unit.id.description), assessment(part)] + share.props + share.evidence + share.findings)
    fields.set("responsible-roles", share.roles(context.parties))
    fields.set("by-components", components(unit.id.description, [share]))
    fields.set("remarks", text: remarks([share]))
    return fields.json
  }

  /// What was assessed of it, whoever answers for it; nil where nobody assessed it.
  private func assessment(_ row: ResponsibilityMatrix.ControlRow) -> JSONOutput? {
    let state = context.book.state(row)
    return state == .none || !row.applies ? nil : Prop.own("assessment", state.rawValue)
  }

  /// What is to be said where nobody answers: there is no component that could say it.
  private func remarks(_ shares: [Share]) -> String? {
    let open = shares.filter { $0.applies && $0.accountable == nil }
    return open.isEmpty ? nil : open.map { $0.sentence(context.parties) }.joined(separator: "\n\n")
  }

  /// Whose control it is, in OSCAL's words.
  private func origins(_ shares: [Share]) -> [JSONOutput?] {
    let parties = Set(shares.compactMap(\.accountable))
    return [
      parties.contains(context.client) ? Prop.core("control-origination", "organization") : nil,
      parties.contains { $0 != context.client } ? Prop.core("control-origination", "inherited") : nil,
    ]
  }

  /// The roles of several shares together, where they cannot be told apart by part.
  private func roles(_ shares: [Share]) -> [JSONOutput?] {
    let units = shares.filter(\.applies).flatMap(\.units)
    func names(_ role: Role, _ names: (ResponsibilityMatrix.UnitRow) -> [String]) -> JSONOutput? {
      role.held(by: Set(units.flatMap(names)).sorted(by: ByteOrder.precedes), context.parties)
    }
    return [
      names(.accountable) { [$0.accountable].compactMap { $0 } }, names(.responsible, \.responsible),
      names(.consulted, \.consulted), names(.informed, \.informed),
    ]
  }

  // MARK: Components

  /// What each party's component does for something: a provider exports it, the client's system inherits it.
  ///
  /// - Parameter subject: The control or unit that they stand under.
  private func components(_ subject: String, _ shares: [Share]) -> [JSONOutput] {
    let shown = shares.filter { !$0.applies || $0.accountable != nil }
    var parties: [String] = []
    for party in shown.compactMap(\.accountable) where !parties.contains(party) { parties.append(party) }
    let providers = parties.filter { $0 != context.client }
    let parts = providers.map { provider in
      Part(
        provider, subject, shown.filter { $0.accountable == provider }, context,
        isShared: parties.contains(context.client))
    }
    let own = shown.filter { !$0.applies || $0.accountable == context.client }
    guard !own.isEmpty || !parts.isEmpty else { return [] }
    return parts.map(\.json) + [system(subject, own, parts)]
  }

  /// The client's own part.
  private func system(_ subject: String, _ own: [Share], _ parts: [Part]) -> JSONOutput {
    let texts = own.map { $0.sentence(context.parties) } + context.texts(own, \.client)
    let units = own.isEmpty ? parts.flatMap(\.units) : own.flatMap(\.units)
    let row = own.first?.row ?? parts.first?.shares.first?.row
    var fields = Fields()
    fields.set("component-uuid", exactly: context.thisSystem)
    fields.set("uuid", exactly: context.ids("by-component", subject, context.client))
    let inherited = parts.map {
      "\(context.parties.called(context.client)) has it from \(context.parties.called($0.party))."
    }
    fields.set("description", text: (texts + inherited).joined(separator: "\n\n"))
    if let row { fields.set("implementation-status", Share(row: row, units: units).status(context.book)) }
    fields.set("inherited", parts.map(\.inherited))
    fields.set("satisfied", parts.compactMap(\.satisfied))
    if own.count == 1 { fields.set("responsible-roles", own[0].roles(context.parties)) }
    return fields.json
  }
}

extension OSCALContext {
  /// What agreements say of some shares in words, for one side, each once.
  func texts(_ shares: [Share], _ side: (AgreementNotes.Text) -> String?) -> [String] {
    var seen: Set<String> = []
    return shares.flatMap(\.units).flatMap { notes.texts($0) }.compactMap { OSCALText.text(side($0)) }.filter {
      seen.insert($0).inserted
    }
  }
}

/// What a provider does for something, and what is left to the client.
private struct Part {
  let party: String
  let shares: [Share]
  private let subject: String
  private let context: OSCALContext
  /// What the client has to do for it; nil for nothing.
  private let duty: String?

  var units: [ResponsibilityMatrix.UnitRow] { shares.flatMap(\.units) }

  /// - Parameters:
  ///   - shares: Of the provider, at least one.
  ///   - isShared: Whether the client answers for the rest.
  init(_ party: String, _ subject: String, _ shares: [Share], _ context: OSCALContext, isShared: Bool) {
    self.party = party
    self.subject = subject
    self.shares = shares
    self.context = context
    let client = context.parties.called(context.client)
    var duties = context.texts(shares, \.client)
    if duties.isEmpty, isShared { duties.append("\(client) answers for the rest of it.") }
    if shares.contains(where: { $0.involves(context.client) }) {
      duties.append("\(client) has people who do some of the work, or are asked beforehand.")
    }
    duty = duties.isEmpty ? nil : duties.joined(separator: "\n\n")
  }

  private var text: String {
    let own = context.texts(shares, \.provider)
    return (shares.map { $0.sentence(context.parties) } + own).joined(separator: "\n\n")
  }

  private var roles: [JSONOutput?] {
    shares.count == 1 ? shares[0].roles(context.parties) : [Role.accountable.held(by: [party], context.parties)]
  }

  /// The provider's component, with what it exports.
  var json: JSONOutput {
    var provided = Fields()
    provided.set("uuid", exactly: context.ids("provided", subject, party))
    provided.set("description", text: text)
    provided.set("responsible-roles", roles)
    var export = Fields()
    export.set("provided", [provided.json])
    if let duty {
      var responsibility = Fields()
      responsibility.set("uuid", exactly: context.ids("responsibility", subject, party))
      responsibility.set("provided-uuid", exactly: context.ids("provided", subject, party))
      responsibility.set("description", text: duty)
      responsibility.set("responsible-roles", [Role.client.held(by: [context.client], context.parties)])
      export.set("responsibilities", [responsibility.json])
    }
    var fields = Fields()
    fields.set("component-uuid", exactly: context.component(party))
    fields.set("uuid", exactly: context.ids("by-component", subject, party))
    fields.set("description", text: text)
    if let row = shares.first?.row {
      fields.set("implementation-status", Share(row: row, units: units).status(context.book))
    }
    fields.set("export", export.json)
    fields.set("responsible-roles", roles)
    return fields.json
  }

  /// What the client's system has from it.
  var inherited: JSONOutput {
    var fields = Fields()
    fields.set("uuid", exactly: context.ids("inherited", subject, party))
    fields.set("provided-uuid", exactly: context.ids("provided", subject, party))
    fields.set("description", text: text)
    return fields.json
  }

  /// How the client does what is left to it; nil where nothing is.
  var satisfied: JSONOutput? {
    guard let duty else { return nil }
    var fields = Fields()
    fields.set("uuid", exactly: context.ids("satisfied", subject, party))
    fields.set("responsibility-uuid", exactly: context.ids("responsibility", subject, party))
    fields.set("description", text: duty)
    fields.set("responsible-roles", [Role.client.held(by: [context.client], context.parties)])
    return fields.json
  }
}
