/// A piece of a page in HTML: only what escapes its text can be put together.
public struct HTMLFragment: Sendable {
  /// The markup.
  public private(set) var markup = ""

  /// Nothing.
  public init() {}

  /// Text, with nothing in it obeyed.
  public mutating func text(_ text: String) { markup += HTMLText.escaped(text) }

  /// An element without content, or an opening tag: `open("td", ["class": "number"])`.
  ///
  /// - Parameters:
  ///   - name: A name of the program's own, never of a store's.
  ///   - attributes: Names of the program's own; values may be anybody's.
  public mutating func open(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:]) {
    markup += "<\(name)"
    for (attribute, value) in attributes { markup += " \(attribute)=\"\(HTMLText.escaped(value))\"" }
    markup += ">"
  }

  /// A closing tag.
  public mutating func close(_ name: StaticString) { markup += "</\(name)>" }

  /// A line break in the markup, which nobody sees.
  public mutating func newline() { markup += "\n" }

  /// An element around text.
  public mutating func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ text: String
  ) {
    open(name, attributes)
    self.text(text)
    close(name)
  }

  /// An element around what a closure adds.
  public mutating func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    _ content: (inout HTMLFragment) throws -> Void
  ) rethrows {
    open(name, attributes)
    try content(&self)
    close(name)
  }

  /// The program's own markup, as it is: never what a store holds.
  package mutating func append(_ own: String) { markup += own }

  /// Adds another piece.
  public mutating func add(_ other: HTMLFragment) { markup += other.markup }
}
