internal import Index
internal import Ownership
internal import Statements

/// What people of this store submitted before, found by what its files were called and what was said about them.
struct EvidenceHistory {
  /// An earlier file, and what it was submitted for.
  struct Match {
    let entry: Int
    let file: String
    let controls: [String]
  }

  /// Where a file of some name went in: of each entry the first of that name.
  private typealias Place = (entry: Int, file: String)

  private struct Record {
    let entry: Int
    let controls: [String]
    var words: Set<String>
    var file = ""
  }

  /// By entry; what was replaced was perhaps replaced because it was for the wrong controls.
  private var records: [Int: Record] = [:]
  private var byName: [NameStem: [Place]] = [:]
  private var byFolder: [NameStem: [Place]] = [:]
  private var byWord: [String: [Int]] = [:]

  /// A submission for more controls than these says little about one file of a folder.
  private static let controlLimit = 12
  /// So many earlier submissions are looked at, the newest first.
  private static let depth = 3
  /// A word that more submissions have tells nothing.
  private static let wordLimit = 500

  /// - Parameters:
  ///   - names: Of the files that will be asked about.
  ///   - isKnown: Whether a control or unit is one today.
  init(_ store: OpenedStore, for names: [String], isKnown: (String) -> Bool) throws {
    let stems = Set(names.compactMap { EvidenceHistory.key($0) })
    let folders = Set(names.compactMap { NameStem.folder(of: $0) })
    try store.index.forEachEvidence { record, replaced in
      let label = record.evidence.label ?? ""
      guard replaced == nil, !["requests", "restored"].contains(label), HandoverLabel.engagement(label) == nil else {
        return
      }
      let controls = record.evidence.controls.filter(isKnown)
      guard !controls.isEmpty else { return }
      let said = [record.evidence.description, record.evidence.source].compactMap { $0 }.joined(separator: " ")
      records[record.entry] = Record(entry: record.entry, controls: controls, words: Set(NameStem.words(said)))
    }
    try store.index.forEachEvidenceFile { file in
      guard records[file.entry] != nil else { return }
      if records[file.entry]?.file.isEmpty == true {
        records[file.entry]?.file = file.name
        records[file.entry]?.words.formUnion(NameStem(file: EvidenceHistory.own(file.name)).words)
      }
      if let key = EvidenceHistory.key(file.name), stems.contains(key) {
        EvidenceHistory.keep((file.entry, file.name), in: &byName[key, default: []])
      }
      if let folder = NameStem.folder(of: file.name), folders.contains(folder) {
        EvidenceHistory.keep((file.entry, file.name), in: &byFolder[folder, default: []])
      }
    }
    for entry in records.keys.sorted() {
      for word in records[entry]?.words ?? [] { byWord[word, default: []].append(entry) }
    }
  }

  /// A file's name without its folders.
  static func own(_ name: String) -> String { name.split(separator: "/").last.map(String.init) ?? name }

  /// What a file is found under: its stem, and where any file may be called so, that within its folder.
  private static func key(_ name: String) -> NameStem? {
    let stem = NameStem(file: own(name))
    guard !stem.words.isEmpty, !stem.isTelling else { return stem.words.isEmpty ? nil : stem }
    return NameStem.folder(of: name).map { NameStem(words: $0.words + ["/"] + stem.words) }
  }

  /// Keeps the newest entries, in log order; what comes is none older than what is there.
  private static func keep(_ place: Place, in places: inout [Place]) {
    guard places.last?.entry != place.entry else { return }
    places.append(place)
    if places.count > depth { places.removeFirst() }
  }

  /// Earlier files called the same but for days, numbers and versions, the newest first.
  ///
  /// A name that any file may have counts only within the same folder.
  func sameName(_ name: String) -> [Match] {
    EvidenceHistory.key(name).flatMap { byName[$0] }.map(newest) ?? []
  }

  /// Earlier files of the same folder.
  func sameFolder(_ name: String) -> [Match] {
    guard let folder = NameStem.folder(of: name) else { return [] }
    return newest(byFolder[folder] ?? []).filter { $0.controls.count <= EvidenceHistory.controlLimit }
  }

  /// Earlier evidence whose name, description or source has at least two words of the file's name, and half of them: those
  /// that have the most.
  func sameWords(_ name: String) -> [Match] {
    let words = NameStem(file: EvidenceHistory.own(name)).telling
    guard words.count > 1 else { return [] }
    var shared: [Int: Int] = [:]
    for word in words {
      let entries = byWord[word] ?? []
      guard entries.count <= EvidenceHistory.wordLimit else { continue }
      for entry in entries { shared[entry, default: 0] += 1 }
    }
    guard let most = shared.values.max(), most > 1, most * 2 >= words.count else { return [] }
    let best = shared.filter { $0.value == most }.keys.map { ($0, records[$0]?.file ?? "") }
    return newest(best).filter { $0.controls.count <= EvidenceHistory.controlLimit }
  }

  private func newest(_ found: [Place]) -> [Match] {
    found.sorted { $0.entry > $1.entry }.prefix(EvidenceHistory.depth).compactMap { entry, file in
      records[entry].map { Match(entry: entry, file: file, controls: $0.controls) }
    }
  }
}
