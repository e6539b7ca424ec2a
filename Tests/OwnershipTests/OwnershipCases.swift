@testable import Agreements
import Catalogs
import Crypto
import Foundation
@testable import Ownership
import Statements

/// The worlds of `Fixtures/cases/ownership.json`: small logs and who owns what in them, worked out by hand.
struct OwnershipCases: Decodable {
  struct Case: Decodable, CustomStringConvertible {
    let id: String
    let about: String
    let client: String
    let typicalManaged: [String: String]
    let units: [UnitCase]
    let log: [LogCase]
    let ask: [Question]

    var description: String { id }
  }

  struct UnitCase: Decodable {
    let unit: String
    let control: String
    let families: [String]
    let domain: String?
    let retained: Bool?
  }

  struct LogCase: Decodable {
    let entry: Int
    let type: String
    let by: String?
    let day: String
    let id: String?
    let effective: String?
    let catalog: String?
    let notApplicable: [String]?
    let document: DocumentCase?
    let engagement: Int?
    let answer: String?
    let units: UnitChoice?
    let on: String?
    let party: String?
  }

  /// `"all"` or some units.
  enum UnitChoice: Decodable {
    case all
    case named([String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let units = try? container.decode([String].self) {
        self = .named(units)
      } else {
        self = .all
      }
    }
  }

  struct DocumentCase: Decodable {
    struct Term: Decodable {
      let from: String
      let through: String
    }

    struct Line: Decodable {
      let domains: [String]?
      let families: [String]?
      let controls: [String]?
      let accountable: String
      let responsible: [String]?
      let from: String?
      let through: String?
      let every: String?

      enum CodingKeys: String, CodingKey {
        case domains, families, controls, accountable, responsible, from, through
        case every = "evidence-every"
      }
    }

    let id: String
    let model: String
    let client: String
    let providers: [String]
    let term: Term
    let scope: [Line]
    let frameworks: [String]?
    let yieldsTo: [String]?

    enum CodingKeys: String, CodingKey {
      case id, model, client, providers, term, scope, frameworks
      case yieldsTo = "yields-to"
    }
  }

  struct Question: Decodable {
    struct Answer: Decodable {
      let accountable: String?
      let findings: [String]?
      let state: String?
    }

    let unit: String
    let asOf: String
    let knownAt: Int
    let answer: Answer
  }

  let cases: [Case]

  static let all: [Case] = {
    let path = ForeignFixtures.root.appending(path: "Fixtures/cases/ownership.json")
    let data = try? Data(contentsOf: path)
    return data.flatMap { try? JSONDecoder().decode(OwnershipCases.self, from: $0).cases } ?? []
  }()
}

enum ForeignFixtures {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}

struct CaseError: Error {
  let reason: String
}

func day(_ text: String) throws -> Day {
  guard let day = Day(text) else { throw CaseError(reason: "no day: \(text)") }
  return day
}

func control(_ text: String) throws -> ControlID {
  guard let control = ControlID(parsing: text) else { throw CaseError(reason: "no control: \(text)") }
  return control
}

extension OwnershipCases.DocumentCase {
  func document() throws -> EngagementDocument {
    guard let model = EngagementDocument.Model(rawValue: model) else {
      throw CaseError(reason: "no model: \(self.model)")
    }
    return EngagementDocument(
      id: id, model: model, client: client, providers: providers, termFrom: try day(term.from),
      termThrough: try day(term.through), effective: nil, statementOfWork: nil, frameworks: frameworks,
      yieldsTo: yieldsTo ?? [],
      scope: try scope.map { line in
        let target: ScopeLine.Target =
          if let domains = line.domains {
            .domains(domains)
          } else if let families = line.families {
            .families(families)
          } else {
            .controls(line.controls ?? [])
          }
        return ScopeLine(
          target: target, accountable: line.accountable, responsible: line.responsible ?? [], consulted: [],
          informed: [], from: try line.from.map { try day($0) }, through: try line.through.map { try day($0) },
          evidenceEvery: line.every, line: 0)
      }, serviceLevels: [], duties: [])
  }
}

extension OwnershipCases.Case {
  /// What a tree of which the entries before `knownAt` are known amounts to.
  func input(knownAt: Int) throws -> ResolutionInput {
    var input = ResolutionInput(client: client)
    let facts = try units.map { unit in
      UnitFacts(
        id: try control(unit.unit), control: try control(unit.control),
        families: try unit.families.map { try control($0) }, domain: unit.domain, isRetained: unit.retained ?? false)
    }
    for entry in log where entry.entry < knownAt {
      let entryDay = try day(entry.day)
      switch entry.type {
      case "framework":
        let framework = entry.id ?? ""
        input.adoptions.append(
          ResolutionInput.Adoption(
            entry: entry.entry, framework: framework, effective: try day(entry.effective ?? ""),
            catalog: SHA256.hash(entry.catalog ?? ""),
            notApplicable: Set(try (entry.notApplicable ?? []).map { try control($0) }),
            units: facts.filter { $0.id.framework == framework },
            typicalManaged: framework == "it-functions" ? typicalManaged : [:]))
      case "engagement":
        let document = try entry.document?.document()
        input.versions.append(
          ResolutionInput.Version(
            entry: entry.entry, day: entryDay, engagement: document?.id ?? "",
            statement: SHA256.hash("version \(entry.entry)"), effective: try day(entry.effective ?? ""),
            document: document))
      case "acceptance":
        try accept(entry, entryDay, &input)
      case "end":
        input.ends.append(
          ResolutionInput.End(
            entry: entry.entry, engagement: entry.id ?? "",
            on: max(try entry.on.map { try day($0) } ?? entryDay, entryDay)))
      case "leave":
        input.leaves.append(ResolutionInput.Leave(entry: entry.entry, day: entryDay, party: entry.party ?? ""))
      default: throw CaseError(reason: "no such entry: \(entry.type)")
      }
    }
    return input
  }

  private func accept(_ entry: OwnershipCases.LogCase, _ entryDay: Day, _ input: inout ResolutionInput) throws {
    let resolver = Resolver(input)
    guard let index = input.versions.firstIndex(where: { $0.entry == entry.engagement }) else {
      throw CaseError(reason: "no version of entry \(entry.engagement ?? 0)")
    }
    let builder = ScheduleBuilder(resolver, version: index)
    var lines = builder.schedule(for: entry.by ?? "").units
    if case .named(let units)? = entry.units {
      lines.removeAll { !units.contains($0.unit) }
    }
    let newest = Dictionary(
      input.adoptions.map { ($0.framework, Set([$0.catalog])) }, uniquingKeysWith: { _, new in new })
    let catalogs = entry.catalog.map { catalog in newest.mapValues { _ in Set([SHA256.hash(catalog)]) } } ?? newest
    var byUnit: [ControlID: [Schedule.UnitLine]] = [:]
    for line in lines { byUnit[try control(line.unit), default: []].append(line) }
    // A catalog that is named stands for that framework's digest only.
    var named = newest
    if entry.catalog != nil { named["fw"] = catalogs["fw"] }
    input.acceptances.append(
      ResolutionInput.Acceptance(
        entry: entry.entry, day: entryDay, party: entry.by ?? "", version: input.versions[index].statement,
        accepts: entry.answer == "accept", lines: byUnit, catalogs: named))
  }
}
