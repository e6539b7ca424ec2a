package import Catalogs
internal import Crypto
internal import Findings
package import Obligations
package import Ownership
package import Statements

/// All that ever happened to a control, in order, and who answered for its units when.
public struct TimelineReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp

  /// Something that happened: an entry of the log, or a day on which something ran out.
  package struct Event: Sendable, Equatable {
    package enum Kind: String, Sendable {
      case adopted, agreement, accepted, declined, ended, staffed, changed, evidence, replaced, assessed, held, redacted
      case left
    }

    package var day: Day
    /// nil for what comes with a day and no entry.
    package var entry: Int?
    package var kind: Kind
    package var member: String?
    package var what: String

    package init(day: Day, entry: Int?, kind: Kind, member: String?, what: String) {
      self.day = day
      self.entry = entry
      self.kind = kind
      self.member = member
      self.what = what
    }
  }

  /// Its id, and its title where a catalog has it.
  package let control: ControlID
  package let title: String
  package let units: [ControlID]
  /// Who answered, over time; units that stand alike together.
  package let spans: [AccountableSpans]
  /// By days, then entries.
  package let events: [Event]
  /// Evidence that is not listed: there is more than anybody reads.
  package let evidenceLeftOut: Int

  /// What is known of the control beside agreements.
  package struct Facts: Sendable {
    /// In log order, with the day on which other evidence took its place.
    package var evidence: [(record: EvidenceRecord, replaced: Day?)] = []
    package var evidenceLeftOut = 0
    package var assessments: [AssessmentBook.Mark] = []
    /// Who signed some entries, and their UTC days.
    package var signers: [Int: String] = [:]
    package var days: [Int: Day] = [:]

    package init() {}
  }

  /// - Parameter units: Those of the control, or one of them, as the newest catalog that has them says.
  package init(
    _ snapshot: Snapshot, control: ControlID, title: String, units: [UnitFacts], facts: Facts
  ) {
    stamp = ReportStamp(snapshot)
    self.control = control
    self.title = title
    self.units = units.map(\.id)
    evidenceLeftOut = facts.evidenceLeftOut
    spans = AccountableSpans.grouped(units, snapshot.resolver, through: snapshot.asOf)
    let collector = TimelineCollector(snapshot, control, units, facts)
    let all =
      collector.agreements + collector.people + collector.evidence + collector.removals + changes(spans, control)
    events = all.filter { $0.day <= snapshot.asOf }.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.day != b.day { return a.day < b.day }
      // What comes with the day itself stands before what somebody said on it.
      return (a.entry ?? -1, left.offset) < (b.entry ?? -1, right.offset)
    }.map(\.element)
  }
}

/// The days on which units changed hands.
private func changes(_ spans: [AccountableSpans], _ control: ControlID) -> [TimelineReport.Event] {
  spans.flatMap { own in
    own.spans.indices.dropFirst().map { place in
      let (before, after) = (own.spans[place - 1], own.spans[place])
      let parts = spans.count == 1 ? "" : " (\(UnitNames.suffixes(own.units, of: control).joined(separator: " ")))"
      let what =
        before.standing == after.standing
        ? "goes on with \(after.standing.text) by other words"
        : "from \(before.standing.text) to \(after.standing.text)"
      return TimelineReport.Event(
        day: after.from, entry: nil, kind: .changed, member: nil,
        what: what + parts + (after.by.map { ", by \($0.text)" } ?? ""))
    }
  }
}
