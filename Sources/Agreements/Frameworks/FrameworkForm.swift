/// A framework as people write one down by hand: a list of controls, each with its id, a title and whose it is.
///
/// A store keeps catalogs as OSCAL alone, so a form is turned into one before it is adopted; the same form always gives
/// the same bytes.
package struct FrameworkForm: Sendable, Equatable {
  /// One control.
  package struct Line: Sendable, Equatable {
    /// What the framework calls it: `248.30(a)(5)`.
    package var id: String
    /// A few words of one's own.
    package var title: String
    /// Where it is asked for: `17 CFR 248.30(a)(5)`.
    package var citation: String?
    /// The IT function that it belongs to; nil for none.
    package var domain: String?
    /// Why it stays with the client, with its source; nil where it can be handed over.
    package var retained: String?
    /// How often its evidence is due; nil for the framework's own cadence.
    package var cadence: String?
    /// What it stands under; nil for nothing.
    package var family: Family?

    package init(id: String, title: String) {
      self.id = id
      self.title = title
    }
  }

  /// What several controls stand under.
  package struct Family: Sendable, Equatable {
    package var id: String
    package var title: String

    package init(id: String, title: String) {
      self.id = id
      self.title = title
    }
  }

  /// What the framework is called in reports.
  package var title: String
  /// Which edition of it this is.
  package var version: String
  /// The day of that edition, `YYYY-MM-DD`; nil where nobody says.
  package var date: String?
  /// Where the text itself is to be found; nil where nobody says.
  package var source: String?
  /// How often evidence is due unless a control says otherwise; nil for a year.
  package var cadence: String?
  /// In the order of the file.
  package var controls: [Line] = []

  package init(title: String, version: String) {
    self.title = title
    self.version = version
  }
}
