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
      papers change. A version is looked at on the first day that it speaks for, unless --as-of names one.
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
    let needed = old.parties(of: changes, to: new)
    let lost = changes.changes.filter { $0.old.accountable != nil && $0.new.accountable == nil }
    if global.format == .json {
      try console.print(
        .object(
          [
            ("old", ["what": .string(old.label), "day": .string("\(old.day)")]),
            ("new", ["what": .string(new.label), "day": .string("\(new.day)")]), ("changes", changes.json),
            ("toNobody", .strings(lost.map(\.control))), ("words", .strings(needed)),
          ] + changes.furtherMembers))
      return .success
    }
    try console.print(wrapped: "from \(old.label), on \(old.day), to \(new.label), on \(new.day)")
    try changes.print(to: console, listsAll: arguments.full)
    if !lost.isEmpty {
      let units = lost.map(\.unitCount).reduce(0, +)
      try console.print(
        wrapped: "\(Wording.count(units, "unit")) would be nobody's: \(FileGathering.some(lost.map(\.control)))",
        style: .red)
    }
    if !needed.isEmpty { try console.print("needs the word of \(Wording.list(needed))") }
    return .success
  }

  /// Makes sides of what the command line says.
  private struct SideReader {
    let store: OpenedStore
    let resolver: Resolver
    let engagement: String?
    let day: Day?

    func sides(_ old: String, _ new: String) throws -> (EngagementSide, EngagementSide) {
      let named =
        engagement ?? [old, new].compactMap { version($0).map { resolver.input.versions[$0].engagement } }.first
      let first = try side(old, named)
      let second = try side(new, named)
      guard first.engagement == second.engagement else {
        throw Failure(
          .usage, "'\(old)' is of '\(first.engagement)', and '\(new)' of '\(second.engagement)'",
          hint: "compare versions of one agreement")
      }
      return (first.side, second.side)
    }

    private func version(_ text: String) -> Int? {
      guard let entry = Int(text) else { return nil }
      return resolver.input.versions.firstIndex { $0.entry == entry }
    }

    private func side(_ text: String, _ named: String?) throws -> (side: EngagementSide, engagement: String) {
      if let held = Day(text) {
        let id = try named ?? only()
        guard resolver.engagements.contains(id) else {
          throw KnownNames.noEngagement(id, among: resolver.engagements)
        }
        return (EngagementSide(id, holdingOn: held, resolver), id)
      }
      if let index = version(text) {
        let engagement = resolver.input.versions[index].engagement
        return (EngagementSide("the version of entry \(text)", version: index, resolver, on: day), engagement)
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
      return (
        EngagementSide("the file '\(text)'", version: preview.index, preview.resolver, on: day), file.document.id
      )
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
