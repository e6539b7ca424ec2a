package import Crypto

/// A unit or control is met, not met, not applicable, or planned, in the eyes of whoever signs.
package struct Assessment: Sendable, Equatable {
  package enum Status: String, Sendable, CaseIterable {
    case met
    case notMet = "not-met"
    case notApplicable = "not-applicable"
    case planned
  }

  package var units: [String]
  package var status: Status
  /// The object that shows it.
  package var evidence: Digest?
  package var note: String?
  package var from: Day?
  package var through: Day?

  package init(units: [String], status: Status, evidence: Digest? = nil, note: String? = nil) {
    self.units = units
    self.status = status
    self.evidence = evidence
    self.note = note
  }

  init(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    units = try fields.list("units", Element.control)
    status = try fields.choice("status", Status.self)
    evidence = try fields.optionalDigest("evidence")
    note = try fields.optionalText("note")
    (from, through) = try fields.optionalSpan()
  }

  func write(to fields: inout FieldWriter) {
    fields.set("units", units)
    fields.set("status", status.rawValue)
    fields.set("evidence", evidence)
    fields.set("note", note)
    fields.set("from", from)
    fields.set("through", through)
  }
}
