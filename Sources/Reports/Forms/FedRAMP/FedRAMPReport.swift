package import Catalogs
internal import Findings
package import Obligations
package import Ownership
internal import Statements

/// The control implementation summary and the customer responsibility matrix in the columns of FedRAMP's SSP appendix J:
/// for each control how far it is implemented, whose it is, and what a customer inherits from one provider.
public struct FedRAMPReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp

  /// The sheet's first ticks.
  package enum Status: String, Sendable, CaseIterable {
    case implemented
    case partially = "partially-implemented"
    case planned
    case alternative = "alternative-implementation"
    case notApplicable = "not-applicable"

    package var title: String {
      switch self {
      case .implemented: "Implemented"
      case .partially: "Partially Implemented"
      case .planned: "Planned"
      case .alternative: "Alternative Implementation"
      case .notApplicable: "Not Applicable"
      }
    }
  }

  /// The sheet's other ticks. Whether a control is the provider's whole company's, or is configured by the customer, no
  /// agreement says here: those two stay empty.
  package enum Origination: String, Sendable, CaseIterable {
    case corporate = "service-provider-corporate"
    case system = "service-provider-system-specific"
    case hybrid = "service-provider-hybrid"
    case configured = "configured-by-customer"
    case provided = "provided-by-customer"
    case shared
    case inherited
    case notApplicable = "not-applicable"

    package var title: String {
      switch self {
      case .corporate: "Service Provider Corporate"
      case .system: "Service Provider System Specific"
      case .hybrid: "Service Provider Hybrid"
      case .configured: "Configured by Customer"
      case .provided: "Provided by Customer"
      case .shared: "Shared"
      case .inherited: "Inherited"
      case .notApplicable: "Not Applicable"
      }
    }
  }

  /// Whether a customer can inherit it.
  package enum Inheritance: String, Sendable, CaseIterable {
    case yes = "Yes"
    case partial = "Partial"
    case no = "No"
  }

  /// A control.
  package struct Row: Sendable, Equatable {
    package var framework: String
    package var control: ControlID
    /// As the form's first column has it.
    package var name: String
    package var title: String
    /// nil where nothing was assessed.
    package var status: Status?
    /// nil where nobody answers.
    package var origination: Origination?
    /// nil where it does not apply.
    package var inheritance: Inheritance?
    /// Empty where all of it is inherited.
    package var responsibilities: String
  }

  package let rows: [Row]
  /// The provider whose matrix it is.
  package let provider: String
  let providerName: String
  let client: String
  let clientName: String

  /// - Parameters:
  ///   - marks: In log order.
  ///   - provider: The party that stands in the place of the CSP.
  package init(
    _ snapshot: Snapshot, marks: [AssessmentBook.Mark], provider: String, frameworks: [String]? = nil
  ) {
    let matrix = SharedMatrixReport(snapshot, marks: marks, frameworks: frameworks)
    let names = CalledNames(snapshot)
    stamp = matrix.stamp
    self.provider = provider
    providerName = names.party(provider)
    client = snapshot.state.client
    clientName = names.party(snapshot.state.client)
    let book = AssessmentBook(marks, client: snapshot.state.client)
    let maker = FedRAMPRows(provider: provider, client: snapshot.state.client, names: names)
    rows = matrix.frameworks.flatMap { framework -> [Row] in
      let controls = snapshot.matrix.frameworks.first { $0.id == framework.id }?.controls ?? []
      let units = Dictionary(grouping: framework.rows, by: \.control)
      return controls.map { control in
        maker.row(control, units[control.control.id] ?? [], framework.id, FedRAMPRows.status(control, book))
      }
    }
  }

  /// How many controls can be inherited so far.
  package func count(_ inheritance: Inheritance) -> Int { rows.count { $0.inheritance == inheritance } }

  /// The parties that may stand in the CSP's place: providers, and vendors where there is no provider.
  package static func candidates(_ snapshot: Snapshot) -> [String] {
    let present = snapshot.state.membership.parties.filter { $0.leftDay == nil }
    let providers = present.filter { $0.kind == .provider }.map(\.id)
    return providers.isEmpty ? present.filter { $0.kind == .vendor }.map(\.id) : providers
  }
}

/// Makes the rows.
private struct FedRAMPRows {
  typealias Unit = SharedMatrixReport.Row
  typealias Row = FedRAMPReport.Row

  let provider: String
  let client: String
  let names: CalledNames

  func row(
    _ control: ResponsibilityMatrix.ControlRow, _ units: [Unit], _ framework: String, _ status: FedRAMPReport.Status?
  ) -> Row {
    let name = units.first?.requirement ?? control.control.id.local
    var row = Row(
      framework: framework, control: control.control.id, name: name, title: control.control.title, status: status,
      origination: nil, inheritance: nil, responsibilities: "")
    let applying = units.filter { $0.allocation != .notApplicable }
    guard !applying.isEmpty else {
      row.origination = .notApplicable
      row.responsibilities = "Does not apply: \(units.first?.reason ?? "no reason is given")"
      return row
    }
    row.origination = origination(applying)
    let wholly = applying.filter { isOwn($0) && !$0.client.acts && $0.providers == [provider] }
    let partly = applying.filter { $0.providers.contains(provider) && $0.allocation != .nobody }
    row.inheritance = wholly.count == applying.count ? .yes : partly.isEmpty ? .no : .partial
    if row.inheritance != .yes { row.responsibilities = told(applying) }
    return row
  }

  /// Whether the provider answers for it.
  private func isOwn(_ unit: Unit) -> Bool {
    unit.others.isAccountable && unit.providers.first == provider && unit.allocation != .nobody
  }

  private func origination(_ units: [Unit]) -> FedRAMPReport.Origination? {
    let known = units.filter { $0.allocation != .nobody }
    guard known.count == units.count else {
      return known.contains { $0.providers.contains(provider) } && known.contains { $0.client.acts } ? .shared : nil
    }
    if known.allSatisfy({ isOwn($0) && !$0.client.acts }) { return .system }
    // What the customer has another party do is the customer's to provide, and nothing of this provider's.
    if known.allSatisfy({ !$0.providers.contains(provider) }) { return .provided }
    return .shared
  }

  /// What each side does, objectives that read alike together: `Onsite Services: [a] [c] accountable. Acme: [b] …`.
  private func told(_ units: [Unit]) -> String {
    var parts: [(who: String, what: String, objectives: [String])] = []
    func add(_ who: String, _ what: String, _ unit: Unit) {
      if let place = parts.firstIndex(where: { $0.who == who && $0.what == what }) {
        parts[place].objectives.append(unit.objective)
      } else {
        parts.append((who, what, [unit.objective]))
      }
    }
    for unit in units {
      if unit.allocation == .nobody {
        add("Nobody answers", unit.reason ?? "unowned", unit)
        continue
      }
      if unit.providers.contains(provider) { add(names.party(provider), unit.text(of: provider), unit) }
      // A provider's form says nothing of what others do for the customer.
      let others = unit.providers.contains { $0 != provider } ? "arranged with another party" : ""
      let own = [unit.client.text, others].filter { !$0.isEmpty }.joined(separator: "; ")
      if !own.isEmpty { add("Customer (\(names.party(client)))", own, unit) }
    }
    return parts.map { part in
      let objectives = part.objectives.count == units.count ? [] : part.objectives.filter { !$0.isEmpty }
      return "\(part.who): \((objectives + [part.what]).joined(separator: " "))"
    }.joined(separator: ". ")
  }

  /// What an assessment amounts to on the sheet; nothing where nobody assessed, or where it is simply not met.
  static func status(
    _ row: ResponsibilityMatrix.ControlRow, _ book: AssessmentBook
  ) -> FedRAMPReport.Status? {
    switch book.state(row) {
    case .met: return .implemented
    case .notApplicable: return .notApplicable
    case .alternative: return .alternative
    case .partly: return .partially
    case .planned, .notMet:
      let marks = row.applicable.compactMap { book.mark($0)?.assessment }
      let notes = marks.filter { $0.status != .met }.map { AssessmentNote($0.note) }
      let isPartly =
        notes.contains { $0.partial != nil } || marks.contains { $0.status == .met }
      if isPartly { return .partially }
      let isPlanned = marks.contains { $0.status == .planned || ($0.status == .notMet && $0.through != nil) }
      return isPlanned || notes.contains { !$0.milestones.isEmpty } ? .planned : nil
    case .none: return nil
    }
  }
}
