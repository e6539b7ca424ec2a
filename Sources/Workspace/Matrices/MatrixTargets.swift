internal import Catalogs
internal import Spreadsheets

/// What the cells of a matrix are about: controls in every spelling, families, functions by their phrases.
struct MatrixTargets {
  enum Target: Hashable {
    /// A control or an objective.
    case control(ControlID)
    case family(ControlID)
    case domain(String)
  }

  /// What a cell came to.
  struct Reading: Equatable {
    var targets: [Target] = []
    /// What in it was not understood, a sentence each.
    var faults: [String] = []
    /// How words were understood that are no ids.
    var remark: String?
  }

  let finder: ControlFinder
  private let functions: FunctionPhrases

  init(_ finder: ControlFinder) {
    self.finder = finder
    functions = FunctionPhrases(finder.catalog(ControlFinder.functions))
  }

  /// Whether a cell holds nothing but ids.
  func holdsIDs(_ text: String) -> Bool {
    let texts = ControlField.texts(text) { knows($0) }
    return !texts.isEmpty && texts.allSatisfy(knows)
  }

  private func knows(_ text: String) -> Bool {
    guard text.utf8.count <= 200 else { return false }
    if let match = finder.known(text) {
      switch match {
      case .found, .family, .ambiguous, .withdrawn: return true
      case .unknown: return false
      }
    }
    if let each = ObjectiveGroup.spelled(text) { return each.allSatisfy(knows) }
    if case .ids = ControlRange.read(text, finder) { return true }
    return respelled(text) != nil
  }

  /// Ids with low lines or hyphens for their dots: `3_1_1`, `AC-L2-3-1-1`.
  private func respelled(_ text: String) -> String? {
    guard text.contains(where: \.isNumber), text.utf8.count <= 40 else { return nil }
    let found = NameSpelling.rewritten(Substring(text))
    guard found.count == 1 else { return nil }
    return found[0].first { candidate in
      guard case .found? = finder.known(candidate) else { return false }
      return true
    }
  }

  /// A cell of a column of ids.
  func ids(_ cell: Sheet.Cell) -> Reading {
    var reading = Reading()
    if cell.kind == .day {
      reading.faults.append(dayFault(cell.text))
      return reading
    }
    if cell.kind == .number, SpreadsheetSlip.mayLackZero(cell.text, finder) {
      reading.faults.append(
        "'\(cell.text)' is a number there, and may have been '\(cell.text)0': make it a text that says which")
      return reading
    }
    for text in ControlField.texts(cell.text, isKnown: { knows($0) }) { add(text, to: &reading) }
    return reading
  }

  private func dayFault(_ text: String) -> String {
    let meant = SpreadsheetSlip.day(text, finder) ?? []
    return "a spreadsheet made a day of what was written"
      + (meant.isEmpty ? ": a day is no id" : ": it may have been \(meant.joined(separator: " or "))")
  }

  private func add(_ text: String, to reading: inout Reading) {
    switch finder.known(text) {
    case .found(let ids)?: reading.targets += ids.map(target)
    case .family(let family)?: reading.targets += targets(ofFamily: family)
    case .ambiguous(let ids)?:
      reading.faults.append("'\(text)' may be \(ids.prefix(4).map(\.description).joined(separator: " or "))")
    case .withdrawn(let id, let successors)?:
      let went = successors.isEmpty ? "" : ": it went into \(successors.map(\.description).joined(separator: " and "))"
      reading.faults.append("'\(id)' is withdrawn\(went)")
    case .unknown?, nil:
      if let each = ObjectiveGroup.spelled(text), each.allSatisfy(knows) {
        for one in each { add(one, to: &reading) }
        return
      }
      switch ControlRange.read(text, finder) {
      case .ids(let ids)?:
        reading.targets += ids.flatMap { finder.canonical($0) ?? [$0] }.map(target)
        return
      case .unclear?:
        reading.faults.append("'\(text)' is a range over more than one family, or runs backwards")
        return
      case nil: break
      }
      if let spelled = respelled(text) { return add(spelled, to: &reading) }
      if SpreadsheetSlip.day(text, finder)?.isEmpty == false {
        reading.faults.append(dayFault(text))
        return
      }
      var hint = ""
      if case .unknown(let similar) = finder.resolve(text), let first = similar.first {
        hint = ": did you mean \(first)"
      }
      reading.faults.append("no framework here has the control '\(text.prefix(60))'\(hint)")
    }
  }

  private func target(_ id: ControlID) -> Target {
    id.framework == ControlFinder.functions ? .domain(id.local) : .control(id)
  }

  /// A standard of the HIPAA rule stands for its specifications, another family for itself.
  private func targets(ofFamily family: ControlID) -> [Target] {
    guard finder.family(family)?.isStandard == true else { return [.family(family)] }
    let controls = finder.catalog(family.framework)?.controls(inFamily: family) ?? []
    return controls.flatMap { finder.canonical($0.id) ?? [$0.id] }.map(target)
  }

  /// A cell of a column of functions: an id, or words by which agreements call one.
  func function(_ text: String) -> Reading {
    if holdsIDs(text) { return ids(Sheet.Cell(text)) }
    switch functions.match(text) {
    case .domain(let domain, let phrase)?:
      return Reading(targets: [.domain(domain)], remark: "'\(text)' read as \(domain), by '\(phrase)'")
    case .several(let domains)?:
      return Reading(faults: ["it may be \(domains.joined(separator: " or ")): write which"])
    case nil:
      return Reading(faults: [
        "no IT function is known by these words: 'custody framework show it-functions' lists them"
      ])
    }
  }
}
