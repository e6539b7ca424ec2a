package import Ownership
package import Statements

/// How long evidence has to be kept: by law, and by what its submitter said. The longest counts.
///
/// Time alone removes nothing: what nothing keeps any more may go, and whether it does is decided by a person.
package enum RetentionRules {
  /// From when years are counted.
  package enum Start: Sendable, Equatable {
    /// The later of the day when it was made and the day when it was last in effect.
    case lastInEffect
    /// The day of the newest assessment of what it shows, since it was made.
    case assessment
  }

  /// What a law asks.
  package struct Rule: Sendable, Equatable {
    /// The framework's id.
    package let framework: String
    package let years: Int
    package let start: Start
    /// Where it stands.
    package let citation: String
  }

  /// The laws that ask for a time, by the built-in frameworks that come from them.
  package static let all = [
    Rule(framework: "hipaa-security", years: 6, start: .lastInEffect, citation: "45 CFR 164.316(b)(2)(i)"),
    Rule(framework: "cmmc-level-1", years: 6, start: .assessment, citation: "32 CFR 170.15"),
    Rule(framework: "cmmc-level-2", years: 6, start: .assessment, citation: "32 CFR 170.17"),
    Rule(framework: "cmmc-level-3", years: 6, start: .assessment, citation: "32 CFR 170.18"),
  ]

  /// One reason to keep something.
  package struct Reason: Sendable, Equatable {
    /// The last day on which it has to be there.
    package let until: Day
    /// Why, as in `45 CFR 164.316(b)(2)(i): 6 years from 2026-03-01`.
    package let text: String

    package init(until: Day, text: String) {
      self.until = until
      self.text = text
    }
  }

  /// Evidence, and what the log says about it besides.
  package struct Subject: Sendable {
    package let record: EvidenceRecord
    /// The frameworks that it shows something of, those that lean on its controls among them.
    package let frameworks: Set<String>
    /// The day on which other evidence took its place.
    package let replaced: Day?
    /// The day of the newest assessment of any of its controls.
    package let assessed: Day?
    /// The day asked about: what covers no span and was not replaced is in effect on it. nil asks nothing of the kind.
    package let asOf: Day?

    package init(
      _ record: EvidenceRecord, frameworks: Set<String>, replaced: Day?, assessed: Day?, asOf: Day? = nil
    ) {
      self.asOf = asOf
      self.record = record
      self.frameworks = frameworks
      self.replaced = replaced
      self.assessed = assessed
    }
  }

  /// All that keeps some evidence, the longest first; empty where neither a law nor its submitter names a day.
  package static func reasons(_ subject: Subject) -> [Reason] {
    let evidence = subject.record.evidence
    let made = max(subject.record.recorded.day, evidence.through ?? subject.record.recorded.day)
    // A policy is in effect until another takes its place; what covers a span was in effect through its last day.
    let today = evidence.through == nil && subject.replaced == nil ? subject.asOf : nil
    var reasons = all.filter { subject.frameworks.contains($0.framework) }.map { rule in
      if rule.start == .lastInEffect, let today {
        return Reason(
          until: max(made, today).adding(months: 12 * rule.years),
          text: "\(rule.citation): \(rule.years) years from when it was last in effect, and nothing has replaced it")
      }
      let start =
        switch rule.start {
        case .lastInEffect: max(made, subject.replaced ?? made)
        case .assessment: max(made, subject.assessed ?? made)
        }
      return Reason(
        until: start.adding(months: 12 * rule.years), text: "\(rule.citation): \(rule.years) years from \(start)")
    }
    if let day = evidence.retainUntil {
      reasons.append(Reason(until: day, text: "its submitter asked to keep it until \(day)"))
    }
    return reasons.enumerated().sorted { left, right in
      left.element.until == right.element.until ? left.offset < right.offset : left.element.until > right.element.until
    }.map(\.element)
  }

  /// What becomes of evidence on a day.
  package enum Fate: String, Sendable, CaseIterable {
    /// Nothing keeps it any more.
    case free = "may-go"
    /// A legal hold keeps it, whatever else.
    case held
    /// Nothing names a day: neither a law nor its submitter.
    case undated = "no-rule"
    /// A law, or what its submitter said, keeps it for some time yet.
    case kept
  }

  /// What becomes of it by all that keeps it: it may go from the day after the last of their days on.
  ///
  /// - Parameter isHeld: Whether a hold in force is on it.
  package static func fate(_ reasons: [Reason], isHeld: Bool, on day: Day) -> Fate {
    if isHeld { return .held }
    guard let last = reasons.map(\.until).max() else { return .undated }
    return last < day ? .free : .kept
  }
}
