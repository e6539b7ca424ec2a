internal import Agreements
internal import CommandLine
internal import Crypto
internal import Findings
internal import FoundationEssentials
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

/// `custody engagement diff`: what two versions, days or files say otherwise.
enum EngagementDiffCommand {
  struct Arguments: Sendable {
    var old: String?
    var new: String?
    var engagement: String?
    var asOf: Day?
    var full = false
  }

  static let spec = CommandSpec<Arguments>(
    name: "diff",
    abstract: "Show what changes between two versions of an agreement, two days, or a file not signed yet.",
    discussion: """
      Each side is the entry of a version, a day (what holds on it), or a file that is not signed yet. It shows who gains \
      and who loses what, what falls to nobody, whose word is needed, and which duties, levels, blocks of hours, steps and \
      papers change, and whether term, notice, model or providers do. Versions and files are looked at on the first day \
      that both speak for, unless --as-of names one.
      """,
    examples: [
      Example("custody engagement diff 2026-06-30 2026-07-01", "what a change of model did"),
      Example("custody engagement diff 7 agreement.yaml --full", "a version in the log and a file not signed yet"),
    ],
    parameters: [
      .positional("OLD", help: "An entry, a day or a file.", into: \.old, parse: CommandText.text),
      .positional("NEW", help: "The same.", completion: .file, into: \.new, parse: CommandText.text),
      .option(
        "engagement", value: "ID", help: "Whose days are compared; the only one unless stated.", into: \.engagement,
        parse: CommandText.identifier),
      .option(
        "as-of", value: "DAY", help: "The day on which versions and files are looked at.", into: \.asOf,
        parse: CommandText.day),
      EngagementCommands.fullParameter(into: \.full),
    ],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    let resolver = Resolver(try ResolutionInput(store.state, library: store.library))
    let reader = SideReader(store: store, resolver: resolver, engagement: arguments.engagement, day: arguments.asOf)
    let (old, new) = try reader.sides(arguments.old ?? "", arguments.new ?? "")
    let changes = old.changes(to: new)
    let head = old.headChanges(to: new)
    let needed = old.parties(of: changes, to: new)
    let lost = changes.changes.filter { $0.old.accountable != nil && $0.new.accountable == nil }
    if global.format == .json {
      try console.print(
        .object(
          [
            ("old", ["what": .string(old.label), "day": .string("\(old.day)")]),
            ("new", ["what": .string(new.label), "day": .string("\(new.day)")]), ("changes", changes.json),
            ("toNobody", .strings(lost.map(\.control))), ("words", .strings(needed)),
            (
              "terms",
              .array(head.map { ["what": .string($0.key), "was": .string($0.old), "willBe": .string($0.new)] })
            ),
          ] + changes.furtherMembers))
      return .success
    }
    try console.print(wrapped: title(old, new))
    for change in head {
      let (was, willBe) = (change.old.isEmpty ? "nothing" : change.old, change.new.isEmpty ? "nothing" : change.new)
      try console.print(wrapped: "\(change.key): \(willBe), before: \(was)")
    }
    if !changes.isEmpty || head.isEmpty {
      try changes.print(to: console, listsAll: arguments.full, showsDays: false)
    }
    if !lost.isEmpty {
      let units = lost.map(\.unitCount).reduce(0, +)
      try console.print(
        wrapped: "\(Wording.count(units, "unit")) would be nobody's: \(FileGathering.some(lost.map(\.control)))",
        style: .red)
    }
    if !needed.isEmpty { try console.print("needs the word of \(Wording.list(needed))") }
    return .success
  }

  /// `from the version of entry 7 to the file 'renewal.yaml', on 2027-02-01`
  private static func title(_ old: EngagementSide, _ new: EngagementSide) -> String {
    func told(_ side: EngagementSide) -> String { side.holds ? side.label : "\(side.label), on \(side.day)" }
    if !old.holds, !new.holds, old.day == new.day { return "from \(old.label) to \(new.label), on \(new.day)" }
    return "from \(told(old)) to \(told(new))"
  }

  /// Makes sides of what the command line says.
  private struct SideReader {
    let store: OpenedStore
    let resolver: Resolver
    let engagement: String?
    let day: Day?

    func sides(_ old: String, _ new: String) throws -> (EngagementSide, EngagementSide) {
      let (first, second) = (try what(old), try what(new))
      let named = engagement ?? first.engagement ?? second.engagement
      let ids = (try first.engagement ?? named ?? only(), try second.engagement ?? named ?? only())
      guard ids.0 == ids.1 else {
        throw Failure(
          .usage, "'\(old)' is of '\(ids.0)', and '\(new)' of '\(ids.1)'",
          hint: "compare versions of one agreement")
      }
      let days = [first, second].compactMap(\.firstDay)
      // Versions are held against each other on one day: otherwise the days would be compared as well.
      let shared = day == nil && days.count == 2 ? days.max() : nil
      return (try side(first, ids.0, shared), try side(second, ids.1, shared))
    }

    /// What an argument names.
    private enum What {
      case day(Day)
      case version(Int, label: String, Resolver)

      /// The engagement that it is of; nil for a day.
      var engagement: String? {
        switch self {
        case .day: nil
        case .version(let index, _, let resolver): resolver.input.versions[index].engagement
        }
      }

      /// The first day that a version speaks for; nil for a day.
      var firstDay: Day? {
        switch self {
        case .day: nil
        case .version(let index, _, let resolver): EngagementSide.firstDay(of: index, resolver)
        }
      }
    }

    private func what(_ text: String) throws -> What {
      if let held = Day(text) { return .day(held) }
      if let entry = Int(text), let index = resolver.input.versions.firstIndex(where: { $0.entry == entry }) {
        return .version(index, label: "the version of entry \(text)", resolver)
      }
      guard Int(text) == nil, FileManager.default.fileExists(atPath: text) else {
        let entries = resolver.input.versions.map { "\($0.entry)" }
        throw Failure(
          .usage, "'\(text)' is neither a day, nor the entry of a version, nor a file",
          hint: entries.isEmpty
            ? "no agreement was applied yet" : "versions are in the entries \(Wording.list(entries))")
      }
      let file = try AgreementFile.read(text, store)
      let preview = try AgreementPreview(file, store, statement: .zero, day: store.desk.clock.today)
      return .version(preview.index, label: "the file '\(text)'", preview.resolver)
    }

    private func side(_ what: What, _ id: String, _ shared: Day?) throws -> EngagementSide {
      switch what {
      case .day(let held):
        guard resolver.engagements.contains(id) else {
          throw KnownNames.noEngagement(id, among: resolver.engagements)
        }
        return EngagementSide(id, holdingOn: held, resolver)
      case .version(let index, let label, let resolver):
        return EngagementSide(label, version: index, resolver, on: day, shared: shared)
      }
    }

    private func only() throws -> String {
      if resolver.engagements.count == 1 { return resolver.engagements[0] }
      throw Failure(
        .usage, "which agreement is compared is not said",
        hint: resolver.engagements.isEmpty
          ? "no agreement was applied yet" : "--engagement \(Wording.list(resolver.engagements, "or"))")
    }
  }
}
