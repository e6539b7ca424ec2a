internal import Findings
package import Obligations
internal import Ownership
public import Rendering
package import Statements

/// Whom to turn to about a control or a domain, on one screen.
public struct WhomPage: Sendable {
  /// Who answers, and by whose word.
  package struct Owner: Sendable {
    /// What of it they answer for, as in `nist-800-171-r2/3.1.1 [a] [b]`.
    package var units: String
    package var accountable: String?
    /// Why nobody does.
    package var error: String?
    package var responsible: [String]
    /// `acme-onsite, entry 7: domain endpoint-security`
    package var agreement: String?
    /// `acme/bo (entry 7)`, one for each word that it rests on.
    package var words: [String]

    package init(
      units: String, accountable: String?, error: String?, responsible: [String], agreement: String?, words: [String]
    ) {
      self.units = units
      self.accountable = accountable
      self.error = error
      self.responsible = responsible
      self.agreement = agreement
      self.words = words
    }
  }

  private let subject: String
  private let at: Instant
  private let owners: [Owner]
  private let ladders: [EscalationLadder]
  private let people: Directory
  /// A severity that was asked for and that no escalation is for, and those that some are for.
  package var unknownSeverity: (asked: String, known: [String])?

  /// - Parameters:
  ///   - subject: What it is about, with its title.
  ///   - at: When it is asked about.
  package init(
    _ subject: String, at: Instant, owners: [Owner], ladders: [EscalationLadder], people: Directory
  ) {
    self.subject = subject
    self.at = at
    self.owners = owners
    self.ladders = ladders
    self.people = people
  }

  /// What people and parties are called, and whether they have left.
  package struct Directory: Sendable {
    private let names: [String: String]
    private let gone: Set<String>

    package init(names: [String: String], gone: Set<String>) {
      self.names = names
      self.gone = gone
    }

    package func hasLeft(_ id: String) -> Bool { gone.contains(id) }
    package func name(_ id: String) -> String? { names[id] }

    /// `Jane Doe (onsite/jane)`, and whether they have left.
    package func text(_ id: String) -> String {
      let named = names[id].map { $0 == id ? id : "\($0) (\(id))" } ?? id
      return gone.contains(id) ? "\(named), who has left" : named
    }
  }
}

extension WhomPage: Report {
  /// Who answers, then the steps.
  public func blocks(width: Int) -> [Block] {
    var blocks: [Block] = [.heading("\(subject), at \(at)")]
    for owner in owners {
      var facts: [Block.Fact] = []
      if owners.count > 1 { facts.append(Block.Fact("of it", owner.units)) }
      if let party = owner.accountable {
        facts.append(Block.Fact("accountable", people.text(party)))
      } else {
        facts.append(Block.Fact("accountable", "NOBODY: \(owner.error ?? "")", tone: .bad))
      }
      let doing = owner.responsible.map(people.text).joined(separator: ", ")
      facts.append(Block.Fact("responsible", doing.isEmpty ? "nobody is named" : doing))
      if let agreement = owner.agreement { facts.append(Block.Fact("by", agreement)) }
      if !owner.words.isEmpty { facts.append(Block.Fact("on the word of", owner.words.joined(separator: ", "))) }
      blocks += [.gap, .facts(facts)]
    }
    guard !ladders.isEmpty else {
      return blocks + [.gap, .paragraph("No agreement that holds has steps of escalation for it.")]
    }
    if let unknownSeverity {
      let known = Wording.list(unknownSeverity.known.map { "'\($0)'" }, "or")
      // Where none is for any severity, all are there.
      let shown = ladders.contains { $0.severity == nil } ? "; these are for any" : ", which are shown"
      blocks += [
        .gap,
        .paragraph(
          "No escalation is for severity '\(unknownSeverity.asked)' by name: there are steps for \(known)\(shown)."),
      ]
    }
    for ladder in ladders {
      let severity = ladder.severity.map { ", severity \($0)" } ?? ""
      var table = Table([.number("step"), "turn to", "by", "within", "until"])
      for step in ladder.steps {
        table.add([
          .integer(step.number), .text(people.text(step.who)), .optional(step.by), .text(step.within),
          .text("\(step.deadline)".prefix(16) + "Z"),
        ])
      }
      blocks += [
        .gap, .heading("Escalation '\(ladder.id)'\(severity), by \(ladder.engagement) (entry \(ladder.version))"),
        .table(table),
      ]
    }
    return blocks
  }

  /// A page of many matters has no rows.
  public var records: Table? { nil }

  /// For machines.
  public var value: JSONOutput {
    [
      "subject": .string(subject), "at": .string("\(at)"),
      "owners": .array(
        owners.map { owner in
          [
            "units": .string(owner.units), "accountable": .optional(owner.accountable),
            "error": .optional(owner.error), "responsible": .array(owner.responsible.map(json)),
            "by": .optional(owner.agreement), "words": .strings(owner.words),
          ]
        }),
      "unknownSeverity": .optional(unknownSeverity?.asked),
      "escalation": .array(
        ladders.map { ladder in
          [
            "engagement": .string(ladder.engagement), "id": .string(ladder.id), "domains": .strings(ladder.domains),
            "severity": .optional(ladder.severity), "entry": .integer(ladder.version),
            "steps": .array(
              ladder.steps.map { step in
                [
                  "number": .integer(step.number), "who": json(step.who), "by": .optional(step.by),
                  "within": .string(step.within), "deadline": .string("\(step.deadline)"),
                ]
              }),
          ]
        }),
    ]
  }

  private func json(_ id: String) -> JSONOutput {
    ["id": .string(id), "name": .optional(people.name(id)), "left": .bool(people.hasLeft(id))]
  }
}
