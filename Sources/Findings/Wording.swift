/// Small change of sentences.
public enum Wording: Sendable {
  /// `1 control`, `2 controls`.
  public static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// `1 entry`, `2 entries`.
  public static func entries(_ number: Int) -> String { count(number, "entry", "entries") }

  /// `1 byte`, `2 bytes`.
  public static func bytes(_ number: Int) -> String { count(number, "byte") }

  /// `a`, `a and b`, `a, b and c`.
  public static func list(_ items: [String], _ conjunction: String = "and") -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }

  /// A part of a whole in percent, rounded; never 0 or 100 where it is neither.
  public static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "0 %" }
    if part > 0, part * 100 < whole { return "<1 %" }
    if part < whole, part * 200 >= whole * 199 { return "99 %" }
    return "\((part * 200 + whole) / (whole * 2)) %"
  }
}
