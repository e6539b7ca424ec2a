package import Catalogs
internal import Index
internal import Obligations
internal import Statements

/// What assessments said last of a control and its units.
package struct LastAssessments {
  private var newest: [String: AssessmentRecord] = [:]

  /// - Parameter store: nil where there is none: then nothing was assessed.
  package init(_ control: Control, _ store: OpenedStore?) throws {
    let names = Set([control.id.description] + control.units.map(\.id.description))
    for record in try store?.index.assessments() ?? [] {
      for unit in record.assessment.units where names.contains(unit) { newest[unit] = record }
    }
  }

  /// `assessed not-met on 2026-05-01 by acme/bo (entry 12): two accounts are left`
  package func text(_ unit: String) -> String? {
    newest[unit].map { record in
      "assessed \(record.assessment.status.rawValue) on \(record.recorded.day) by \(record.member) (entry \(record.entry))"
        + (record.assessment.terms.map { ": \($0)" } ?? "")
    }
  }
}
