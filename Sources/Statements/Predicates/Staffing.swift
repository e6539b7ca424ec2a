/// Who of a party does the work on some units; replaces that party's staffing for them.
package struct Staffing: Sendable, Equatable {
  package struct Assignment: Sendable, Equatable {
    /// Units, or controls for all their units.
    package var units: [String]
    /// Members of the party.
    package var responsible: [String]

    package init(units: [String], responsible: [String]) {
      self.units = units
      self.responsible = responsible
    }
  }

  /// The engagement's id.
  package var engagement: String
  package var assign: [Assignment]

  package init(engagement: String, assign: [Assignment]) {
    self.engagement = engagement
    self.assign = assign
  }

  init(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    engagement = try fields.identifier("engagement")
    let lists = fields.lists
    assign = try fields.list("assign") { value, path throws(StatementSyntaxError) in
      var fields = try FieldReader(value, path: path, lists: lists)
      let units = try fields.list("units", Element.control)
      let responsible = try fields.list("responsible", mayBeEmpty: true, Element.member)
      try fields.finish()
      return Assignment(units: units, responsible: responsible)
    }
  }

  func write(to fields: inout FieldWriter) {
    fields.set("engagement", engagement)
    fields.set(
      "assign",
      .array(
        assign.map { assignment in
          var fields = FieldWriter()
          fields.set("units", assignment.units)
          fields.set("responsible", .array(assignment.responsible.map { .string($0) }))
          return fields.object
        }))
  }
}
