internal import Catalogs
internal import Crypto
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements
internal import TreeLog

/// Who answers for each control, as a system security plan has it.
///
/// What custody does not know of a system — its boundary, what information it holds, whether it is authorized — it says that
/// it does not know: OSCAL has no plan without these.
struct SecurityPlan {
  let context: OSCALContext
  /// Papers by which a provider's system is authorized, as agreements name them.
  private let authorizations: [HeldPapers.Entry]

  init(_ context: OSCALContext) {
    self.context = context
    authorizations = LeveragedAuthorization.papers(context.snapshot)
  }

  func json() throws -> JSONOutput {
    let requirements = context.frameworks.flatMap { framework in framework.controls.compactMap { requirement($0) } }
    guard !requirements.isEmpty else { throw OSCALContext.nothingApplies(context.source) }
    var back = BackMatter(context.ids)
    let profile = try context.profile(&back)
    var implementation = Fields()
    implementation.set(
      "description",
      text:
        "For each control who answers for it, by which agreement, and what was assessed of it. Where different parties "
        + "answer for objectives of a control, each party's component names its own among its props, those of one objective "
        + "in one group. What does not apply is left out, as in the profile; the metadata's props say why."
    )
    implementation.set("implemented-requirements", requirements)
    var fields = Fields()
    fields.set("uuid", exactly: context.documentID)
    fields.set("metadata", context.metadata(context.notApplicable))
    fields.set("import-profile", profile)
    fields.set("system-characteristics", characteristics)
    fields.set("system-implementation", system(&back))
    fields.set("control-implementation", implementation.json)
    for framework in context.frameworks { _ = back.catalog(framework) }
    fields.set("back-matter", back.json)
    return fields.json
  }

  private static let unknown = "Not recorded in custody, which keeps who answers for controls and what shows it."

  private var characteristics: JSONOutput {
    let client = context.parties.called(context.client)
    var uuid = Fields()
    uuid.set("identifier-type", exactly: "https://ietf.org/rfc/rfc4122")
    uuid.set("id", exactly: context.ids("system"))
    var origin = Fields()
    origin.set("identifier-type", exactly: "\(Prop.namespace):origin")
    origin.set("id", line: context.snapshot.checkpoint.origin)
    var information = Fields()
    information.set("title", line: "Not categorized here")
    information.set("description", text: SecurityPlan.unknown)
    var kinds = Fields()
    kinds.set("information-types", [information.json])
    var boundary = Fields()
    boundary.set("description", text: SecurityPlan.unknown)
    var fields = Fields()
    fields.set("system-ids", [uuid.json, origin.json])
    fields.set("system-name", line: "Systems of \(client)")
    fields.set(
      "description",
      text:
        "All that \(client) has adopted controls for: \(Wording.list(context.frameworks.map { "\($0.title) (\($0.id))" }))."
    )
    fields.set("system-information", kinds.json)
    fields.set("status", SecurityPlan.otherStatus)
    fields.set("authorization-boundary", boundary.json)
    return fields.json
  }

  static let otherStatus: JSONOutput = ["state": "other", "remarks": .string(unknown)]

  // MARK: The system

  private func system(_ back: inout BackMatter) -> JSONOutput {
    var fields = Fields()
    let leveraged = authorizations.compactMap { LeveragedAuthorization.json($0, context, &back) }
    fields.set("leveraged-authorizations", leveraged)
    fields.set("users", users)
    let providers = context.providers
    fields.set("components", [thisSystem] + providers.map { component($0, &back) })
    return fields.json
  }

  /// Those who sign in the log; the client itself where there is nobody yet.
  private var users: [JSONOutput] {
    let members = context.snapshot.state.membership.members.filter { $0.left == nil && $0.role != .auditor }
    let users = members.map { member -> JSONOutput in
      var fields = Fields()
      fields.set("uuid", exactly: context.ids("user", member.id))
      fields.set("title", line: context.parties.called(member.id))
      fields.set("props", [Prop.own("member-id", member.id), Prop.own("member-role", member.role.rawValue)])
      return fields.json
    }
    guard users.isEmpty else { return users }
    var fields = Fields()
    fields.set("uuid", exactly: context.ids("user", context.client))
    fields.set("title", line: "People of \(context.parties.called(context.client))")
    return [fields.json]
  }

  private var thisSystem: JSONOutput {
    var fields = Fields()
    fields.set("uuid", exactly: context.thisSystem)
    fields.set("type", exactly: "this-system")
    fields.set("title", line: "Systems of \(context.parties.called(context.client))")
    fields.set("description", text: "The client's systems, and what its own people do for them.")
    fields.set("props", [Prop.own("party-id", context.client)])
    fields.set("status", SecurityPlan.otherStatus)
    fields.set("responsible-roles", [Role.client.held(by: [context.client], context.parties)])
    return fields.json
  }

  private func component(_ party: String, _ back: inout BackMatter) -> JSONOutput {
    let leveraged = authorizations.first { $0.parties.contains(party) }
    var fields = Fields()
    fields.set("uuid", exactly: context.component(party))
    fields.set("type", exactly: "service")
    fields.set("title", line: context.componentTitle(party))
    fields.set("description", text: context.componentDescription(party))
    fields.set(
      "props",
      [
        Prop.core("implementation-point", "external"),
        Prop.core("leveraged-authorization-uuid", leveraged.map { LeveragedAuthorization.uuid($0, context.ids) }),
        Prop.own("party-id", party),
      ])
    fields.set("links", agreements(of: party, &back))
    fields.set("status", SecurityPlan.otherStatus)
    fields.set("responsible-roles", [Role.provider.held(by: [party], context.parties)])
    return fields.json
  }

  /// The agreements by which a party answers for anything.
  private func agreements(of party: String, _ back: inout BackMatter) -> [JSONOutput] {
    let claims = context.source.matrix.units.flatMap(\.ownership.claims).filter { $0.answer.parties.contains(party) }
    let versions = Set(claims.compactMap(\.holding.version)).sorted()
    let known = context.snapshot.state.versions
    return versions.compactMap { index in
      let version = context.snapshot.resolver.input.versions[index]
      guard let written = known.first(where: { $0.entry == version.entry }) else { return nil }
      var fields = Fields()
      fields.set(
        "href",
        exactly: back.object(
          written.document, title: "Agreement '\(version.engagement)', entry \(version.entry)", type: "agreement"))
      fields.set("rel", exactly: "agreement")
      fields.set("text", line: version.engagement)
      return fields.json
    }
  }
}

extension OSCALContext {
  /// The UUID of the client's own system.
  var thisSystem: String { ids("system", "component") }

  /// Parties that bring a component of their own: those that answer for anything, the client aside.
  var providers: [String] { accountableParties.filter { $0 != client } }
}
