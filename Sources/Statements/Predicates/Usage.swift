/// Hours worked in some domains over a period.
package struct Usage: Sendable, Equatable {
  /// The engagement's id.
  package var engagement: String
  /// The block of hours that it draws on, where it draws on one.
  package var block: String?
  /// The IT functions that were worked on.
  package var domains: [String]
  package var from: Day
  package var through: Day
  /// A decimal number as text: `2.5`.
  package var hours: String
  /// Units, or controls, that the work was about.
  package var units: [String]
  /// Who did it.
  package var member: String?
  package var note: String?

  package init(engagement: String, domains: [String], from: Day, through: Day, hours: String) {
    self.engagement = engagement
    self.domains = domains
    self.from = from
    self.through = through
    self.hours = hours
    units = []
  }

  init(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    engagement = try fields.identifier("engagement")
    block = try fields.has("block") ? fields.identifier("block") : nil
    domains = try fields.list("domains", Element.domain)
    (from, through) = try fields.span()
    hours = try fields.text("hours", "a decimal number that is not negative") {
      Measurement.isDecimal($0) && $0.utf8.first != UInt8(ascii: "-")
    }
    units = try fields.optionalList("units", Element.control)
    member = try fields.has("member") ? fields.member("member") : nil
    note = try fields.optionalText("note")
  }

  func write(to fields: inout FieldWriter) {
    fields.set("engagement", engagement)
    fields.set("block", block)
    fields.set("domains", domains)
    fields.set("from", from)
    fields.set("through", through)
    fields.set("hours", hours)
    if !units.isEmpty { fields.set("units", units) }
    fields.set("member", member)
    fields.set("note", note)
  }
}
