package import Catalogs
internal import Findings
package import Obligations
package import Ownership
internal import Statements

/// What a provider's system presumes that others do: complementary user entity controls, which the client has, and
/// complementary subservice organization controls, which a vendor or another provider has.
public struct UserEntityReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp

  package enum Kind: String, Sendable, CaseIterable {
    case userEntity = "user-entity"
    case subservice
  }

  /// Something that others than the provider do for a control of which the provider answers for some.
  package struct Row: Sendable, Equatable {
    package var kind: Kind
    package var framework: String
    package var control: ControlID
    package var title: String
    /// The part of the control; nil for a duty by agreement, which is about no single control.
    package var unit: ControlID?
    package var objective: String
    /// Whose system presumes it.
    package var providers: [String]
    /// Who does it; nil where nobody took it.
    package var bearer: String?
    package var duty: String
    package var source: AgreementWord?
    package var taken: AgreementWord.Signature?
    package var evidence: EvidenceMark?
    package var missing: [String]
  }

  /// What the client owes by an agreement with a provider, beside single controls.
  package struct Owed: Sendable {
    package var duty: DutyCalendar.Entry
    package var providers: [String]
    package var taken: AgreementWord.Signature?
    package var missing: [String]
  }

  package let rows: [Row]
  package let owed: [Owed]
  let names: CalledNames
  let client: String

  /// - Parameter provider: Only what this party's system presumes; nil for every provider's.
  package init(
    _ snapshot: Snapshot, _ book: DutyBook, provider: String? = nil, frameworks: [String]? = nil
  ) {
    let matrix = SharedMatrixReport(snapshot, frameworks: frameworks)
    stamp = matrix.stamp
    client = snapshot.state.client
    names = CalledNames(snapshot)
    let maker = UserEntityRows(snapshot, provider)
    rows = matrix.frameworks.flatMap { framework in
      framework.rows.reduce(into: [[SharedMatrixReport.Row]]()) { groups, row in
        if groups.last?.first?.control == row.control {
          groups[groups.count - 1].append(row)
        } else {
          groups.append([row])
        }
      }.flatMap { maker.rows($0) }
    }
    owed = maker.owed(DutyCalendar.list(snapshot, done: book))
  }

  /// How many of a kind there are.
  package func count(_ kind: Kind) -> Int { rows.count { $0.kind == kind } }
}

/// Makes the rows.
private struct UserEntityRows {
  typealias Unit = SharedMatrixReport.Row
  typealias Row = UserEntityReport.Row

  private let snapshot: Snapshot
  private let client: String
  private let words: AgreementWords
  /// Whose systems are asked about.
  private let providers: Set<String>

  init(_ snapshot: Snapshot, _ provider: String?) {
    self.snapshot = snapshot
    client = snapshot.state.client
    words = AgreementWords(snapshot)
    let all = snapshot.state.membership.parties.filter { $0.kind == .provider }.map(\.id)
    providers = Set(provider.map { [$0] } ?? all)
  }

  /// The duties that go with a control, by the units of it.
  func rows(_ units: [Unit]) -> [Row] {
    let applying = units.filter { $0.allocation != .notApplicable }
    let presuming = applying.filter(isPresuming).compactMap(\.providers.first)
    guard !presuming.isEmpty else { return carvedOut(applying) }
    let systems = presuming.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return applying.flatMap { unit -> [Row] in
      if unit.allocation == .nobody {
        return [row(unit, .userEntity, systems, nil, "nobody took it: \(unit.reason ?? "unowned")")]
      }
      var rows: [Row] = []
      if unit.client.acts || (isPresuming(unit) && unit.client.isConsulted) {
        rows.append(row(unit, .userEntity, systems, client, unit.client.text))
      }
      for other in unit.providers where !systems.contains(other) {
        rows.append(row(unit, .subservice, systems, other, unit.text(of: other)))
      }
      return rows
    }
  }

  /// What a vendor holds wholly, by an agreement that names the provider too.
  private func carvedOut(_ units: [Unit]) -> [Row] {
    units.compactMap { unit in
      guard unit.others.isAccountable, unit.allocation != .nobody, let holder = unit.providers.first,
        snapshot.state.membership.party(holder)?.kind == .vendor, let word = unit.agreement,
        let index = snapshot.resolver.input.versions.firstIndex(where: { $0.entry == word.entry })
      else { return nil }
      let systems = words.providers(index).filter(providers.contains)
      return systems.isEmpty ? nil : row(unit, .subservice, systems, holder, unit.text(of: holder))
    }
  }

  /// Whether a provider that is asked about answers for it.
  private func isPresuming(_ unit: Unit) -> Bool {
    unit.allocation != .nobody && unit.others.isAccountable && unit.providers.first.map(providers.contains) ?? false
  }

  private func row(_ unit: Unit, _ kind: UserEntityReport.Kind, _ systems: [String], _ bearer: String?, _ duty: String)
    -> Row
  {
    let word = unit.agreement
    let taken = bearer == client ? word?.client : word?.others.first { $0.party == bearer }
    // Evidence of the other side shows what that side does.
    let evidence = unit.evidence.flatMap { $0.party == bearer ? $0 : nil }
    var missing: [String] = []
    if bearer == nil { missing.append("nobody answers for it") }
    if bearer != nil, taken == nil { missing.append("no acceptance of the line by \(bearer ?? "")") }
    if bearer != nil, evidence == nil {
      missing.append(
        unit.evidence == nil ? "no evidence" : "no evidence of its own: the newest is of \(unit.evidence?.party ?? "")")
    }
    if evidence != nil, unit.findings.contains(.staleEvidence) { missing.append("current evidence") }
    if unit.findings.contains(.pending) { missing.append("an answer to the newer version that waits") }
    return Row(
      kind: kind, framework: unit.framework, control: unit.control, title: unit.title, unit: unit.unit,
      objective: unit.objective, providers: systems, bearer: bearer, duty: duty, source: word, taken: taken,
      evidence: evidence, missing: missing)
  }

  /// What the client owes by agreements with those providers.
  func owed(_ duties: [DutyCalendar.Entry]) -> [UserEntityReport.Owed] {
    duties.filter { $0.party == client }.compactMap { duty in
      guard case .agreed = duty.when,
        let index = snapshot.resolver.input.versions.firstIndex(where: { $0.entry == duty.version })
      else { return nil }
      let named = words.providers(index).filter(providers.contains)
      guard !named.isEmpty else { return nil }
      let taken = words.signature(of: client, version: index)
      var missing: [String] = []
      if taken == nil { missing.append("no acceptance by \(client)") }
      if duty.newest == nil { missing.append("no evidence") }
      if duty.isOverdue { missing.append("late" + (duty.due.map { ": it was due on \($0)" } ?? "")) }
      return UserEntityReport.Owed(duty: duty, providers: named, taken: taken, missing: missing)
    }
  }
}
