internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// What a provider does for a control, and what is left to the client.
struct ProviderPart {
  let party: String
  private let row: ResponsibilityMatrix.ControlRow
  private let shares: [Share]
  /// What the client answers for of the same control.
  private let own: [Share]
  private let context: OSCALContext
  /// What is said of each of its units, where others answer for the rest.
  private let details: [JSONOutput?]
  /// What the client has to do for it; nil for nothing.
  private let duty: String?

  var units: [ResponsibilityMatrix.UnitRow] { shares.flatMap(\.units) }

  /// What it is of the control: `it` where it is all that applies.
  var name: String {
    units.count >= row.applicable.count ? "it" : Wording.list(shares.map(\.name))
  }

  /// - Parameters:
  ///   - shares: Of the provider, at least one.
  ///   - own: What the client answers for of the same control.
  init(
    _ party: String, _ row: ResponsibilityMatrix.ControlRow, _ shares: [Share], besides own: [Share],
    _ context: OSCALContext, details: [JSONOutput?]
  ) {
    self.party = party
    self.row = row
    self.shares = shares
    self.own = own
    self.context = context
    self.details = details
    let (client, parties) = (context.client, context.parties)
    var duties = context.texts(shares, \.client)
    if duties.isEmpty, !own.isEmpty {
      duties.append("\(parties.called(client)) answers for \(Wording.list(own.map(\.name))) itself.")
    }
    // Whoever is only asked beforehand, or told afterwards, has nothing to do for it.
    var workers: [String] = []
    for name in shares.flatMap({ $0.workers(parties) }) where !workers.contains(name) {
      if name == client || Identifier.party(ofMember: name) == client { workers.append(name) }
    }
    if !workers.isEmpty { duties.append("Some of the work is done by \(Wording.list(workers.map(parties.called))).") }
    duty = duties.isEmpty ? nil : duties.joined(separator: "\n\n")
  }

  private var subject: String { row.control.id.description }

  private var text: String {
    let own = context.texts(shares, \.provider)
    return (shares.map { $0.sentence(context.parties) } + own).joined(separator: "\n\n")
  }

  private var roles: [JSONOutput?] { Share.roles(shares, context.parties) }

  /// The provider's component, with what it exports.
  var json: JSONOutput {
    var provided = Fields()
    provided.set("uuid", exactly: context.ids("provided", subject, party))
    provided.set("description", text: text)
    provided.set("responsible-roles", roles)
    var export = Fields()
    export.set("provided", [provided.json])
    export.set("responsibilities", [responsibility])
    var fields = Fields()
    fields.set("component-uuid", exactly: context.component(party))
    fields.set("uuid", exactly: context.ids("by-component", subject, party))
    fields.set("description", text: text)
    fields.set("props", details)
    fields.set("implementation-status", Share.status(row, units, context.book))
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

  // MARK: What is left to the client

  /// What is assessed of it: of what the provider does and of what the client answers for itself.
  private var assessed: ResponsibilityMatrix.ControlRow {
    var part = row
    part.units = units + own.flatMap(\.units)
    return part
  }

  /// What the client has to do; nil for nothing.
  private var responsibility: JSONOutput? {
    guard let duty else { return nil }
    let state = context.book.state(assessed)
    let (word, remarks) =
      switch state {
      case .none: ("not-assessed", "Nobody has assessed it, so that nothing here says that the client satisfies it.")
      case _ where state.isSatisfied: ("yes", "The client's own component says how it is satisfied.")
      default: ("no", "Assessed as \(state.rawValue), so that nothing here says that the client satisfies it.")
      }
    var fields = Fields()
    fields.set("uuid", exactly: context.ids("responsibility", subject, party))
    fields.set("provided-uuid", exactly: context.ids("provided", subject, party))
    fields.set("description", text: duty)
    fields.set("props", [Prop.own("satisfied", word)])
    fields.set("responsible-roles", [Role.client.held(by: [context.client], context.parties)])
    fields.set("remarks", text: remarks)
    return fields.json
  }

  /// That the client does what is left to it; nil where nothing is, and where no assessment says that it does.
  var satisfied: JSONOutput? {
    let state = context.book.state(assessed)
    guard let duty, state.isSatisfied else { return nil }
    let word = context.book.newest(assessed).map {
      "Assessed as \(state.rawValue), last in entry \($0.entry) on \($0.day) by \($0.member)."
    }
    var fields = Fields()
    fields.set("uuid", exactly: context.ids("satisfied", subject, party))
    fields.set("responsibility-uuid", exactly: context.ids("responsibility", subject, party))
    fields.set("description", text: [duty, word].compactMap { $0 }.joined(separator: "\n\n"))
    fields.set("responsible-roles", [Role.client.held(by: [context.client], context.parties)])
    return fields.json
  }
}
