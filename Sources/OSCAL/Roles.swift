internal import Ownership
internal import Rendering

/// The roles that documents give to parties. OSCAL has no word of its own for who answers for a control.
enum Role: String, CaseIterable {
  case accountable, responsible, consulted, informed
  case assessor, submitter
  case client, provider, vendor, auditor

  private var text: (title: String, description: String) {
    switch self {
    case .accountable:
      ("Accountable", "The one party that answers for it, by an agreement that both sides have signed.")
    case .responsible: ("Responsible", "Who does the work.")
    case .consulted: ("Consulted", "Who is asked beforehand.")
    case .informed: ("Informed", "Who is told afterwards.")
    case .assessor: ("Assessor", "Who signed an assessment.")
    case .submitter: ("Submitter", "Who signed evidence.")
    case .client: ("Client", "The organization whose controls they are.")
    case .provider: ("Provider", "An organization that does work for the client by agreement.")
    case .vendor: ("Vendor", "An organization from which the client buys.")
    case .auditor: ("Auditor", "An organization that looks at the evidence.")
    }
  }

  static var json: [JSONOutput] {
    allCases.map { role in
      var fields = Fields()
      fields.set("id", exactly: role.rawValue)
      fields.set("title", line: role.text.title)
      fields.set("description", text: role.text.description)
      return fields.json
    }
  }

  /// A role with those who have it; nil where nobody does.
  func held(by names: [String], _ parties: Parties) -> JSONOutput? {
    var seen: Set<String> = []
    let uuids = names.map { parties.uuid($0) }.filter { seen.insert($0).inserted }
    guard !uuids.isEmpty else { return nil }
    var fields = Fields()
    fields.set("role-id", exactly: rawValue)
    fields.set("party-uuids", uuids.map { .string($0) })
    return fields.json
  }
}
