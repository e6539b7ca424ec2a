internal import Findings
internal import Ownership

/// The findings of a run, each under the question that it answers.
struct FindingList {
  private(set) var byCheck: [CheckResult.Name: [Finding]] = [:]

  mutating func add(_ check: CheckResult.Name, _ finding: Finding) {
    byCheck[check, default: []].append(finding)
  }

  /// Says some of what was found in other words.
  mutating func change(_ check: CheckResult.Name, _ body: (inout Finding) -> Void) {
    for index in (byCheck[check] ?? []).indices { body(&byCheck[check, default: []][index]) }
  }

  /// Whether a question was answered without an error.
  func isOK(_ check: CheckResult.Name) -> Bool {
    !(byCheck[check] ?? []).contains { $0.severity == .error }
  }

  /// How many findings make the store unsound.
  var countOfIntegrityErrors: Int { byCheck.values.joined().count { $0.code.isIntegrityError } }

  /// What is to be said of entries, whoever owns what.
  var ofEntries: [Finding] {
    CheckResult.Name.allCases.filter { $0 != .ownership }.flatMap { byCheck[$0] ?? [] }.filter { $0.entry != nil }
  }

  /// Integrity first, then ownership; within each, the worst first and otherwise as found.
  var sorted: [Finding] {
    CheckResult.Name.allCases.map { byCheck[$0] ?? [] }.reduce(into: [[], []]) { groups, findings in
      for finding in findings {
        groups[finding.code.row.group == .store ? 0 : 1].append(finding)
      }
    }.flatMap { group in
      group.enumerated().sorted { left, right in
        left.element.severity == right.element.severity
          ? left.offset < right.offset : left.element.severity > right.element.severity
      }.map(\.element)
    }
  }
}
