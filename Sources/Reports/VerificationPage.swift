internal import Crypto
package import Findings
public import Rendering
package import Ownership
internal import Statements
internal import TreeLog
public import Verification

/// What a verification found: six questions, a verdict, and what somebody has to act on.
public struct VerificationPage: Sendable {
  private let report: VerificationReport
  /// All that was found: by the verification, and about what was promised.
  private let findings: [Finding]
  /// Findings of one kind, in the order in which their kinds were found.
  private let groups: [(code: FindingCode, findings: [Finding])]

  /// At most so many subjects are named of findings that stand together.
  private static let namesShown = 6

  /// The page of a verification.
  public init(_ report: VerificationReport) {
    self.init(report, obligations: [])
  }

  /// The page of a verification, and of what is owed.
  ///
  /// - Parameter obligations: Findings about what was promised, which are no matter of the log's soundness.
  package init(_ report: VerificationReport, obligations: [Finding]) {
    self.report = report
    findings = report.findings + obligations
    var groups: [(code: FindingCode, findings: [Finding])] = []
    for finding in findings {
      if let index = groups.firstIndex(where: { $0.code == finding.code }) {
        groups[index].findings.append(finding)
      } else {
        groups.append((finding.code, [finding]))
      }
    }
    self.groups = groups
  }
}

extension VerificationPage: Report {
  /// The six questions, the verdict, and the findings by kind.
  public func blocks(width: Int) -> [Block] {
    var blocks: [Block] = []
    if let checkpoint = report.checkpoint {
      blocks.append(
        .paragraph("log \(checkpoint.origin), \(Wording.entries(checkpoint.size)), root \(checkpoint.root.hex)"))
    }
    if let succession = report.succession {
      let held = succession.held.map { "; the checkpoint '\($0)' is of that very tree" }.joined()
      blocks.append(.paragraph("\(succession.sentence), as entry \(succession.entry) says\(held)"))
    }
    blocks.append(
      .facts(
        report.checks.map { check in
          let name = TextWrapping.padded(check.name.rawValue, to: 11)
          return Block.Fact("\(name) \(check.isOK ? "ok" : "NO")", check.summary, tone: check.isOK ? .plain : .bad)
        }))
    blocks += timestampBlocks
    blocks += report.offers.map { .fact("offer", OfferWording.sentence($0)) }
    blocks += report.disputes.prefix(VerificationPage.namesShown).map { .fact("disputed", DisputeWording.sentence($0)) }
    if report.disputes.count > VerificationPage.namesShown {
      let more = report.disputes.dropFirst(VerificationPage.namesShown).reduce(0) { $0 + $1.count }
      blocks.append(.fact("disputed", "and \(Wording.count(more, "later statement"))"))
    }
    blocks.append(
      report.isSound
        ? .verdict("the store is sound", .good)
        : .verdict("the store is NOT sound: tampering or corruption was found", .bad))
    guard !groups.isEmpty else { return blocks }
    blocks.append(.gap)
    for group in groups { blocks += self.blocks(group.code, group.findings) }
    return blocks + [.gap, .paragraph(summary)]
  }

  /// What makes the store unsound apart from what is to be done about who answers for what.
  private var summary: String {
    let broken = findings.filter(\.code.isIntegrityError)
    let others = findings.filter { !$0.code.isIntegrityError }
    func counts(_ findings: [Finding]) -> String {
      Wording.list(
        Severity.allCases.reversed().compactMap { severity in
          let count = findings.count { $0.severity == severity }
          return count == 0 ? nil : Wording.count(count, severity.rawValue)
        })
    }
    guard !broken.isEmpty else { return counts(others) }
    let damage = Wording.count(broken.count, "sign") + " of tampering or corruption"
    return others.isEmpty ? damage : "\(damage); beside that, of what still could be read, \(counts(others))"
  }

  /// Those that make a store unsound one by one, those on units of one kind together.
  private func blocks(_ code: FindingCode, _ findings: [Finding]) -> [Block] {
    let head = "\(code.severity.rawValue) \(code.rawValue):"
    if findings.count == 1 || code.isIntegrityError {
      return findings.flatMap { finding -> [Block] in
        var blocks: [Block] = [.fact(head, finding.message)]
        if code.isIntegrityError, let expected = finding.expected, let found = finding.found {
          blocks.append(.facts([Block.Fact("    expected", expected), Block.Fact("    found", found)]))
        }
        return blocks
      }
    }
    // Each of these says something else that somebody has to act on: a key to compare, a reason to look into.
    if code == .timestampUntrusted || code == .partyUnconfirmed {
      let shown = findings.prefix(VerificationPage.namesShown)
      return [.fact(head, "\(findings.count) of them")]
        + shown.map { .fact("    \($0.subject)", $0.message) }
        + (findings.count > shown.count ? [.fact("    ", "and \(findings.count - shown.count) more")] : [])
    }
    let named = findings.prefix(VerificationPage.namesShown).map(\.subject).joined(separator: ", ")
    let more = findings.count - VerificationPage.namesShown
    return [.fact(head, "\(findings.count) of them: \(named)\(more > 0 ? " and \(more) more" : "")")]
  }

  /// Which entries trusted timestamps were the first to be over: the newest few, and how many there are.
  private var timestampBlocks: [Block] {
    let first = report.timestamps.filter { $0.firstOver != nil }.sorted { $0.size > $1.size }
    let shown = first.prefix(VerificationPage.namesShown).reversed().compactMap { stamp -> Block? in
      guard let range = stamp.firstOver, let last = range.last else { return nil }
      let which = range.count == 1 ? "entry \(last)" : "entries \(range.lowerBound) to \(last)"
      let claimed = stamp.claimed.map { span in
        span.lowerBound.day == span.upperBound.day
          ? ", recorded \(span.lowerBound.day)," : ", recorded \(span.lowerBound.day) to \(span.upperBound.day),"
      }
      let verb = range.count == 1 ? "was" : "were"
      return .fact(
        "dated",
        "\(which)\(claimed ?? "") \(verb) first shown to an authority on \(stamp.time.day)"
          + (stamp.authority.map { ", to '\($0)'" } ?? ""))
    }
    let more = first.count - shown.count
    return more == 0 ? shown : [.fact("dated", "\(Wording.count(more, "earlier timestamp"))")] + shown
  }

  private static func json(_ stamp: JudgedTimestamp) -> JSONOutput {
    var members: [(String, JSONOutput)] = [
      ("size", .integer(stamp.size)), ("time", .string("\(stamp.time)")), ("authority", .optional(stamp.authority)),
      ("entry", .integer(stamp.entry)), ("trusted", stamp.isTrusted.map { .bool($0) } ?? .null),
      ("reason", .optional(stamp.reason)), ("accuracyMilliseconds", .integer(stamp.accuracy)),
      ("before", .string("\(stamp.before)")), ("policy", .string(stamp.policy)),
    ]
    if let range = stamp.firstOver, let last = range.last {
      members.append(("firstOver", ["from": .integer(range.lowerBound), "through": .integer(last)]))
    }
    if let claimed = stamp.claimed {
      members.append(
        ("claimed", ["from": .string("\(claimed.lowerBound)"), "through": .string("\(claimed.upperBound)")]))
    }
    return .object(members)
  }

  /// A row for each finding.
  public var records: Table? {
    var table = Table(["severity", "code", "subject", "entry", "expected", "found", "message"])
    for finding in findings {
      table.add([
        .text(finding.severity.rawValue), .text(finding.code.rawValue), .text(finding.subject),
        finding.entry.map { .integer($0) } ?? .empty, .optional(finding.expected), .optional(finding.found),
        .text(finding.message),
      ])
    }
    return table
  }

  /// For machines: the checkpoint, each check with its figures, and every finding.
  public var value: JSONOutput {
    var members: [(String, JSONOutput)] = [
      ("checkpoint", report.checkpoint.map { ReportStamp.json($0) } ?? .null), ("sound", .bool(report.isSound)),
    ]
    if let taken = report.taken {
      members.append(
        (
          "takenAsVerified",
          ["size": .integer(taken.size), "root": .string(taken.root.hex), "on": .string("\(taken.on)")]
        ))
    }
    if let succession = report.succession { members.append(("succeeds", succession.json)) }
    let checks = report.checks.map { check -> JSONOutput in
      .object(
        [
          ("name", .string(check.name.rawValue)), ("ok", .bool(check.isOK)), ("count", .integer(check.count)),
        ] + check.figures.map { ($0.name, .integer($0.value)) } + [("summary", .string(check.summary))])
    }
    return .object(
      members + [
        ("checks", .array(checks)), ("timestamps", .array(report.timestamps.map { VerificationPage.json($0) })),
        ("disputed", .array(report.disputes.map { DisputeWording.json($0) })),
        ("offers", .array(report.offers.map { OfferWording.json($0) })),
        ("findings", .array(findings.map { $0.json })),
      ])
  }
}

extension Finding {
  /// `{"code","severity","subject","entry"?,"expected"?,"found"?,"message"}`
  package var json: JSONOutput {
    var members: [(String, JSONOutput)] = [
      ("code", .string(code.rawValue)), ("severity", .string(severity.rawValue)), ("subject", .string(subject)),
    ]
    if let entry { members.append(("entry", .integer(entry))) }
    if let expected { members.append(("expected", .string(expected))) }
    if let found { members.append(("found", .string(found))) }
    members.append(("message", .string(message)))
    return .object(members)
  }
}

extension Succession {
  /// `{"origin","size","root","entry","member","held":[file]}`
  package var json: JSONOutput {
    .object([
      ("origin", .string(origin)), ("size", .integer(size)), ("root", .string(root.hex)), ("entry", .integer(entry)),
      ("member", .string(member)), ("held", .strings(held)),
    ])
  }
}
