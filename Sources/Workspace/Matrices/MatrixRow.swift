internal import Findings
internal import Spreadsheets
internal import Statements

/// What the cells of one row say about who answers.
struct MatrixRow {
  /// One letter of one cell.
  struct Claim: Equatable {
    let letter: RACI
    let who: MatrixParties.Meaning
    let place: CellPlace
  }

  struct Fault: Equatable {
    let place: CellPlace
    let text: String
    let reason: String
    /// Whether the row is left open for it.
    var isOpening = true
  }

  private(set) var claims: [Claim] = []
  private(set) var faults: [Fault] = []
  /// What was taken for granted.
  private(set) var remarks: [String] = []
  /// Where it says that both answer.
  private(set) var shared: CellPlace?
  /// Where it says that the row does not apply.
  private(set) var notApplicable: CellPlace?
  private(set) var clientText: String?
  private(set) var providerText: String?

  private let parties: MatrixParties
  /// What the letters of a legend stand for, in lower case.
  private let legend: [String: String]
  private let scheme: LetterScheme
  private var provider: String?

  init(_ row: Sheet.Row, _ columns: MatrixColumns, _ parties: MatrixParties, legend: [String: String]) {
    self.parties = parties
    self.legend = legend
    scheme = columns.scheme
    for column in columns.columns where column.role == .providerName {
      guard let cell = row[column.index], case .party(let id)? = parties.meaning(cell.text, asPerson: false) else {
        continue
      }
      if id != parties.client.id { provider = id }
    }
    for column in columns.columns {
      guard let cell = row[column.index] else { continue }
      read(cell, column, CellPlace(row: row.number, column: column.index))
    }
    settleMarks()
  }

  private var marked: [Claim] = []

  private mutating func fault(_ place: CellPlace, _ text: String, _ reason: String, isOpening: Bool = true) {
    faults.append(Fault(place: place, text: text, reason: reason, isOpening: isOpening))
  }

  private mutating func read(_ cell: Sheet.Cell, _ column: MatrixColumns.Column, _ place: CellPlace) {
    if cell.kind == .fault, column.role.assigns { return fault(place, cell.text, "its formula cannot be computed") }
    switch column.role {
    case .id, .objective, .function, .title, .providerName, .unused: return
    case .text(let side): tell(cell.text, side)
    case .responsibility: readOwner(cell.text, place)
    case .inheritance:
      switch MatrixWord(cell.text) {
      case .yes?, .inherited?: claimProvider(place, cell.text)
      case .partial?, .shared?: shared = place
      case .no?: claim(parties.client.id, place)
      case .notApplicable?: notApplicable = place
      case .side?, nil: fault(place, cell.text, "it is none of Yes, Partial and No")
      }
    case .letters(let who): readLetters(cell.text, who, place)
    case .lettersOfUnknown:
      guard let letters = RACI.letters(cell.text, scheme) else { return readLetters(cell.text, .unclear(""), place) }
      fault(
        place, cell.text,
        "'\(column.heading)' names nobody that is known: say --person PARTY/ID='\(column.heading)', or --people PARTY",
        isOpening: letters.contains(.accountable))
    case .marks(let who): readMark(cell.text, who, place)
    case .marksOf(let word):
      guard MatrixWord(cell.text) == .yes else {
        if MatrixWord(cell.text) != .no { fault(place, cell.text, "it is no mark") }
        return
      }
      switch word {
      case .shared: shared = place
      case .inherited: claimProvider(place, column.heading)
      case .notApplicable: notApplicable = place
      case .side, .yes, .no, .partial: return
      }
    case .names(let letter): readNames(cell.text, letter, place)
    }
  }

  private mutating func tell(_ text: String, _ side: MatrixWord.Side) {
    guard ![.no, .notApplicable].contains(MatrixWord(text)) else { return }
    let plain = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    switch side {
    case .client: clientText = clientText.map { "\($0); \(plain)" } ?? plain
    case .provider: providerText = providerText.map { "\($0); \(plain)" } ?? plain
    }
  }

  // MARK: Whose it is in a word

  private mutating func claim(_ party: String, _ place: CellPlace) {
    claims.append(Claim(letter: .accountable, who: .party(party), place: place))
    claims.append(Claim(letter: .responsible, who: .party(party), place: place))
  }

  private mutating func claimProvider(_ place: CellPlace, _ text: String) {
    if let provider {
      claim(provider, place)
    } else if parties.providers.count == 1 {
      // Whom something is inherited from is often somebody else: a cloud, and not who manages it.
      let provider = parties.providers[0].id
      remarks.append("\(place): '\(text)' read as '\(provider)', the only provider; --provider ID=NAME names another")
      claim(provider, place)
    } else {
      fault(place, text, "which of \(Wording.list(parties.providers.map(\.id), "or")) is not said")
    }
  }

  private mutating func readOwner(_ text: String, _ place: CellPlace) {
    let codes: [String: MatrixWord] = [
      "c": .side(.client), "o": .side(.client), "p": .side(.provider), "e": .side(.provider), "s": .shared,
      "i": .inherited, "n": .notApplicable,
    ]
    let meant = legend[text.lowercased()] ?? text
    switch MatrixWord(meant) ?? codes[meant.lowercased()] {
    case .side(.client)?: return claim(parties.client.id, place)
    case .side(.provider)?:
      // A name is more than the word.
      if case .party(let id)? = parties.meaning(meant, asPerson: false) { return claim(id, place) }
      return claimProvider(place, text)
    case .inherited?: return claimProvider(place, text)
    case .shared?:
      shared = place
      return
    case .notApplicable?:
      notApplicable = place
      return
    case .yes?, .no?, .partial?, nil: break
    }
    switch parties.meaning(meant, asPerson: true) {
    case .party(let id)?: claim(id, place)
    case .person(let id, let name)?:
      claims.append(Claim(letter: .accountable, who: .person(id, name: name), place: place))
      claims.append(Claim(letter: .responsible, who: .person(id, name: name), place: place))
    case .unclear(let reason)?: fault(place, text, reason)
    case nil:
      if MatrixRow.joined(meant, parties) != nil {
        shared = place
      } else {
        fault(place, text, "it names no party that is known: say --provider ID='\(text.prefix(40))'")
      }
    }
  }

  /// Several sides in one cell: `Customer / MSP`.
  static func joined(_ text: String, _ parties: MatrixParties) -> [String]? {
    guard text.count <= 120 else { return nil }
    let pieces = text.replacing(" and ", with: "/").split { "/,;&+\n".contains($0) }.map { String($0).trimmingBlanks }
    guard pieces.count > 1 else { return nil }
    var found: [String] = []
    for piece in pieces {
      guard case .party(let id)? = parties.meaning(piece, asPerson: false) else { return nil }
      found.append(id)
    }
    return Set(found).count > 1 ? found : nil
  }

  // MARK: Letters, marks and names

  private mutating func readLetters(_ text: String, _ who: MatrixParties.Meaning, _ place: CellPlace) {
    if [.no, .notApplicable].contains(MatrixWord(text)) { return }
    let meant = legend[text.lowercased()].flatMap { RACI.letters($0, scheme) }
    guard let letters = meant ?? RACI.letters(text, scheme) else {
      return fault(place, text, "it is none of the letters of \(scheme.rawValue), nor a mix of them")
    }
    if case .unclear(let reason) = who {
      return fault(
        place, text, reason.isEmpty ? "whose it is, is not known" : reason, isOpening: letters.contains(.accountable))
    }
    for letter in letters { claims.append(Claim(letter: letter, who: who, place: place)) }
  }

  private mutating func readMark(_ text: String, _ who: MatrixParties.Meaning, _ place: CellPlace) {
    switch MatrixWord(text) {
    case .yes?:
      if case .unclear(let reason) = who { return fault(place, text, reason) }
      marked.append(Claim(letter: .accountable, who: who, place: place))
    case .no?, .notApplicable?: return
    case .shared?, .partial?: shared = place
    case .side?, .inherited?, nil:
      if RACI.letters(text, scheme) != nil { return readLetters(text, who, place) }
      fault(place, text, "it is no mark: write X where it is theirs")
    }
  }

  /// One mark says whose a row is, several that it is shared.
  private mutating func settleMarks() {
    guard let first = marked.first else { return }
    if marked.count == 1, shared == nil {
      claims.append(first)
      claims.append(Claim(letter: .responsible, who: first.who, place: first.place))
    } else {
      shared = shared ?? marked.last?.place
    }
  }

  private mutating func readNames(_ text: String, _ letter: RACI, _ place: CellPlace) {
    if [.no, .notApplicable].contains(MatrixWord(text)) { return }
    if case .shared? = MatrixWord(text) {
      for party in [parties.client] + parties.providers {
        claims.append(Claim(letter: letter, who: .party(party.id), place: place))
      }
      return
    }
    if let whole = parties.meaning(text, asPerson: false) { return add(whole, text, letter, place) }
    let pieces = text.replacing(" and ", with: ";").split { ",;/&+\n".contains($0) }.map { String($0).trimmingBlanks }
    for piece in pieces where !piece.isEmpty {
      guard let who = parties.meaning(piece, asPerson: true) else {
        fault(
          place, piece, "it names nobody that is known: say --person PARTY/ID='\(piece.prefix(40))', or --people PARTY",
          isOpening: letter == .accountable)
        continue
      }
      add(who, piece, letter, place)
    }
  }

  private mutating func add(_ who: MatrixParties.Meaning, _ text: String, _ letter: RACI, _ place: CellPlace) {
    if case .unclear(let reason) = who { return fault(place, text, reason, isOpening: letter == .accountable) }
    claims.append(Claim(letter: letter, who: who, place: place))
  }
}
