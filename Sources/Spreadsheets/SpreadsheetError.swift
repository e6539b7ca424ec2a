package import Findings

/// Why a file cannot be read as a spreadsheet.
package struct SpreadsheetError: Error, Sendable, Equatable {
  /// In lower case, without the file's name: `it is not a zip file`.
  package let reason: String
  package let hint: String?

  init(_ reason: String, hint: String? = nil) {
    self.reason = reason
    self.hint = hint
  }
}

extension SpreadsheetError: FailureConvertible {
  package var failure: Failure { Failure(.malformedInput, "the spreadsheet cannot be read: \(reason)", hint: hint) }
}
