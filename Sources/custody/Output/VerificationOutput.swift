internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import TreeLog
internal import Verification

/// How a verification is printed.
enum VerificationOutput {
  static func print(_ report: VerificationReport, _ global: GlobalArguments, _ console: Console) throws {
    if global.format == .json { return try console.print(json(report)) }
    if let checkpoint = report.checkpoint {
      try console.print("log \(checkpoint.origin), \(Wording.entries(checkpoint.size)), root \(checkpoint.root.hex)")
    }
    for check in report.checks {
      let mark = check.isOK ? "ok" : "NO"
      try console.print(
        wrapped: check.summary, after: "\(check.name.rawValue.padded(to: 11)) \(mark)  ", style: check.isOK ? nil : .red
      )
    }
    try console.print(
      report.isSound
        ? "the store is sound" : "the store is NOT sound: tampering or corruption was found",
      style: report.isSound ? .green : .red)
    let groups = FindingGroups(report.findings)
    guard !groups.groups.isEmpty else { return }
    try console.print("")
    for group in groups.groups {
      for line in group.lines { try console.print(wrapped: line.text, after: line.indentation) }
    }
    let counts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = report.findings.filter { $0.severity == severity }.count
      return count == 0 ? nil : Wording.count(count, severity.rawValue)
    }
    try console.print("")
    try console.print(counts.joined(separator: ", "))
    if report.findings.contains(where: { !$0.code.isIntegrityError && $0.severity == .error }) {
      console.say("next: custody report gaps")
    }
  }

  static func json(_ report: VerificationReport) -> JSONOutput {
    .object([
      ("checkpoint", report.checkpoint.map { CheckpointOutput.json($0) } ?? .null), ("sound", .bool(report.isSound)),
      (
        "checks",
        .array(
          report.checks.map { check in
            .object(
              [
                ("name", .string(check.name.rawValue)), ("ok", .bool(check.isOK)), ("count", .integer(check.count)),
              ] + check.figures.map { ($0.name, .integer($0.value)) } + [("summary", .string(check.summary))])
          })
      ), ("findings", .array(report.findings.map { json($0) })),
    ])
  }

  static func json(_ finding: Finding) -> JSONOutput {
    var members: [(String, JSONOutput)] = [
      ("code", .string(finding.code.rawValue)), ("severity", .string(finding.severity.rawValue)),
      ("subject", .string(finding.subject)),
    ]
    if let entry = finding.entry { members.append(("entry", .integer(entry))) }
    if let expected = finding.expected { members.append(("expected", .string(expected))) }
    if let found = finding.found { members.append(("found", .string(found))) }
    members.append(("message", .string(finding.message)))
    return .object(members)
  }
}

/// Findings for people: those of integrity one by one, those on units of one kind together.
private struct FindingGroups {
  struct Group {
    let code: FindingCode
    var findings: [Finding]

    /// At most so many subjects are named.
    private static let limit = 6

    var lines: [(indentation: String, text: String)] {
      let head = "\(code.severity.rawValue) \(code.rawValue): "
      if findings.count == 1 || code.isIntegrityError {
        return findings.flatMap { [(head, $0.message)] + details($0) }
      }
      let named = findings.prefix(Group.limit).map(\.subject).joined(separator: ", ")
      let more = findings.count > Group.limit ? " and \(findings.count - Group.limit) more" : ""
      return [(head, "\(findings.count) of them: \(named)\(more)")]
    }

    private func details(_ finding: Finding) -> [(indentation: String, text: String)] {
      guard code.isIntegrityError, let expected = finding.expected, let found = finding.found else { return [] }
      return [("    expected ", expected), ("    found    ", found)]
    }
  }

  private(set) var groups: [Group] = []

  init(_ findings: [Finding]) {
    for finding in findings {
      if let index = groups.firstIndex(where: { $0.code == finding.code }) {
        groups[index].findings.append(finding)
      } else {
        groups.append(Group(code: finding.code, findings: [finding]))
      }
    }
  }
}

extension String {
  /// The text with spaces behind it, at least that wide.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - unicodeScalars.count))
  }
}
