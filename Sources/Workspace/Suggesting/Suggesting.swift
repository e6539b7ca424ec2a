internal import Catalogs
internal import Findings

/// Finds out what files are probably evidence for: by their names, by what was submitted before, and by what goes with that.
///
/// It signs nothing and changes nothing: a person decides.
package struct Suggesting {
  /// More controls are not suggested for one file.
  private static let limit = 12

  private let store: OpenedStore
  /// Patterns of names that are left out of folders.
  private let excluded: [String]

  package init(_ store: OpenedStore, excluding excluded: [String] = []) {
    self.store = store
    self.excluded = excluded
  }

  /// What is suggested for each file, in the order in which they are named, those of a folder in byte order.
  package func suggest(for paths: [String]) throws -> [FileSuggestion] {
    var gathering = FileGathering(home: store.desk.home, store: store, excluding: excluded)
    for path in paths { try gathering.add(path, name: Suggesting.relative(path)) }
    for skipped in gathering.skipped { store.desk.notices.warn("left out: \(skipped)") }
    for bad in gathering.badNames {
      store.desk.notices.warn("left out: '\(bad)', a name that cannot stand in a store")
    }
    guard !gathering.files.isEmpty else {
      throw Failure(.inputMissing, "there are no files in \(FileGathering.some(paths.map { "'\($0)'" }))")
    }
    let finder = try ControlChoice(store).everything()
    let isKnown = { (text: String) in ControlID(parsing: text).map { finder.isCanonical($0) == true } ?? false }
    let history = try EvidenceHistory(store, for: gathering.files.map(\.name), isKnown: isKnown)
    let reach = try CrosswalkReach.mayLead(store) ? CrosswalkReach(store, finder) : nil
    return gathering.files.map { suggestion(for: $0, finder, history, reach) }
  }

  /// A path below the working folder is the name that is looked at, with its folders.
  private static func relative(_ path: String) -> String? {
    var plain = path
    while plain.hasPrefix("./") { plain.removeFirst(2) }
    while plain.hasSuffix("/") { plain.removeLast() }
    let parts = plain.split(separator: "/")
    return plain.hasPrefix("/") || plain.isEmpty || plain == "." || parts.contains("..") ? nil : plain
  }

  private func suggestion(
    for source: ArtifactSource, _ finder: ControlFinder, _ history: EvidenceHistory, _ reach: CrosswalkReach?
  ) -> FileSuggestion {
    var path = source.name
    if case .file(let place) = source.origin { path = place }
    var found = FileSuggestion(path: path)
    let named = ControlGuess(source.name, finder).ids
    if !named.isEmpty {
      let isOwn = !ControlGuess(EvidenceHistory.own(source.name), finder).ids.isEmpty
      for id in named { add(id, isOwn ? .name : .folder, to: &found) }
    }
    for match in history.sameName(source.name) {
      // Names that differ only in the control that they name are of one series, and not of one control.
      guard named.isEmpty || Set(named).isSubset(of: match.controls) else { continue }
      for id in match.controls { add(id, .sameName(entry: match.entry, file: match.file), to: &found) }
    }
    if found.controls.isEmpty {
      for match in history.sameFolder(source.name) {
        for id in match.controls { add(id, .sameFolder(entry: match.entry, file: match.file), to: &found) }
      }
    }
    if found.controls.isEmpty {
      for match in history.sameWords(source.name) {
        for id in match.controls { add(id, .sameWords(entry: match.entry, file: match.file), to: &found) }
      }
    }
    found.also = (reach?.proposals(for: found.controls.map(\.control)) ?? []).map { proposal in
      Suggestion(
        control: proposal.control.description,
        reasons: [.crosswalk(from: proposal.from, relation: proposal.relation.rawValue)])
    }
    return found
  }

  /// Adds a reason; of each kind the newest is enough.
  private func add(_ control: String, _ reason: Suggestion.Reason, to found: inout FileSuggestion) {
    guard let place = found.controls.firstIndex(where: { $0.control == control }) else {
      if found.controls.count < Suggesting.limit {
        found.controls.append(Suggestion(control: control, reasons: [reason]))
      }
      return
    }
    if !found.controls[place].reasons.contains(where: { $0.isLike(reason) }) {
      found.controls[place].reasons.append(reason)
    }
  }
}

extension Suggestion.Reason {
  fileprivate func isLike(_ other: Suggestion.Reason) -> Bool {
    switch (self, other) {
    case (.name, .name), (.folder, .folder), (.sameName, .sameName), (.sameFolder, .sameFolder),
      (.sameWords, .sameWords), (.crosswalk, .crosswalk):
      true
    case (.name, _), (.folder, _), (.sameName, _), (.sameFolder, _), (.sameWords, _), (.crosswalk, _): false
    }
  }
}
