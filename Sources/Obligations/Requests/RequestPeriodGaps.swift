internal import Ownership
internal import Statements

/// The days of a request's period that no evidence speaks of. An examination of a period asks for all of it, as for a SOC 2
/// report of type 2 (AT-C section 205).
enum RequestPeriodGaps {
  /// - Parameters:
  ///   - answers: What answers it.
  ///   - asWhole: Whether the answers are for it as a whole, and not for its controls one by one.
  /// - Returns: Stretches in order, of which some control that has answers has nothing; none where the request has no first
  ///   and last day, or no answers.
  static func days(of request: AuditRequest, _ answers: [RequestRules.Answer], asWhole: Bool) -> [ClosedRange<Day>] {
    guard let from = request.from, let through = request.through, from <= through, !answers.isEmpty else { return [] }
    let groups =
      asWhole || request.targets.isEmpty
      ? [answers]
      : request.controls.map { control in answers.filter { $0.controls.contains(control) } }.filter { !$0.isEmpty }
    return merged(groups.flatMap { gaps(in: from...through, $0.map { span($0.record) }) })
  }

  /// What evidence speaks of: the days that it says, else the one on which it was collected or recorded.
  private static func span(_ record: EvidenceRecord) -> ClosedRange<Day> {
    min(record.firstDay, record.ageDay)...record.ageDay
  }

  private static func gaps(in period: ClosedRange<Day>, _ spans: [ClosedRange<Day>]) -> [ClosedRange<Day>] {
    var gaps: [ClosedRange<Day>] = []
    var next = period.lowerBound
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) where next <= period.upperBound {
      if span.lowerBound > next { gaps.append(next...min(span.lowerBound.adding(days: -1), period.upperBound)) }
      next = max(next, span.upperBound.adding(days: 1))
    }
    if next <= period.upperBound { gaps.append(next...period.upperBound) }
    return gaps
  }

  /// Stretches that meet become one.
  private static func merged(_ spans: [ClosedRange<Day>]) -> [ClosedRange<Day>] {
    var merged: [ClosedRange<Day>] = []
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, span.lowerBound <= last.upperBound.adding(days: 1) {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
      } else {
        merged.append(span)
      }
    }
    return merged
  }
}
