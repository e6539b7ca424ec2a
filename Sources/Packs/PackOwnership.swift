internal import Catalogs
internal import Crypto
internal import Ownership
internal import Statements

/// What a pack says of controls: what they are called, and who accepted them for whom.
struct PackOwnership {
  /// A party's word under which a control is held.
  struct Word: Hashable {
    let party: String
    let member: String
    let day: Day
    let entry: Int
    let keyID: Digest
  }

  /// The day for which ownership is resolved: the last that was asked about and that the log has reached.
  let day: Day
  private let snapshot: Snapshot
  private let finder: ControlFinder
  private let rows: [String: ResponsibilityMatrix.ControlRow]
  /// Controls that were asked for, by what statements call them; nil where all are.
  private let asked: [String: [String]]?
  /// Whether a framework of the DoD's CMMC is adopted.
  let hasCMMC: Bool

  init(_ log: PackedLog, _ selection: PackSelection) throws {
    let last = log.lastTime?.day ?? Day(daysSinceEpoch: 0)
    day = min(selection.through ?? last, last)
    snapshot = try Snapshot(
      checkpoint: log.checkpoint, state: log.state, evidence: EvidenceBook(), asOf: day, library: log.library)
    var catalogs: [Catalog] = []
    for row in snapshot.matrix.frameworks {
      if let catalog = try log.library.catalog(row.adoption.catalog, framework: row.id) { catalogs.append(catalog) }
    }
    let finder = ControlFinder(catalogs: catalogs)
    self.finder = finder
    hasCMMC = catalogs.contains { $0.framework.hasPrefix("cmmc") }
    rows = Dictionary(
      snapshot.matrix.frameworks.flatMap(\.controls).map { ($0.control.id.description, $0) },
      uniquingKeysWith: { first, _ in first })
    asked = selection.choosesControls ? PackOwnership.asked(selection, catalogs, finder) : nil
  }

  private static func asked(
    _ selection: PackSelection, _ catalogs: [Catalog], _ finder: ControlFinder
  ) -> [String: [String]] {
    var asked: [String: [String]] = [:]
    func add(_ stated: ControlID, _ shown: ControlID) {
      let text = shown.description
      if !asked[stated.description, default: []].contains(text) { asked[stated.description, default: []].append(text) }
    }
    for catalog in catalogs where selection.frameworks.contains(catalog.framework) {
      for control in catalog.controls {
        // Of a control that is another's under another name, the evidence stands under the other.
        for target in finder.canonical(control.id) ?? [control.id] {
          add(target, control.id)
          for unit in finder.control(target)?.units ?? [] { add(unit.id, control.id) }
        }
      }
    }
    for text in selection.controls {
      guard let id = ControlID(parsing: text) else { continue }
      add(id, finder.unit(id)?.control ?? id)
    }
    return asked
  }

  /// What a control or unit that a statement names is shown as; empty where it was not asked for.
  func shown(_ stated: String) -> [String] {
    if let asked { return asked[stated] ?? [] }
    return [ControlID(parsing: stated).flatMap { finder.unit($0)?.control.description } ?? stated]
  }

  func title(_ control: String) -> String {
    ControlID(parsing: control).flatMap { finder.control($0)?.title } ?? ""
  }

  /// Every control of every adopted framework, in the catalogs' order.
  var everyControl: [(framework: String, row: ResponsibilityMatrix.ControlRow)] {
    snapshot.matrix.frameworks.flatMap { framework in framework.controls.map { (framework.id, $0) } }
  }

  /// Frameworks whose controls cannot be told, as their catalog is not here.
  var unreadable: [String] { snapshot.matrix.unreadable }

  /// The parties that answer for a control, in byte order.
  func accountable(_ control: String) -> [String] {
    Set(rows[control]?.applicable.compactMap(\.accountable) ?? []).sorted(by: ByteOrder.precedes)
  }

  /// Under which words the control is held: of each version whose terms hold, the last word of each party that it needed.
  func accepted(_ control: String) -> [Word] {
    var words: Set<Word> = []
    for unit in rows[control]?.applicable ?? [] {
      for claim in unit.ownership.claims {
        guard let index = claim.holding.termsVersion, let taken = claim.holding.recordedEntry else { continue }
        let version = snapshot.resolver.input.versions[index].statement
        let needed = Set([snapshot.state.client] + claim.answer.parties)
        var last: [String: Word] = [:]
        for word in snapshot.state.acceptances
        where word.version == version && word.accepts && word.entry <= taken && needed.contains(word.party) {
          last[word.party] = Word(
            party: word.party, member: word.member, day: word.entryDay, entry: word.entry, keyID: word.keyID)
        }
        words.formUnion(last.values)
      }
    }
    return words.sorted { $0.entry < $1.entry }
  }
}
