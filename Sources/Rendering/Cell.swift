/// A value in a report, typed so that each format writes it as that format does.
///
/// A terminal shows its text, CSV its text with formulas defused; a spreadsheet would make a number of a number and a date
/// of a date.
public enum Cell: Sendable, Equatable {
  /// Nothing is known, or nothing applies.
  case empty
  case text(String)
  case integer(Int)
  /// A decimal number, digit by digit as it is written: `99.95`.
  case number(String)
  /// `yes` or `no`.
  case flag(Bool)
  /// A day, `YYYY-MM-DD`.
  case day(String)
  /// Names, in the order in which they are to be read.
  case list([String])

  /// A text, or nothing.
  public static func optional(_ text: String?) -> Cell { text.map { .text($0) } ?? .empty }

  /// The cell's text, as people read it.
  ///
  /// - Parameter separator: Between the names of a list.
  public func text(separator: String = ", ") -> String {
    switch self {
    case .empty: ""
    case .text(let text), .day(let text), .number(let text): text
    case .integer(let number): String(number)
    case .flag(let value): value ? "yes" : "no"
    case .list(let names): names.joined(separator: separator)
    }
  }
}

extension Cell: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral {
  /// A text.
  public init(stringLiteral text: String) { self = text.isEmpty ? .empty : .text(text) }

  /// A number.
  public init(integerLiteral number: Int) { self = .integer(number) }
}
