package import Crypto

/// A catalog is adopted, or its scope set anew, from a day on.
package struct FrameworkAdoption: Sendable, Equatable {
  /// What of the catalog does not apply, and why.
  package struct Exclusion: Sendable, Equatable {
    /// A unit, or a control for all its units.
    package var unit: String
    package var reason: String

    package init(unit: String, reason: String) {
      self.unit = unit
      self.reason = reason
    }
  }

  package var id: String
  package var catalog: Digest
  package var notApplicable: [Exclusion]
  package var effective: Day

  package init(id: String, catalog: Digest, notApplicable: [Exclusion] = [], effective: Day) {
    self.id = id
    self.catalog = catalog
    self.notApplicable = notApplicable
    self.effective = effective
  }

  init(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    id = try fields.identifier("id")
    catalog = try fields.digest("catalog")
    effective = try fields.day("effective")
    let lists = fields.lists
    notApplicable = try fields.optionalList("notApplicable") { value, path throws(StatementSyntaxError) in
      var exclusion = try FieldReader(value, path: path, lists: lists)
      let unit = try exclusion.text("unit", "a unit, 'framework/id'") { ControlReference.isValid($0) }
      let reason = try exclusion.text("reason")
      try exclusion.finish()
      return Exclusion(unit: unit, reason: reason)
    }
  }

  func write(to fields: inout FieldWriter) {
    fields.set("id", id)
    fields.set("catalog", catalog)
    fields.set("effective", effective)
    guard !notApplicable.isEmpty else { return }
    fields.set(
      "notApplicable",
      .array(
        notApplicable.map { exclusion in
          var fields = FieldWriter()
          fields.set("unit", exclusion.unit)
          fields.set("reason", exclusion.reason)
          return fields.object
        }))
  }
}
