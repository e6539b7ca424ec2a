package import Agreements
internal import Catalogs
package import Crypto
package import Findings
internal import FoundationEssentials
internal import Obligations
package import Ownership
package import Statements
internal import Storage

/// An engagement document in a file, read and checked against the store.
package struct AgreementFile {
  package let path: String
  package let bytes: [UInt8]
  package let document: EngagementDocument
  package let remarks: [Diagnostic]
  /// What is allowed, and bodes ill.
  package private(set) var smells: [Diagnostic]
  /// Where its values stand.
  let sources: SourceMap
  /// The papers that the document names, the statement of work first: their names and bytes.
  package let papers: [(name: String, bytes: [UInt8])]

  /// The largest paper that goes with an agreement, in bytes.
  package static let paperLimit = 256 << 20

  /// What is wrong with a file.
  package struct Faults: Error {
    package let path: String
    package let faults: [Diagnostic]
    package let remarks: [Diagnostic]
  }

  /// Whether a version is this document, with these papers, to the byte.
  package func isThat(of version: LogState.EngagementVersion) -> Bool {
    let own = Dictionary(papers.map { ($0.name, SHA256.hash($0.bytes)) }, uniquingKeysWith: { first, _ in first })
    return version.document == SHA256.hash(bytes) && version.papers == own
  }

  /// - Parameter store: nil far from the store, where names and controls cannot be checked.
  /// - Throws: `Faults` with everything that is wrong.
  package static func read(_ path: String, _ store: OpenedStore?) throws -> AgreementFile {
    let bytes = try InputFile.read(path, limit: ObjectLibrary.documentLimit)
    let (read, sources, syntaxFaults) = EngagementDocument.readWithFaults(bytes)
    guard let document = read else { throw Faults(path: path, faults: syntaxFaults, remarks: []) }
    var outcome = try store.map { try check(document, sources, $0) } ?? (faults: [], remarks: [])
    var papers: [(name: String, bytes: [UInt8])] = []
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let offset = document.statementOfWork == nil ? 0 : 1
    for (index, name) in document.allPapers.map(\.file).enumerated() {
      let place =
        index < offset
        ? sources.position("statement-of-work") : sources.position("papers", .index(index - offset), "file")
      if !Manifest.isValidName(name) || name == "document" {
        outcome.faults.append(Diagnostic(place, "'\(name)' is not the name of a file beside this one"))
      } else if let bytes = try RegularFile.read("\(folder)/\(name)", limit: paperLimit), bytes.count <= paperLimit {
        papers.append((name, bytes))
        if document.allPapers[index].kind == CreditTable.kind {
          outcome.faults += CreditFile.read(bytes, levels: document.serviceLevels.map(\.id)).faults.map {
            Diagnostic(place, "'\(name)', \($0)")
          }
        }
      } else {
        outcome.faults.append(Diagnostic(place, "there is no file '\(name)' beside this one, or it is too large"))
      }
    }
    // What has a fault of form has been told already; what stands in for it is no fault of its own.
    outcome.faults.removeAll { fault in
      syntaxFaults.contains { $0.line == fault.line && $0.column == fault.column }
    }
    outcome.remarks.removeAll { remark in syntaxFaults.contains { $0.line == remark.line } }
    outcome.faults = (syntaxFaults + outcome.faults).sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    guard outcome.faults.isEmpty else { throw Faults(path: path, faults: outcome.faults, remarks: outcome.remarks) }
    var file = AgreementFile(
      path: path, bytes: bytes, document: document, remarks: outcome.remarks, smells: [], sources: sources,
      papers: papers)
    if let store {
      file.smells = AgreementSmells.list(document, sources, domains: try file.openDomains(finder(store).domains, store))
    }
    return file
  }

  /// The domains whose function no other agreement covers on the first day that this one speaks for.
  private func openDomains(_ domains: [String], _ store: OpenedStore) throws -> [String] {
    guard store.state.versions.contains(where: { $0.engagement != document.id }) else { return domains }
    let preview = try AgreementPreview(self, store, statement: .zero, day: store.desk.clock.today)
    let day = UnitTally.firstDay(of: preview)
    return domains.filter { preview.elsewhere("\(ControlFinder.functions)/\($0)", on: day).isEmpty }
  }

  /// Holds what a document names against the store.
  private static func check(
    _ document: EngagementDocument, _ sources: SourceMap, _ store: OpenedStore
  ) throws -> (faults: [Diagnostic], remarks: [Diagnostic]) {
    let outcome = try AgreementCheck.run(
      document, sources, state: store.state, finder: finder(store), library: store.library,
      today: store.desk.clock.today)
    return (outcome.faults, outcome.remarks)
  }

  /// Frameworks that are adopted for later may be named today.
  private static func finder(_ store: OpenedStore) throws -> ControlFinder {
    let today = store.desk.clock.today
    let latest = store.state.adoptions.map(\.effective).max() ?? today
    return ControlFinder(catalogs: try store.catalogs(on: max(today, latest)))
  }
}

extension AgreementFile.Faults: FailureConvertible {
  package var failure: Failure {
    let lines = faults.map { "'\(path)' \($0)" }
    return Failure(
      .malformedInput, lines.joined(separator: "\n"),
      hint: "\(Wording.count(faults.count, "fault")); nothing was changed")
  }
}

/// A version that is not in the log yet, seen as if it were: what it would change, and what each party would sign.
package struct AgreementPreview {
  package let resolver: Resolver
  package let index: Int
  package let document: EngagementDocument

  /// - Parameter statement: The version's statement, or a stand-in where it is not signed yet.
  package init(_ file: AgreementFile, _ store: OpenedStore, statement: Digest, day: Day) throws {
    document = file.document
    var input = try ResolutionInput(store.state, library: store.library)
    let isFirst = !input.versions.contains { $0.engagement == file.document.id }
    let standard = isFirst ? file.document.termFrom : day
    index = input.versions.count
    input.versions.append(
      ResolutionInput.Version(
        entry: store.state.size, day: day, engagement: file.document.id, statement: statement,
        effective: file.document.effective ?? standard,
        document: file.document.spelledOut(BareNames(input.adoptions, before: store.state.size)),
        papers: Dictionary(
          file.papers.map { ($0.name, SHA256.hash($0.bytes)) }, uniquingKeysWith: { first, _ in first })))
    resolver = Resolver(input)
  }

  /// The parties that answer for a unit on a day by other agreements that hold, in the order of those.
  package func elsewhere(_ unit: UnitFacts, on day: Day) -> [(party: String, engagement: String)] {
    resolver.ownership(unit, on: day, in: resolver.scope(on: day)).claims.filter { $0.engagement != document.id }
      .flatMap { claim in claim.answer.parties.map { ($0, claim.engagement) } }
  }

  /// The same of a unit by its id.
  func elsewhere(_ unit: String, on day: Day) -> [(party: String, engagement: String)] {
    let facts = ControlID(parsing: unit).flatMap { id in
      resolver.scope(on: day).adoptions[id.framework]?.unit(id)
    }
    return facts.map { elsewhere($0, on: day) } ?? []
  }

  package var builder: ScheduleBuilder { ScheduleBuilder(resolver, version: index) }

  /// Every party that the version gives something to, or takes something from, the client first.
  package func parties() -> [String] {
    let builder = builder
    let client = resolver.input.client
    let lines = builder.changes()
    var parties = [client]
    for line in lines {
      for party in [line.line.terms.accountable, line.held.accountable].compactMap({ $0 }) + line.line.terms.responsible
      where !parties.contains(party) { parties.append(party) }
    }
    let promised = document.duties.map(\.party) + document.serviceLevels.map(\.party)
    for party in promised + builder.lineChanges().flatMap(\.parties) where !parties.contains(party) {
      parties.append(party)
    }
    return parties
  }
}
