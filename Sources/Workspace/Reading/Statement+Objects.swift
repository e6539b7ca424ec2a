package import Statements

extension Statement {
  /// The objects that it brings, without those that only hold arrays of its predicate.
  package var evidenceSubjects: [Subject] {
    subjects.filter { !($0.mediaType == MediaType.list && $0.name.utf8.starts(with: "list/".utf8)) }
  }
}
