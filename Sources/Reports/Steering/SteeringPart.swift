internal import Findings
internal import Obligations
internal import Rendering
internal import Statements

/// One of the committee's questions, and what answers it: a sentence, always, and rows where there are any.
struct SteeringPart: Sendable {
  /// The questions, in the order in which a committee asks them.
  enum Key: String, Sendable, CaseIterable {
    case covered, nobody, trend, provider, client, changes, endings
    case people = "singlePoints"
    case evidence, trust, decisions

    /// As it stands on the paper.
    var question: String {
      switch self {
      case .covered: "Are we covered?"
      case .nobody: "What is nobody doing?"
      case .trend: "Better than before?"
      case .provider: "Does the provider meet the contract?"
      case .client: "And we?"
      case .changes: "What changed, by whom?"
      case .endings: "What ends soon?"
      case .people: "Does too much hang on one person?"
      case .evidence: "If the auditor came today?"
      case .trust: "Can we trust this paper?"
      case .decisions: "What must we decide?"
      }
    }
  }

  /// A column, with its name for machines.
  struct Column: Sendable {
    enum Kind: Sendable {
      case text, number, day
      /// Words of which the first say enough, where there is little room.
      case name
      /// A difference, which people see with its sign.
      case change
      /// What only people see: a bar, a box to tick.
      case picture
    }

    var name: String
    var title: String
    var kind: Kind

    init(_ name: String, _ title: String, _ kind: Kind = .text) {
      self.name = name
      self.title = title
      self.kind = kind
    }
  }

  /// What a spreadsheet is given of a row, by the columns that all questions share.
  struct Record: Sendable {
    var line: String
    var value: Cell
    var before: Cell = .empty
    var change: Cell = .empty
    var who: String?
  }

  struct Row: Sendable {
    /// As many as there are columns.
    var cells: [Cell]
    var records: [Record]
    /// Periods of a service level, which a page shows as a picture.
    var results: [LevelResults.Result] = []
    /// Whether its grid's footnote is about it.
    var hasFootnote = false

    init(_ cells: [Cell], _ records: Record...) {
      self.cells = cells
      self.records = records
    }

    init(_ cells: [Cell], records: [Record]) {
      self.cells = cells
      self.records = records
    }
  }

  /// Rows of one kind, of which a page lists as many as there is room for.
  struct Grid: Sendable {
    /// Its name for machines.
    var key: String
    var columns: [Column]
    var rows: [Row] = []
    /// The command that lists them all.
    var command: String
    /// Whether text shows the columns' titles.
    var isTitled = true
    /// Whether its rows are needed as they are, so that other lists give way.
    var isKept = false
    /// So many rows at least are kept where there is too little room.
    var floor = 2
    /// Whether the newest row stands last, so that the first ones give way.
    var isNewestLast = false
    /// What a mark in some of its rows means.
    var footnote: String?
  }

  var key: Key
  /// As it stands on the paper, where it is not the usual one.
  var asked: String?
  var question: String { asked ?? key.question }
  /// The answer in a sentence or two, also where there is nothing to tell.
  var answer: String
  /// How the answer is meant, where colours can show it.
  var tone = Block.Tone.plain
  var grids: [Grid] = []
  /// What a reader has to know beside it.
  var notes: [String] = []

  /// What is said below all rows, whichever of them a page lists.
  var remarks: [String] { grids.compactMap { $0.footnote($0.rows.count) } + notes }
}

extension SteeringPart.Grid {
  /// The columns in which any row has something.
  var places: [Int] { columns.indices.filter { place in rows.contains { $0.cells[place] != .empty } } }

  /// So many rows, without the least telling.
  func listed(_ count: Int) -> ArraySlice<SteeringPart.Row> {
    isNewestLast ? rows.suffix(count) : rows.prefix(count)
  }

  /// What the marks mean that so many rows have; nil where they have none.
  func footnote(_ count: Int) -> String? { listed(count).contains(where: \.hasFootnote) ? footnote : nil }

  /// How many rows are not listed; nil where all are.
  func rest(_ count: Int) -> String? {
    guard count < rows.count else { return nil }
    let rest = rows.count - count
    return count == 0 ? Wording.count(rest, "line") : "and \(rest) \(isNewestLast ? "earlier" : "more")"
  }

  /// So many rows as a table for people.
  func table(_ count: Int) -> Table {
    var table = Table(
      places.map { place in
        let column = columns[place]
        return switch column.kind {
        case .text: Table.Column(column.title)
        case .name: Table.Column(column.title, overflow: .shorten, preferredWidth: 24)
        case .number, .change: .number(column.title)
        case .day, .picture: Table.Column(column.title, overflow: .keep)
        }
      })
    table.isTitled = isTitled
    if !isTitled { table.indentation = 2 }
    for row in listed(count) { table.add(places.map { SteeringPart.shown(row.cells[$0], columns[$0].kind) }) }
    return table
  }

  /// All rows, typed, under the titles that people read.
  var sheet: Table {
    let places = columns.indices.filter { columns[$0].kind != .picture }
    var table = Table(places.map { Table.Column(columns[$0].title.isEmpty ? columns[$0].name : columns[$0].title) })
    for row in rows { table.add(places.map { row.cells[$0] }) }
    return table
  }
}

extension SteeringPart {
  /// A cell as people read it: differences with their sign.
  static func shown(_ cell: Cell, _ kind: Column.Kind) -> Cell {
    guard kind == .change, case .integer(let number) = cell, number > 0 else { return cell }
    return .text("+\(number)")
  }

  /// The difference of two numbers, where both are known.
  static func change(_ now: Int, _ before: Int?) -> Cell { before.map { .integer(now - $0) } ?? .empty }

  /// A number that may not be known.
  static func number(_ number: Int?) -> Cell { number.map { .integer($0) } ?? .empty }
}
