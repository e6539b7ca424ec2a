internal import Spreadsheets
internal import Statements

/// What each column of a matrix holds, found from its heading and from what stands below.
struct MatrixColumns {
  enum Role: Equatable {
    case id, objective, function, title
    /// Whose each row is, in a word: `Customer`, `Shared`, `Provider`.
    case responsibility
    /// Whether it can be inherited from the provider: yes, partial, no.
    case inheritance
    /// Which of several providers.
    case providerName
    /// What a side does, in its own words.
    case text(MatrixWord.Side)
    /// R, A, C and I of a party or a person.
    case letters(MatrixParties.Meaning)
    /// The same of somebody whose party is not known.
    case lettersOfUnknown
    /// A mark where it is this party's.
    case marks(MatrixParties.Meaning)
    /// A mark where it is both's, or nobody's.
    case marksOf(MatrixWord)
    /// Names of who is responsible, accountable, consulted or informed.
    case names(RACI)
    case unused
  }

  struct Column {
    let index: Int
    let heading: String
    let role: Role
  }

  /// The row of the headings, and the columns below it.
  let header: Sheet.Row
  let columns: [Column]
  /// What its letters mean.
  let scheme: LetterScheme
  /// Rows above it that are titles and legends.
  let titles: [Sheet.Row]

  private static let searched = 60

  /// - Returns: nil where no row is a heading above ids or functions and who answers for them.
  static func find(in sheet: Sheet, _ targets: MatrixTargets, _ parties: MatrixParties) -> MatrixColumns? {
    var best: (score: Int, found: MatrixColumns)?
    let scheme = LetterScheme.find(in: sheet)
    let looks = CellLooks(scheme, targets, parties)
    for place in sheet.rows.indices.prefix(searched) {
      let row = sheet.rows[place]
      guard row.cells.count(where: { $0 != nil }) >= 2 else { continue }
      let above = place > 0 && sheet.rows[place - 1].number == row.number - 1 ? sheet.rows[place - 1] : nil
      let below = Array(sheet.rows[(place + 1)...].prefix(400))
      guard !below.isEmpty else { continue }
      var columns: [Column] = []
      var score = 0
      for index in 0..<sheet.width {
        let group = group(above, index, looks)
        guard let heading = row[index]?.text ?? above?[index]?.text, row[index] != nil || group == nil else { continue }
        let values = below.compactMap { $0[index]?.text }
        let found = ColumnKind.role(heading, group: group, values: values, looks)
        columns.append(Column(index: index, heading: heading, role: found.role))
        // A heading merged over several columns is a group's.
        let isCopy = row[index]?.mergedFrom.map { $0.column != index } ?? false
        score += isCopy ? 0 : found.weight
      }
      columns = settled(columns, below, looks)
      guard columns.contains(where: { [.id, .function].contains($0.role) }),
        columns.contains(where: { $0.role.assigns })
      else { continue }
      if score > best?.score ?? 0 {
        let made = MatrixColumns(header: row, columns: columns, scheme: scheme, titles: Array(sheet.rows[..<place]))
        best = (score, made)
      }
    }
    return best?.found
  }

  /// The party that a heading above the heading names, over this column and those to its right.
  private static func group(_ above: Sheet.Row?, _ index: Int, _ looks: CellLooks) -> String? {
    guard let above else { return nil }
    for place in stride(from: index, through: max(0, index - 12), by: -1) {
      guard let cell = above[place] else { continue }
      guard case .party(let id)? = looks.look(cell.text).party else { return nil }
      return id
    }
    return nil
  }

  /// One column of ids, and one of functions where there are no ids.
  private static func settled(_ columns: [Column], _ below: [Sheet.Row], _ looks: CellLooks) -> [Column] {
    func hits(_ column: Column) -> Int {
      below.prefix(120).count { row in
        row[column.index].map { looks.look($0.text).holdsIDs || $0.kind == .day } ?? false
      }
    }
    let ids = columns.filter { $0.role == .id }
    let most = ids.map(hits).max() ?? 0
    let id = ids.first { hits($0) == most }?.index
    var function = columns.first { $0.role == .function }?.index
    if id == nil, function == nil { function = columns.first { $0.role == .title }?.index }
    if id == nil, function == nil, let first = columns.first(where: { $0.role.assigns })?.index {
      function = columns.last { $0.role == .unused && $0.index < first }?.index
    }
    return columns.map { column in
      if column.index == function { return Column(index: column.index, heading: column.heading, role: .function) }
      if column.role == .id, column.index != id {
        return Column(index: column.index, heading: column.heading, role: .unused)
      }
      return column
    }
  }
}

extension MatrixColumns.Role {
  /// Whether its cells say whose something is.
  var assigns: Bool {
    switch self {
    case .responsibility, .inheritance, .letters, .lettersOfUnknown, .marks, .marksOf, .names: true
    case .id, .objective, .function, .title, .providerName, .text, .unused: false
    }
  }
}
