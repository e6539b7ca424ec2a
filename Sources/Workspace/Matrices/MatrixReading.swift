package import Agreements
package import Spreadsheets

/// What a responsibility matrix was understood to say, and what in it was not understood.
package struct MatrixReading: Sendable {
  /// A column, and what it was taken for.
  package struct Column: Sendable, Equatable {
    /// `B`
    package let letters: String
    package let heading: String
    /// `ids`, `R, A, C and I of onsite/jane`; nil for one that was not used.
    package let meaning: String?
  }

  /// A line of the scope that rows amount to.
  package struct Line: Sendable, Equatable {
    package var scope: ScopeLine
    /// The cells that name what it is about.
    package var places: [CellPlace]
  }

  /// A row of which nothing was made: somebody has to say who is accountable.
  package struct Open: Sendable, Equatable {
    package let target: ScopeLine.Target?
    package let place: CellPlace
    package let text: String
    package let reason: String
    package let responsible: [String]
  }

  /// A cell that was not understood.
  package struct Unread: Sendable, Equatable {
    package let place: CellPlace
    package let text: String
    package let reason: String
  }

  package var sheet = ""
  /// The row of the headings.
  package var headerRow = 0
  package var columns: [Column] = []
  /// Rows below the heading that name controls or functions.
  package var rowCount = 0
  package var lines: [Line] = []
  package var open: [Open] = []
  package var unread: [Unread] = []
  /// Rows that say that something does not apply.
  package var notApplicable: [Open] = []
  package var notes: [Note] = []
  package var contacts: [Contact] = []
  package var frameworks: [String] = []
  /// What else a reader should know, a sentence each.
  package var remarks: [String] = []

  package init() {}
}
