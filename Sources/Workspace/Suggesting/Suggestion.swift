/// A control that a file may be evidence for, and why.
package struct Suggestion: Sendable, Equatable {
  /// Why it is suggested.
  package enum Reason: Sendable, Equatable {
    /// The file's own name has its id.
    case name
    /// The nearest folder's name has its id.
    case folder
    /// A file that was called the same but for days and numbers was for it.
    case sameName(entry: Int, file: String)
    /// A file of the same folder was for it.
    case sameFolder(entry: Int, file: String)
    /// Evidence of which much the same words were said was for it.
    case sameWords(entry: Int, file: String)
    /// The catalogs say that it has to do with one that is suggested.
    case crosswalk(from: [String], relation: String)
  }

  /// `framework/id`.
  package let control: String
  package internal(set) var reasons: [Reason]
}

/// What is suggested for one file.
package struct FileSuggestion: Sendable, Equatable {
  /// The file, as it is found from the working folder.
  package let path: String
  /// In the order of what speaks for them.
  package internal(set) var controls: [Suggestion] = []
  /// Controls of other frameworks that go with these: to be added only by whoever looked.
  package internal(set) var also: [Suggestion] = []
}
