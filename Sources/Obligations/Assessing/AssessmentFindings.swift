internal import Statements
internal import Catalogs
internal import Crypto
package import Findings
package import Ownership

/// Assessments that rest on what is there no more.
package enum AssessmentFindings {
  /// `assessment-outdated`, one for each assessment that is the newest word on some unit that applies, and whose evidence
  /// was replaced or redacted.
  package static func findings(_ matrix: ResponsibilityMatrix, _ book: AssessmentBook) -> [Finding] {
    var told: Set<Int> = []
    return matrix.frameworks.flatMap(\.controls).filter { $0.control.sameAs.isEmpty }.flatMap { row in
      row.applicable.compactMap { unit -> Finding? in
        guard let mark = book.mark(unit), let outdated = mark.outdated, let object = mark.assessment.evidence,
          told.insert(mark.entry).inserted
        else { return nil }
        return Finding(
          .assessmentOutdated, unit.id.description, entry: mark.entry, expected: object.hex,
          "'\(mark.member)' assessed \(unit.id) as \(mark.assessment.status.rawValue) on \(mark.day) by an object that was "
            + "\(outdated.rawValue) since")
      }
    }
  }
}
