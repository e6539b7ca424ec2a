internal import CommandLine
internal import Findings
internal import Catalogs
internal import Ownership
internal import Statements

/// What signs: the adoption of a catalog, ours or another.
extension FrameworkCommands {
  struct AdoptArguments: Sendable {
    var id: String?
    var effective: Day?
    var exclusions: [String] = []
    var reason: String?
    var write = WriteArguments()
  }

  static let adopt = CommandSpec<AdoptArguments>(
    name: "adopt", abstract: "Adopt a built-in catalog, or set anew what of an adopted one applies.",
    discussion: """
      A catalog that leans on another (CMMC level 2 on NIST SP 800-171 r2) brings that one too. What does not apply is \
      said with --not-applicable, a control or an objective each, and one --reason; a later 'adopt' sets the whole list anew.
      """,
    examples: [
      Example("custody framework adopt nist-800-171-r2", "from today on"),
      Example(
        "custody framework adopt nist-800-171-r2 --not-applicable 3.1.16 --not-applicable 3.1.17 --reason \"no wireless\"",
        "with controls that do not apply"),
    ],
    parameters: [
      .positional("FRAMEWORK", help: "The catalog.", into: \.id, parse: CommandText.identifier),
      .option(
        "effective", value: "DAY", help: "The day from which it holds; today unless said.", into: \.effective,
        parse: CommandText.day),
      .repeatable(
        "not-applicable", value: "CONTROL", help: "A control or objective that does not apply.", into: \.exclusions,
        parse: CommandText.text),
      .option("reason", value: "TEXT", help: "Why it does not apply.", into: \.reason, parse: CommandText.text),
    ] + WriteArguments.parameters(in: \.write),
    initial: AdoptArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    let id = arguments.id ?? ""
    let adopted = place.session?.state.adoptions.last { $0.framework == id }
    let bytes: [UInt8]
    if let builtIn = BundledCatalogs.bytes(of: id) {
      bytes = builtIn
    } else if let adopted,
      let kept = try place.session?.library.bytes(of: adopted.catalog, limit: ObjectLibrary.catalogLimit)
    {
      bytes = kept
    } else {
      throw Failure(
        .inputMissing, "there is no built-in catalog '\(id)'",
        hint: "'custody framework list' lists them; 'custody framework import FILE' takes one of your own")
    }
    return try adopt(
      id, bytes, arguments.effective, arguments.exclusions, arguments.reason, place, arguments.write, global, console)
  }

  struct ImportArguments: Sendable {
    var file: String?
    var id: String?
    var effective: Day?
    var write = WriteArguments()
  }

  static let importing = CommandSpec<ImportArguments>(
    name: "import", abstract: "Adopt a catalog of your own: any OSCAL catalog in JSON.",
    examples: [
      Example("custody framework import NIST_SP-800-53_rev5_catalog.json --id nist-800-53-r5", "the official wording"),
      Example("custody framework import ours.json --id house-rules --dry-run", "see what it would bring first"),
    ],
    parameters: [
      .positional("FILE", help: "The catalog.", completion: .file, into: \.file, parse: CommandText.text),
      .option(
        "id", value: "ID", help: "What the framework is to be called.", required: true, into: \.id,
        parse: CommandText.identifier),
      .option(
        "effective", value: "DAY", help: "The day from which it holds; today unless said.", into: \.effective,
        parse: CommandText.day),
    ] + WriteArguments.parameters(in: \.write),
    initial: ImportArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    let file = arguments.file ?? ""
    let bytes = try InputFile.read(file, limit: ObjectLibrary.catalogLimit)
    return try adopt(
      arguments.id ?? "", bytes, arguments.effective, [], nil, place, arguments.write, global, console, file: file)
  }

  private static func adopt(
    _ id: String, _ bytes: [UInt8], _ effective: Day?, _ exclusions: [String], _ reason: String?, _ place: SigningPlace,
    _ write: WriteArguments, _ global: GlobalArguments, _ console: Console, file: String? = nil
  ) throws -> ExitStatus {
    let catalog: Catalog
    do {
      catalog = try Catalog(parsing: bytes, framework: id)
    } catch {
      throw Failure(
        .malformedInput, "'\(file ?? id)' is no catalog that can be adopted: \(error.message)", hint: error.hint)
    }
    let day = effective ?? Clock.now().day
    var adoptions: [(id: String, bytes: [UInt8])] = []
    for other in catalog.leansOn {
      guard let session = place.session else {
        // Adopting it once more would set anew what of it applies.
        console.say("'\(id)' leans on '\(other)', which has to be adopted before it")
        continue
      }
      if session.state.adoptions.contains(where: { $0.framework == other && $0.effective <= day }) { continue }
      guard let bytes = BundledCatalogs.bytes(of: other) else {
        throw Failure(
          .inputMissing, "'\(id)' leans on '\(other)', which is neither adopted nor built in",
          hint: "import that one first: custody framework import FILE --id \(other)")
      }
      adoptions.append((other, bytes))
    }
    adoptions.append((id, bytes))
    let excluded = try self.exclusions(exclusions, reason, catalog)
    let written = try Writing.perform(at: place, write, global, console) { sink, signed in
      guard signed.count < adoptions.count else { return nil }
      let next = adoptions[signed.count]
      let subject = try sink.keep(next.bytes, name: "catalog", mediaType: MediaType.catalog)
      let adoption = FrameworkAdoption(
        id: next.id, catalog: subject.digest, notApplicable: next.id == id ? excluded : [], effective: day)
      return Draft(predicate: .framework(adoption), subjects: [subject])
    }
    let names = adoptions.map(\.id).joined(separator: " and ")
    try written.tell(
      "\(names) adopted from \(day): \(Wording.count(catalog.controls.count, "control")), \(Wording.count(catalog.unitCount, "unit"))",
      global, console)
    return .success
  }

  private static func exclusions(
    _ texts: [String], _ reason: String?, _ catalog: Catalog
  ) throws -> [FrameworkAdoption.Exclusion] {
    guard !texts.isEmpty else { return [] }
    guard let reason else {
      throw Failure(.usage, "why these do not apply is not said", hint: "say it with --reason TEXT")
    }
    let finder = ControlFinder(catalogs: [catalog])
    return try texts.map { text in
      switch finder.resolve(text) {
      case .found(let found) where found.count == 1 && found[0].framework == catalog.framework:
        return FrameworkAdoption.Exclusion(unit: found[0].description, reason: reason)
      case .found(let found):
        throw Failure(
          .usage, "'\(text)' is \(found.map(\.description).joined(separator: ", ")) under another name: say it of that")
      default:
        throw Failure(
          .usage, "'\(catalog.framework)' has no control '\(text)'", hint: "custody framework show \(catalog.framework)"
        )
      }
    }
  }
}
