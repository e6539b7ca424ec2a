internal import Agreements
package import Catalogs
internal import Findings
package import Spreadsheets
internal import Statements

/// Reads a sheet as a responsibility matrix. It never guesses: what is not clear is left open, and said.
package struct MatrixReader {
  package struct Options: Sendable {
    package var parties: MatrixParties
    /// Who is accountable for what is shared; nil leaves it open.
    package var shared: String?
    /// Whether the one party that is responsible is accountable too, where nobody is said to be.
    package var responsibleAnswers = false

    package init(parties: MatrixParties) { self.parties = parties }
  }

  private let options: Options
  private let targets: MatrixTargets
  private var reading = MatrixReading()
  private var decisions = MatrixDecisions()
  private var lastControl: String?

  /// - Throws: `Failure` where no row of the sheet is the heading of a matrix.
  package static func read(_ sheet: Sheet, finder: ControlFinder, _ options: Options) throws -> MatrixReading {
    let targets = MatrixTargets(finder)
    guard let columns = MatrixColumns.find(in: sheet, targets, options.parties) else {
      let name = sheet.name.isEmpty ? "the file" : "the sheet '\(sheet.name)'"
      throw Failure(
        .malformedInput,
        "\(name) has no row of headings above controls or functions and who answers for them",
        hint: "it needs a column of ids or functions, and one of parties, persons or responsibility; "
          + "--client and --provider ID=NAME say what they are called")
    }
    var reader = MatrixReader(options: options, targets: targets)
    reader.run(sheet, columns)
    return reader.reading
  }

  /// Whether a sheet holds a matrix, and how many of its rows say something.
  package static func weight(of sheet: Sheet, finder: ControlFinder, _ options: Options) -> Int {
    (try? read(sheet, finder: finder, options)).map { $0.rowCount } ?? 0
  }

  private init(options: Options, targets: MatrixTargets) {
    self.options = options
    self.targets = targets
  }

  private mutating func run(_ sheet: Sheet, _ columns: MatrixColumns) {
    reading.sheet = sheet.name
    reading.headerRow = columns.header.number
    reading.remarks = sheet.remarks + (columns.scheme.remark.map { [$0] } ?? [])
    reading.columns = columns.columns.map { column in
      MatrixReading.Column(
        letters: CellPlace.letters(column.index), heading: column.heading,
        meaning: column.role.told(column.heading, options.parties))
    }
    let legend = MatrixLegend.read(sheet, columns)
    for row in sheet.rows where row.number > columns.header.number { take(row, columns, legend) }
    decisions.finish(targets.finder, options, &reading)
  }

  private mutating func take(_ row: Sheet.Row, _ columns: MatrixColumns, _ legend: MatrixLegend) {
    guard !legend.rows.contains(row.number), row.cells != columns.header.cells else { return }
    let texts = Set(row.cells.compactMap { $0 }.map { $0.mergedFrom.map(\.description) ?? $0.text })
    let said = MatrixRow(row, columns, options.parties, legend: legend.meanings)
    let saysSomething =
      !said.claims.isEmpty || !said.faults.isEmpty || said.shared != nil || said.notApplicable != nil
    guard let (key, place) = key(of: row, columns) else {
      // Below the table stand sums, signatures and notes.
      if saysSomething, texts.count > 1 {
        let first = row.cells.indices.first { row[$0] != nil } ?? 0
        reading.unread.append(
          MatrixReading.Unread(
            place: CellPlace(row: row.number, column: first), text: row[first]?.text ?? "",
            reason: "the row says who answers, and not for what"))
      }
      return
    }
    let isSection = texts.count == 1 || (!saysSomething && said.clientText == nil && said.providerText == nil)
    if isSection, !saysSomething || row.cells.compactMap({ $0 }).allSatisfy({ $0.mergedFrom != nil }) {
      if texts.count > 1 || isControl(key, columns) { leaveUnassigned(row, key, place, columns) }
      return
    }
    let found = about(row, key, place, columns)
    reading.rowCount += 1
    for fault in found.faults {
      reading.unread.append(MatrixReading.Unread(place: place, text: key.text, reason: fault))
    }
    if let remark = found.remark { reading.remarks.append("\(place): \(remark)") }
    guard !found.targets.isEmpty else { return }
    decisions.add(found.targets, at: place, key.text, said, options, &reading)
  }

  /// The cell that says what a row is about.
  private func key(of row: Sheet.Row, _ columns: MatrixColumns) -> (Sheet.Cell, CellPlace)? {
    for role in [MatrixColumns.Role.id, .function, .title] {
      guard let column = columns.columns.first(where: { $0.role == role })?.index, let cell = row[column] else {
        continue
      }
      return (cell, CellPlace(row: row.number, column: column))
    }
    if let column = columns.columns.first(where: { $0.role == .objective })?.index, let cell = row[column] {
      return (cell, CellPlace(row: row.number, column: column))
    }
    return nil
  }

  private func isControl(_ key: Sheet.Cell, _ columns: MatrixColumns) -> Bool {
    guard key.kind != .day, targets.holdsIDs(key.text) else { return false }
    return targets.ids(key).targets.contains { target in
      if case .family = target { return false }
      return true
    }
  }

  /// A row about a control that names nobody; a function that names nobody is a heading between rows as often as not.
  private mutating func leaveUnassigned(
    _ row: Sheet.Row, _ key: Sheet.Cell, _ place: CellPlace, _ columns: MatrixColumns
  ) {
    guard isControl(key, columns) else { return }
    let found = about(row, key, place, columns)
    reading.rowCount += 1
    guard !found.targets.isEmpty else { return }
    decisions.leave(found.targets, at: place, key.text, "nobody is named", [], &reading)
  }

  /// What a row is about: its ids, with the objective of a column of their own; else its function.
  private mutating func about(
    _ row: Sheet.Row, _ key: Sheet.Cell, _ place: CellPlace, _ columns: MatrixColumns
  ) -> MatrixTargets.Reading {
    let id = columns.columns.first { $0.role == .id }?.index
    let objective = columns.columns.first { $0.role == .objective }.flatMap { row[$0.index]?.text }
    if let id, let cell = row[id] { lastControl = cell.text }
    if let objective {
      if targets.holdsIDs(objective) { return targets.ids(Sheet.Cell(objective)) }
      let letter = objective.lowercased().filter { $0.isLetter }
      if let control = lastControl, letter.count == 1, objective.count <= 3 {
        return targets.ids(Sheet.Cell("\(control)[\(letter)]"))
      }
    }
    if let id, let cell = row[id], columns.columns.first(where: { $0.index == place.column })?.role == .id {
      let read = targets.ids(cell)
      // A number of one's own beside a function.
      if read.targets.isEmpty, let function = columns.columns.first(where: { $0.role == .function })?.index,
        let cell = row[function]
      {
        var other = targets.function(cell.text)
        if !other.targets.isEmpty {
          let dropped = row[id].map { "'\($0.text)' is no id of a framework here" }
          other.remark = [dropped, other.remark].compactMap { $0 }.joined(separator: "; ")
          return other
        }
      }
      return read
    }
    return targets.function(key.text)
  }
}

/// What the letters of a sheet stand for, where it says so.
struct MatrixLegend {
  /// By letters in lower case: `customer` for `c`.
  private(set) var meanings: [String: String] = [:]
  /// The rows of which nothing else is to be read.
  private(set) var rows: Set<Int> = []

  static func read(_ sheet: Sheet, _ columns: MatrixColumns) -> MatrixLegend {
    var legend = MatrixLegend()
    for row in sheet.rows where row.number != columns.header.number {
      let texts = row.cells.compactMap { $0 }.filter { $0.mergedFrom == nil || row.cells.first { $0 != nil } == $0 }
        .map(\.text)
      guard let first = texts.first else { continue }
      let lower = first.lowercased()
      if ["legend", "key", "note", "notes", "raci"].contains(where: { lower == $0 || lower.hasPrefix("\($0):") }) {
        legend.rows.insert(row.number)
      }
      var pairs: [(String, String)] = []
      if texts.count == 2, let pair = pair(texts[0], texts[1], columns.scheme) {
        pairs = [pair]
      } else {
        for text in texts {
          for piece in text.split(whereSeparator: { ",;\n|".contains($0) }) {
            let plain = String(piece).replacing("Legend:", with: "").replacing("Key:", with: "")
            guard let sign = plain.firstIndex(where: { "=:\u{2013}".contains($0) }) else { continue }
            if let pair = pair(String(plain[..<sign]), String(plain[plain.index(after: sign)...]), columns.scheme) {
              pairs.append(pair)
            }
          }
        }
      }
      guard !pairs.isEmpty else { continue }
      legend.rows.insert(row.number)
      for (code, meaning) in pairs { legend.meanings[code] = meaning }
    }
    return legend
  }

  /// `R` and `Responsible`, `C` and `Customer`.
  private static func pair(_ code: String, _ meaning: String, _ scheme: LetterScheme) -> (String, String)? {
    let (code, meaning) = (code.trimmingBlanks.lowercased(), meaning.trimmingBlanks)
    guard (1...3).contains(code.count), code.allSatisfy(\.isLetter), let start = meaning.first, start.isLetter else {
      return nil
    }
    let word = meaning.prefix { $0.isLetter || $0 == " " || $0 == "-" }
    guard MatrixWord(String(word)) != nil || RACI.letters(String(word.prefix { $0.isLetter }), scheme) != nil,
      word.count > 3
    else { return nil }
    if MatrixWord(String(word)) != nil { return (code, String(word)) }
    return (code, String(word.prefix { $0.isLetter }))
  }
}

extension MatrixColumns.Role {
  /// As a reader is told it; nil for one that was not used.
  func told(_ heading: String, _ parties: MatrixParties) -> String? {
    switch self {
    case .id: "ids"
    case .objective: "objectives"
    case .function: "functions"
    case .title: "titles"
    case .responsibility: "whose it is"
    case .inheritance: "whether it is the provider's"
    case .providerName: "which provider"
    case .text(.client): "what '\(parties.client.id)' does"
    case .text(.provider): "what the provider does"
    case .letters(let who): "R, A, C and I of '\(who.name)'"
    case .lettersOfUnknown: "R, A, C and I of somebody unknown"
    case .marks(let who): "a mark where it is for '\(who.name)'"
    case .marksOf(let word):
      word == .shared
        ? "a mark where it is shared"
        : word == .inherited ? "a mark where it is the provider's" : "a mark where it does not apply"
    case .names(let letter):
      switch letter {
      case .responsible: "who is responsible"
      case .accountable: "who is accountable"
      case .consulted: "who is consulted"
      case .informed: "who is informed"
      }
    case .unused: nil
    }
  }
}

extension MatrixParties.Meaning {
  var name: String {
    switch self {
    case .party(let id), .person(let id, _): id
    case .unclear: "one of several"
    }
  }
}
