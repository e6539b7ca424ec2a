/// A fault in a document, and where it is.
package struct Diagnostic: Sendable, Hashable {
  /// Counts from 1; 0 where the fault is not in one place.
  package let line: Int
  /// Counts characters from 1.
  package let column: Int
  /// A sentence in lower case and without a full stop: what is wrong, and what to write instead.
  package let message: String

  package init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  package init(_ position: SourcePosition, _ message: String) {
    self.init(line: position.line, column: position.column, message: message)
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `line 3, column 5: …`
  package var description: String {
    line == 0 ? message : "line \(line), column \(column): \(message)"
  }
}
