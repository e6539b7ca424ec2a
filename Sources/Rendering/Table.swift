/// Rows of typed cells under named columns: what text shows as a table, CSV as a file and a spreadsheet as a sheet.
public struct Table: Sendable, Equatable {
  /// A column, and how it is laid out where it is laid out.
  public struct Column: Sendable, Equatable {
    /// What becomes of cells that are wider than there is room.
    public enum Overflow: Sendable {
      /// Goes on in the next line.
      case wrap
      /// Is cut, with an ellipsis.
      case shorten
      /// Is never cut: digests.
      case keep
    }

    /// Its heading: words for people, a name in `snake_case` for files that machines read.
    public var title: String
    /// What becomes of cells that are too wide.
    public var overflow: Overflow
    /// Whether cells end in one column, as numbers do.
    public var isRightAligned: Bool
    /// In characters: as long as others can give, it stays at least that wide, if its cells are.
    public var preferredWidth: Int

    /// A column under a heading.
    public init(_ title: String, overflow: Overflow = .wrap, isRightAligned: Bool = false, preferredWidth: Int = 0) {
      self.title = title
      self.overflow = overflow
      self.isRightAligned = isRightAligned
      self.preferredWidth = preferredWidth
    }

    /// A column of numbers.
    public static func number(_ title: String) -> Column { Column(title, isRightAligned: true) }
  }

  /// A row, or a line that goes over all columns.
  public enum Row: Sendable, Equatable {
    /// As many as there are columns; cells that are missing are empty.
    case cells([Cell])
    case heading(String)
  }

  /// From left to right.
  public let columns: [Column]
  /// From top to bottom.
  public private(set) var rows: [Row] = []
  /// Whether text shows the headings.
  public var isTitled = true
  /// Columns that text leaves free at the left.
  public var indentation = 0

  /// A table without rows.
  public init(_ columns: [Column]) { self.columns = columns }

  /// Whether it has no rows.
  public var isEmpty: Bool { rows.isEmpty }

  /// Adds a row; cells that are missing are empty, and those beyond the columns are left out.
  public mutating func add(_ cells: [Cell]) {
    rows.append(.cells(columns.indices.map { $0 < cells.count ? cells[$0] : .empty }))
  }

  /// The same with a column more behind the others, in which every row has the same text.
  public func adding(column title: String, _ text: String) -> Table {
    var table = Table(columns + [Column(title)])
    (table.isTitled, table.indentation) = (isTitled, indentation)
    for row in rows {
      switch row {
      case .cells(let cells): table.add(cells + [.text(text)])
      case .heading(let heading): table.addHeading(heading)
      }
    }
    return table
  }

  /// Adds a line that goes over all columns.
  public mutating func addHeading(_ text: String) { rows.append(.heading(text)) }
}

extension Table.Column: ExpressibleByStringLiteral {
  /// A column that wraps, under a heading.
  public init(stringLiteral title: String) { self.init(title) }
}
