/// A value for a service level over a period.
package struct Measurement: Sendable, Equatable {
  /// The engagement's id.
  package var engagement: String
  /// The service level's id.
  package var level: String
  package var from: Day
  package var through: Day
  /// A decimal number as text: `99.95`.
  package var value: String
  package var count: Int?

  package init(engagement: String, level: String, from: Day, through: Day, value: String, count: Int? = nil) {
    self.engagement = engagement
    self.level = level
    self.from = from
    self.through = through
    self.value = value
    self.count = count
  }

  init(_ fields: inout FieldReader) throws(StatementSyntaxError) {
    engagement = try fields.identifier("engagement")
    level = try fields.identifier("level")
    (from, through) = try fields.span()
    value = try fields.text("value", "a decimal number") { Measurement.isDecimal($0) }
    count = try fields.optionalInteger("count")
  }

  /// Whether the text is digits, with a point and further digits or without, and a minus sign in front or none.
  static func isDecimal(_ text: String) -> Bool {
    var digits = Array(text.utf8)[...]
    if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
    let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { part in
        !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      }
  }

  func write(to fields: inout FieldWriter) {
    fields.set("engagement", engagement)
    fields.set("level", level)
    fields.set("from", from)
    fields.set("through", through)
    fields.set("value", value)
    fields.set("count", count)
  }
}
