internal import CommandLine
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import TreeLog
internal import Workspace

/// Entries as `log` and `search` print them: a line or a JSON object each.
struct EntryLine {
  private let summary: EntrySummary
  private let numberWidth: Int
  private let signerWidth: Int
  private let width: Int
  /// So many lines say enough of one entry; 'custody show' says everything.
  private let height: Int

  /// The longest type's name, `key-revocation`.
  private static let typeWidth = 14

  /// - Parameters:
  ///   - width: How many columns a line may take.
  ///   - height: How many lines an entry may take; for a program it is one.
  init(_ store: OpenedStore, width: Int, height: Int = 1) {
    summary = EntrySummary(store)
    self.width = width
    self.height = height
    numberWidth = String(store.checkpoint.size - 1).utf8.count
    let members = store.state.membership.members.map { DisplayWidth.of($0.id) }
    signerWidth = min(20, members.max() ?? 8)
  }

  /// `8  2026-02-01  evidence  onsite/jane  demo/1.1, 1 object: …`; of an entry that does not count, why.
  func lines(_ listed: ListedEntry) throws -> [String] {
    let number = String(listed.number)
    var columns = [
      String(repeating: " ", count: max(0, numberWidth - number.utf8.count)) + number,
      listed.entry?.time.day.description ?? "-         ",
    ]
    let signer = listed.signer ?? listed.entry?.envelope.keyID.short ?? "-"
    for (text, width) in [(listed.type, EntryLine.typeWidth), (signer, signerWidth)] {
      columns.append(TextWrapping.padded(TerminalText.visible(text), to: width))
    }
    let said: String
    if let refusal = listed.refusal {
      said = "does not count, \(refusal.code.rawValue): \(refusal.reason)"
    } else {
      let mark = try summary.isReplaced(listed) ? "replaced: " : ""
      said = try listed.statement.map { mark + (try summary.text($0)) } ?? "cannot be read"
    }
    let lead = columns.joined(separator: "  ") + "  "
    let visible = TerminalText.visible(said)
    // In a narrow window what an entry says goes on below its number.
    let margin = DisplayWidth.of(lead) * 2 > width ? numberWidth + 2 : DisplayWidth.of(lead)
    let whole = HangingLines.lines(visible, lead: lead, margin: margin, width: width)
    return HangingLines.first(height, of: whole, width: width)
  }

  /// Stable keys; null where there is nothing to say.
  func members(_ listed: ListedEntry) throws -> [(String, JSONOutput)] {
    let statement = listed.statement
    return [
      ("entry", .integer(listed.number)), ("time", .optional(listed.entry?.time.description)),
      ("type", .string(listed.type)), ("signer", .optional(listed.signer)),
      ("keyid", .optional(listed.entry?.envelope.keyID.hex)), ("statement", .optional(statement?.id.hex)),
      ("signedAt", .optional(statement?.signedAt.description)),
      (
        "seen",
        statement?.seen.map { .object([("size", .integer($0.size)), ("root", .string($0.root.hex))]) } ?? .null
      ),
      ("effective", .bool(listed.isEffective)), ("replaced", .bool(try summary.isReplaced(listed))),
      ("reason", .optional(listed.refusal?.reason)),
      ("findings", .strings(listed.findings.map(\.code.rawValue))),
      ("summary", .optional(try statement.map { try summary.text($0) })),
      ("subjects", .array((statement?.subjects ?? []).map { .object(EntryLine.members($0)) })),
    ]
  }

  static func members(_ subject: Subject) -> [(String, JSONOutput)] {
    [
      ("name", .string(subject.name)), ("sha256", .string(subject.digest.hex)), ("size", .integer(subject.size)),
      ("mediaType", .string(subject.mediaType)),
    ]
  }
}
