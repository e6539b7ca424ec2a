internal import Agreements
internal import Crypto
internal import Statements

/// What one version says about one thing that is no unit.
struct DocumentLine: Sendable, Equatable {
  /// The lines of the schedule, as they are written; several where papers are of one kind.
  var texts: Set<String>
  /// The parties that it names, the client among them where it does.
  var parties: [String]
}

extension EngagementDocument {
  /// The lines of the schedule that are about no unit, all of them.
  ///
  /// - Parameter papers: The digests of files, by name, as the version's statement brings them.
  func otherLines(_ papers: [String: Digest]) -> Schedule {
    Schedule(
      units: [],
      duties: duties.map { duty in
        Schedule.DutyLine(id: duty.id, party: duty.party, cadence: duty.when.text, title: duty.title)
      },
      levels: serviceLevels.map { level in
        Schedule.LevelLine(
          id: level.id, party: level.party, domains: level.domains, target: level.target, unit: level.unit,
          cadence: "every \(level.every)")
      },
      blocks: hours.map { block in
        Schedule.BlockLine(
          id: block.id, party: block.party, domains: block.domains, hours: block.hours,
          cadence: block.every.map { "every \($0)" }, rollover: block.rollover?.description)
      },
      steps: escalation.flatMap { escalation in
        escalation.steps.enumerated().map { place, step in
          Schedule.StepLine(
            id: escalation.id, domains: escalation.domains, severity: escalation.severity, number: place + 1,
            who: step.who, within: step.within.description, by: step.by)
        }
      },
      papers: allPapers.map { paper in
        Schedule.PaperLine(kind: paper.kind, sha256: papers[paper.file], from: paper.from, through: paper.through)
      })
  }

  /// The same, by what they are about.
  func linesByKey(_ papers: [String: Digest]) -> [Schedule.LineKey: DocumentLine] {
    var lines: [Schedule.LineKey: DocumentLine] = [:]
    for line in otherLines(papers).otherLines.joined() {
      lines[line.key, default: DocumentLine(texts: [], parties: [])].texts.insert(line.text)
      for party in parties(namedIn: line) where lines[line.key]?.parties.contains(party) == false {
        lines[line.key]?.parties.append(party)
      }
    }
    return lines
  }

  /// The parties that a line names; papers name none, and are between the client and the providers.
  func parties(namedIn line: any ScheduleLine) -> [String] {
    switch line {
    case let duty as Schedule.DutyLine: [duty.party]
    case let level as Schedule.LevelLine: [level.party]
    case let block as Schedule.BlockLine: [block.party]
    case let step as Schedule.StepLine: [Identifier.party(ofMember: step.who)]
    default: providers
    }
  }
}

extension Schedule.LineKey {
  /// Whether it is the statement of work, which no schedule lists: whoever accepts a version accepts the one it names.
  var isStatementOfWork: Bool { kind == .paper && id == Paper.statementOfWork }
}

extension Duty.When {
  /// `every quarter`, `within 90 days`.
  package var text: String {
    switch self {
    case .every(let cadence): "every \(cadence)"
    case .within(let days): "within \(days) days"
    }
  }
}

extension Schedule {
  /// The lines that name a party.
  func lines(naming party: String, in document: EngagementDocument) -> Schedule {
    func isNamed(_ line: any ScheduleLine) -> Bool { document.parties(namedIn: line).contains(party) }
    return Schedule(
      units: units, duties: duties.filter(isNamed), levels: levels.filter(isNamed), blocks: blocks.filter(isNamed),
      steps: steps.filter(isNamed), papers: papers.filter(isNamed))
  }
}
