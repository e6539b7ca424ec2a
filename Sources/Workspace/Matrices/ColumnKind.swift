internal import Statements

/// What one column holds, and how sure its heading makes that.
enum ColumnKind {
  private typealias Role = MatrixColumns.Role

  private static let ids: Set<String> = [
    "id", "ids", "control", "controls", "control id", "control ids", "control no", "control number",
    "control identifier",
    "control ref", "control reference", "requirement id", "requirement number", "requirement no", "requirement",
    "requirements", "practice", "practice id", "practices", "cmmc practice", "cmmc practice id", "nist", "nist id",
    "nist control", "nist sp 800 171", "nist 800 171", "800 171", "cmmc", "cmmc id", "hipaa", "citation", "reference",
    "ref", "safeguard", "standard", "criteria", "criterion", "trust services criteria", "tsc", "identifier", "req id",
    "security requirement", "mapped controls", "objective id", "assessment objective id",
  ]
  private static let functions: Set<String> = [
    "function", "functions", "it function", "domain", "it domain", "activity", "activities", "task", "tasks", "process",
    "processes", "service", "services", "area", "service area", "deliverable", "work item", "scope", "scope item",
    "capability", "responsibility area", "category", "function / activity", "task / activity", "activity / task",
    "item",
    "security function", "service component", "work package", "role / activity", "functional area",
  ]
  private static let titles: Set<String> = [
    "title", "name", "description", "text", "statement", "control name", "control title", "requirement text",
    "requirement description", "control description", "requirement title", "details",
  ]
  private static let owners: Set<String> = [
    "responsibility", "responsibilities", "responsible", "responsible party", "responsible entity", "owner",
    "ownership",
    "accountable party", "accountable", "control origination", "origination", "origin", "responsible role", "who",
    "assigned to", "responsibility type", "shared responsibility", "osc / esp / shared / inherited / n a", "status",
    "implementation responsibility", "responsibility (c/p/s)", "managed by", "party", "allocation", "inheritance",
    "control owner", "responsibility model", "coverage",
  ]

  /// What is said about a row, and never by whom.
  private static let remarks: Set<String> = [
    "remark", "remarks", "comment", "comments", "note", "notes", "evidence", "priority", "frequency", "cadence", "due",
    "due date", "date", "updated", "last updated", "version", "question", "questions", "todo", "link", "links", "url",
  ]

  static func role(
    _ heading: String, group: String?, values: [String], _ looks: CellLooks
  ) -> (role: MatrixColumns.Role, weight: Int) {
    let name = MatrixWord.folded(heading.replacing("#", with: " ").replacing("(s)", with: "s"))
    let full = fullName(heading)
    let parties = looks.parties
    let seen = Seen(values, looks)
    // Words of the four, with names below them.
    if let one = letterHeading(full), seen.letters * 2 < max(1, seen.count) || seen.count == 0 {
      if one == .responsible || one == .accountable, seen.sides * 2 >= max(1, seen.count), seen.count > 0,
        full.count > 1, !values.contains(where: { parties.meaning($0, asPerson: true).isPerson })
      {
        return (one == .responsible ? .names(.responsible) : .names(.accountable), 2)
      }
      return (.names(one), 2)
    }
    if full.contains("inherited from") || full.contains("can be inherited") { return (.inheritance, 2) }
    if let side = textSide(full), (seen.letters + seen.marks + seen.sides) * 4 <= seen.count,
      seen.count == 0 || values.contains(where: { $0.count >= 8 })
    {
      return (.text(side), 2)
    }
    if ["esp name", "provider name", "vendor name", "msp name", "name of provider", "inherited from", "which provider"]
      .contains(full)
    {
      return (.providerName, 2)
    }
    if remarks.contains(full), MatrixWord(heading) == nil { return (.unused, 0) }
    if let meaning = parties.meaning(heading, group: group, asPerson: group != nil || parties.peopleOf != nil),
      !ids.contains(full), !functions.contains(full), !titles.contains(full), !owners.contains(full)
    {
      return named(meaning, seen, group: group)
    }
    if let word = MatrixWord(heading), seen.marks * 2 >= max(1, seen.count) {
      switch word {
      case .shared, .inherited, .notApplicable: return (.marksOf(word), 2)
      case .side, .yes, .no, .partial: break
      }
    }
    if owners.contains(full) || owners.contains(name), seen.sides * 2 >= max(1, seen.count) {
      return (.responsibility, 3)
    }
    if ["objective", "objectives", "assessment objective", "assessment objectives"].contains(full) {
      return (.objective, 2)
    }
    if seen.ids * 2 > seen.count || (ids.contains(full) && seen.ids > 0) { return (.id, ids.contains(full) ? 3 : 1) }
    if functions.contains(full) { return (.function, 2) }
    if titles.contains(full) || ids.contains(full) { return (.title, 2) }
    if seen.sides * 10 >= seen.count * 8, seen.count > 1, seen.isOfSides { return (.responsibility, 1) }
    if seen.letters * 10 >= seen.count * 7, seen.count > 0, RACI.letters(heading) == nil, MatrixWord(heading) == nil {
      if let meaning = parties.meaning(heading, group: group, asPerson: true) {
        return named(meaning, seen, group: group)
      }
      return (.lettersOfUnknown, 1)
    }
    return (.unused, 0)
  }

  private static func named(
    _ meaning: MatrixParties.Meaning, _ seen: Seen, group: String?
  ) -> (role: MatrixColumns.Role, weight: Int) {
    let weight = group != nil ? 3 : 2
    if seen.letters * 2 >= max(1, seen.count) { return (.letters(meaning), weight) }
    if seen.marks * 2 >= seen.count { return (.marks(meaning), weight) }
    if seen.names * 2 >= seen.count { return (.providerName, 2) }
    // What is none of these is told cell by cell.
    return (.letters(meaning), 1)
  }

  private static func fullName(_ heading: String) -> String {
    heading.lowercased().map { "_-#".contains($0) ? " " : $0 }
      .split { $0.isWhitespace || $0 == ":" || $0 == "*" }.map { String($0) }.joined(separator: " ")
  }

  /// `Responsible`, `Accountable (A)`, `R`.
  private static func letterHeading(_ full: String) -> RACI? {
    let plain = full.split(separator: " ").first.map(String.init) ?? ""
    let rest = full.dropFirst(plain.count).filter { $0.isLetter }
    guard rest.count <= 1, let letters = RACI.letters(plain), letters.count == 1, plain != "s" else { return nil }
    return letters[0]
  }

  /// Whose doings a column tells: `Customer does`, `CSP responsibilities`.
  private static func textSide(_ full: String) -> MatrixWord.Side? {
    let signs = [
      "does", "do", "responsibility", "responsibilities", "task", "tasks", "action", "actions", "notes", "description",
      "implementation", "statement", "duties", "activities", "role", "performs", "comments", "details",
    ]
    let words = full.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    guard words.contains(where: signs.contains) || words.count == 1 else { return nil }
    var sides: [MatrixWord.Side] = []
    for (index, word) in words.enumerated() {
      // A service provider is one word for this, and so is a customer's agency.
      if case .side(let side)? = MatrixWord(word), index == 0 || word != "agency" { sides.append(side) }
    }
    if sides.contains(.client) { return .client }
    return sides.first
  }

  /// What the cells of a column look like.
  private struct Seen {
    var count = 0
    var letters = 0
    var marks = 0
    var sides = 0
    var names = 0
    var ids = 0
    /// Whether some say a side, and not only that something does not apply.
    var isOfSides = false

    init(_ values: [String], _ looks: CellLooks) {
      let codes: Set<String> = ["c", "p", "s", "i", "n/a", "na", "o", "e", "n"]
      // C, P and S are parties, unless the sheet's letters are those of what people do.
      let isCoded =
        looks.scheme != .rapid && values.allSatisfy { codes.contains($0.lowercased()) }
        && values.contains { ["p", "P"].contains($0) }
      for value in values.prefix(200) {
        count += 1
        let look = looks.look(value)
        if isCoded {
          sides += 1
          isOfSides = true
        } else if look.hasLetters {
          letters += 1
        } else if let word = look.word {
          switch word {
          case .yes, .no: marks += 1
          case .partial: marks += 1
          case .side, .shared, .inherited: isOfSides = true; sides += 1
          case .notApplicable: sides += 1; marks += 1; letters += value == "-" ? 1 : 0
          }
        } else if look.party != nil || look.isJoined {
          sides += 1
          isOfSides = true
        }
        if look.party != nil, look.word == nil { names += 1 }
        if look.holdsIDs { ids += 1 }
      }
    }
  }
}

extension MatrixParties.Meaning? {
  fileprivate var isPerson: Bool {
    if case .person? = self { return true }
    return false
  }
}
