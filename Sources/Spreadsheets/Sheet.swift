/// One table of a file: rows and columns of text, as a person who opens it sees them.
package struct Sheet: Sendable {
  /// What a cell was before it became text.
  package enum Kind: Sendable, Equatable {
    case text, number
    /// A day or an instant, whose text is `YYYY-MM-DD`: a spreadsheet may have made it of something else.
    case day
    /// What a formula that cannot be computed shows: `#REF!`.
    case fault
  }

  /// A cell that is not empty.
  package struct Cell: Sendable, Equatable {
    package var text: String
    package var kind: Kind
    /// The cell that was merged with this one, where that has the text.
    package var mergedFrom: CellPlace?

    package init(_ text: String, _ kind: Kind = .text, mergedFrom: CellPlace? = nil) {
      self.text = text
      self.kind = kind
      self.mergedFrom = mergedFrom
    }
  }

  /// A row that is not empty.
  package struct Row: Sendable, Equatable {
    /// Counted from 1, as spreadsheets show it.
    package let number: Int
    /// By column, from 0; as many as there are up to the last that is not empty.
    package internal(set) var cells: [Cell?]

    package init(number: Int, cells: [Cell?]) {
      self.number = number
      self.cells = cells
    }

    /// The cell in a column; nil where it is empty.
    package subscript(column: Int) -> Cell? { cells.indices.contains(column) ? cells[column] : nil }
  }

  /// What the file calls it; empty in a file that holds one.
  package let name: String
  /// Whether spreadsheets show it.
  package var isHidden = false
  /// Those that are not empty, in order.
  package internal(set) var rows: [Row]
  /// What was left out of it, a sentence each.
  package internal(set) var remarks: [String] = []

  package init(name: String, rows: [Row], remarks: [String] = []) {
    self.name = name
    self.rows = rows
    self.remarks = remarks
  }

  /// How many columns the widest row has.
  package var width: Int { rows.map(\.cells.count).max() ?? 0 }
}

/// The place of a cell: `B17`.
package struct CellPlace: Sendable, Hashable, CustomStringConvertible {
  /// Counted from 1.
  package let row: Int
  /// Counted from 0.
  package let column: Int

  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// `B17`, also with `$` before its parts.
  ///
  /// - Returns: nil for any other text, and for places beyond row 1048576 or column XFD.
  package init?(_ text: some StringProtocol) {
    var column = 0
    var row = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z") where row == 0, UInt8(ascii: "a")...UInt8(ascii: "z") where row == 0:
        column = column * 26 + Int(byte & 0x1f)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): row = row * 10 + Int(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "$"): continue
      default: return nil
      }
      guard column <= 16_384, row <= 1_048_576 else { return nil }
    }
    guard column > 0, row > 0 else { return nil }
    self.row = row
    self.column = column - 1
  }

  /// The letters of a column that is counted from 0: `B` of 1.
  package static func letters(_ column: Int) -> String {
    var letters: [UInt8] = []
    var rest = column + 1
    while rest > 0 {
      letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }

  /// `B17`.
  package var description: String { "\(CellPlace.letters(column))\(row)" }
}
