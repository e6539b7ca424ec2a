package import Crypto

/// A line of a schedule that is about no unit.
package protocol ScheduleLine: Sendable, Equatable {
  /// What it is about.
  var key: Schedule.LineKey { get }
  /// The line as it is written, without the newline.
  var text: String { get }
}

extension Schedule {
  /// What a line that is about no unit is about: `duty steering-committee`, `step outage 2`, `paper insurance`.
  ///
  /// A version that says something else about the same thing changes it. Papers of one kind are one thing, so that a
  /// newer statement of work takes the place of the older one.
  package struct LineKey: Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, CaseIterable {
      case duty, level, block, step, paper
    }

    package var kind: Kind
    /// The line's id; of a step, the id and its number; of papers, their kind.
    package var id: String

    package init(_ kind: Kind, _ id: String) {
      self.kind = kind
      self.id = id
    }

    package var description: String { "\(kind.rawValue) \(id)" }

    /// In the order of a schedule's kinds, then of the ids.
    package static func precedes(_ left: LineKey, _ right: LineKey) -> Bool {
      let order = Kind.allCases
      guard left.kind != right.kind else { return ByteOrder.precedes(left.id, right.id) }
      return order.firstIndex(of: left.kind) ?? 0 < order.firstIndex(of: right.kind) ?? 0
    }
  }

  /// Something that a party owes regularly or once.
  package struct DutyLine: ScheduleLine {
    package var id: String
    package var party: String
    /// `every quarter` or `within 90 days`.
    package var cadence: String
    package var title: String

    package init(id: String, party: String, cadence: String, title: String) {
      self.id = id
      self.party = party
      self.cadence = cadence
      self.title = title
    }

    package var key: LineKey { LineKey(.duty, id) }
    package var text: String { Schedule.line("duty", id, party, cadence, title) }
  }

  /// A measured promise of a party about some domains.
  package struct LevelLine: ScheduleLine {
    package var id: String
    package var party: String
    package var domains: [String]
    /// A comparison and a decimal number: `>= 99.9`.
    package var target: String
    package var unit: String
    /// `every month`.
    package var cadence: String

    package init(id: String, party: String, domains: [String], target: String, unit: String, cadence: String) {
      self.id = id
      self.party = party
      self.domains = domains
      self.target = target
      self.unit = unit
      self.cadence = cadence
    }

    package var key: LineKey { LineKey(.level, id) }
    package var text: String { Schedule.line("level", id, party, Schedule.joined(domains), target, unit, cadence) }
  }

  /// Hours that a party works in some domains for a price that is paid already.
  package struct BlockLine: ScheduleLine {
    package var id: String
    package var party: String
    package var domains: [String]
    /// A decimal number.
    package var hours: String
    /// `every month`; nil where they are given once for the whole term.
    package var cadence: String?
    /// How long hours that are not drawn go forward: `3 months`; nil where they do not.
    package var rollover: String?

    package init(id: String, party: String, domains: [String], hours: String, cadence: String?, rollover: String?) {
      self.id = id
      self.party = party
      self.domains = domains
      self.hours = hours
      self.cadence = cadence
      self.rollover = rollover
    }

    package var key: LineKey { LineKey(.block, id) }
    package var text: String { Schedule.line("block", id, party, Schedule.joined(domains), hours, cadence, rollover) }
  }

  /// One step of an escalation: who is turned to next, and within what time.
  package struct StepLine: ScheduleLine {
    /// The escalation's id, which its steps share.
    package var id: String
    package var domains: [String]
    package var severity: String?
    /// Counts from 1.
    package var number: Int
    /// A party, a member or a contact.
    package var who: String
    /// `15 minutes`.
    package var within: String
    /// By which means.
    package var by: String?

    package init(
      id: String, domains: [String], severity: String?, number: Int, who: String, within: String, by: String?
    ) {
      self.id = id
      self.domains = domains
      self.severity = severity
      self.number = number
      self.who = who
      self.within = within
      self.by = by
    }

    package var key: LineKey { LineKey(.step, "\(id) \(number)") }
    package var text: String {
      Schedule.line("step", id, Schedule.joined(domains), severity, "\(number)", who, within, by)
    }
  }

  /// A paper that is in force: the statement of work, or another that the agreement names.
  package struct PaperLine: ScheduleLine {
    /// `statement-of-work`, `business-associate-agreement`.
    package var kind: String
    /// nil where the version's statement does not bring the file.
    package var sha256: Digest?
    package var from: Day?
    package var through: Day?

    package init(kind: String, sha256: Digest?, from: Day? = nil, through: Day? = nil) {
      self.kind = kind
      self.sha256 = sha256
      self.from = from
      self.through = through
    }

    package var key: LineKey { LineKey(.paper, kind) }
    package var text: String { Schedule.line("paper", kind, sha256?.hex, from?.description, through?.description) }
  }

  /// The lines that are about no unit, by kind, in the order in which they are written.
  package var otherLines: [[any ScheduleLine]] { [duties, levels, blocks, steps, papers] }

  /// What the schedule says of each thing that is no unit, as it is written.
  package var textsByKey: [LineKey: Set<String>] {
    var texts: [LineKey: Set<String>] = [:]
    for line in otherLines.joined() { texts[line.key, default: []].insert(line.text) }
    return texts
  }

  /// Fields of a line, a hyphen for each that is empty.
  private static func line(_ fields: String?...) -> String { fields.map { $0 ?? "-" }.joined(separator: "\t") }
}
