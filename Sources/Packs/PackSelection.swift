package import Crypto
package import Statements

/// What somebody asked to be packed: together with a checkpoint it decides every byte of a pack, and stands in it as
/// `pack.json`, so that whoever receives it can make all of it again and compare.
package struct PackSelection: Sendable, Equatable {
  /// Frameworks, each with all its controls.
  package var frameworks: [String] = []
  /// Controls and units, as statements write them.
  package var controls: [String] = []
  /// The request list whose answers were asked for.
  package var request: String?
  /// With a request list: the entries that answered it.
  package var entries: [Int]?
  /// Days of which the evidence's own, the covered ones or the one it was collected on, must touch one.
  package var from: Day?
  package var through: Day?
  /// Whether every statement is cut out for OpenSSL, also those of evidence that is not here.
  package var hasEveryStatement = false
  /// Evidence that was asked for and that the store did not have.
  package var missing: Set<Digest> = []

  /// Everything.
  package init() {}

  /// Whether evidence is chosen by what it is about.
  package var choosesControls: Bool { !frameworks.isEmpty || !controls.isEmpty }

  /// Whether evidence of those days is asked for.
  func contains(_ first: Day, _ last: Day) -> Bool {
    (from.map { last >= $0 } ?? true) && (through.map { first <= $0 } ?? true)
  }
}

/// `pack.json`.
extension PackSelection {
  /// The number of what a pack looks like: its names, columns and the wording of its first page.
  package static let format = 2
  /// The most bytes of `pack.json` that are read.
  package static let sizeLimit = 64 << 20

  /// The file's one spelling.
  func bytes(rules: Int) -> [UInt8] {
    var asked = JSONObject()
    if !controls.isEmpty { asked["controls"] = .array(controls.map { .string($0) }) }
    if let entries { asked["entries"] = .array(entries.map { .integer($0) }) }
    if hasEveryStatement { asked["everyStatement"] = .boolean(true) }
    if !frameworks.isEmpty { asked["frameworks"] = .array(frameworks.map { .string($0) }) }
    if let from { asked["from"] = .string("\(from)") }
    if let request { asked["request"] = .string(request) }
    if let through { asked["through"] = .string("\(through)") }
    return JSONValue.object(
      JSONObject([
        ("format", .integer(PackSelection.format)),
        ("missing", .array(missing.sorted().map { .string($0.hex) })), ("rules", .integer(rules)),
        ("selection", .object(asked)),
      ])
    ).canonicalBytes + [0x0a]
  }

  /// Reads the file.
  ///
  /// - Returns: The selection, and the rules by which the index was made; nil for what is no such file, or of a format
  ///   that this version does not know.
  package static func read(_ bytes: [UInt8]) -> (selection: PackSelection, rules: Int)? {
    guard bytes.last == 0x0a, case .object(let top)? = try? JSONValue(canonical: Array(bytes.dropLast())),
      top["format"] == .integer(format), case .integer(let rules)? = top["rules"],
      case .array(let missing)? = top["missing"], case .object(let asked)? = top["selection"]
    else { return nil }
    var selection = PackSelection()
    for (key, value) in asked.members {
      switch (key, value) {
      case ("controls", .array(let items)): selection.controls = texts(items)
      case ("entries", .array(let items)):
        selection.entries = items.compactMap { if case .integer(let number) = $0 { number } else { nil } }
      case ("everyStatement", .boolean(let isEvery)): selection.hasEveryStatement = isEvery
      case ("frameworks", .array(let items)): selection.frameworks = texts(items)
      case ("from", .string(let text)): selection.from = Day(text)
      case ("request", .string(let text)): selection.request = text
      case ("through", .string(let text)): selection.through = Day(text)
      default: return nil
      }
    }
    selection.missing = Set(texts(missing).compactMap { Digest(hex: $0) })
    // What is written again is what was read, or it was no such file.
    return selection.bytes(rules: rules) == bytes ? (selection, rules) : nil
  }

  private static func texts(_ items: [JSONValue]) -> [String] {
    items.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }
}
