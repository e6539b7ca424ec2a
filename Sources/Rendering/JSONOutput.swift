/// What `--format json` prints: members stay in the order in which they were written.
public enum JSONOutput: Sendable {
  case object([(String, JSONOutput)])
  case array([JSONOutput])
  case string(String)
  case integer(Int)
  case bool(Bool)
  case null

  /// A string, or null where there is none.
  public static func optional(_ text: String?) -> JSONOutput { text.map { .string($0) } ?? .null }

  /// A list of strings.
  public static func strings(_ texts: [String]) -> JSONOutput { .array(texts.map { .string($0) }) }

  /// As a cell of a table has it: text without quotation marks, nothing for null.
  package var plain: String {
    switch self {
    case .null: ""
    case .string(let text): text
    default: compact
    }
  }

  /// Indented by two spaces a level; without a newline at the end.
  public var pretty: String {
    var text = ""
    write(to: &text, indentation: 0)
    return text
  }

  /// In one line, without spaces.
  public var compact: String {
    var text = ""
    write(to: &text, indentation: nil)
    return text
  }

  private func write(to text: inout String, indentation: Int?) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .string(let value): text += JSONOutput.quoted(value)
    case .array(let items):
      JSONOutput.writeItems(items, between: ("[", "]"), to: &text, indentation: indentation) { item, text, inner in
        item.write(to: &text, indentation: inner)
      }
    case .object(let members):
      JSONOutput.writeItems(members, between: ("{", "}"), to: &text, indentation: indentation) { member, text, inner in
        text += JSONOutput.quoted(member.0) + (inner == nil ? ":" : ": ")
        member.1.write(to: &text, indentation: inner)
      }
    }
  }

  private static func writeItems<Item>(
    _ items: [Item], between brackets: (String, String), to text: inout String, indentation: Int?,
    _ write: (Item, inout String, Int?) -> Void
  ) {
    text += brackets.0
    for (index, item) in items.enumerated() {
      if index > 0 { text += "," }
      if let indentation { text += "\n" + String(repeating: " ", count: indentation + 2) }
      write(item, &text, indentation.map { $0 + 2 })
    }
    if let indentation, !items.isEmpty { text += "\n" + String(repeating: " ", count: indentation) }
    text += brackets.1
  }

  /// The text between quotation marks. What a terminal might obey is escaped beyond what RFC 8259 asks for.
  private static func quoted(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where TerminalText.isHazardous(scalar):
        for unit in UTF16.encode(scalar) ?? .init() {
          let digits = String(unit, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        }
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}

extension JSONOutput: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
  /// An object, its members in their order.
  public init(dictionaryLiteral members: (String, JSONOutput)...) { self = .object(members) }
  /// An array.
  public init(arrayLiteral items: JSONOutput...) { self = .array(items) }
  /// A string.
  public init(stringLiteral text: String) { self = .string(text) }
  /// A number.
  public init(integerLiteral number: Int) { self = .integer(number) }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Null.
  public init(nilLiteral: ()) { self = .null }
}
