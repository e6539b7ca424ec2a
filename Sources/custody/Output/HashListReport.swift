internal import Crypto
internal import Findings
internal import Packs
internal import Rendering
internal import Workspace

/// What became of each line of an artifact hash list.
struct HashListReport: Report {
  /// As eMASS takes its name.
  static let algorithm = CMMCHashList.algorithm

  private let checking: HashListChecking
  private let folder: String?
  private let store: String?

  /// - Parameter store: The origin of the store that was asked; nil for none.
  init(_ checking: HashListChecking, folder: String?, store: String?) {
    self.checking = checking
    self.folder = folder
    self.store = store
  }

  private var rows: [HashListComparison.Row] { checking.comparison.rows }

  /// What is not as it was listed first, then the rest in numbers.
  func blocks(width: Int) -> [Block] {
    var facts = [
      Block.Fact("list", checking.list), Block.Fact("its SHA-256", checking.digest.hex.uppercased()),
      Block.Fact("folder", folder ?? "none was named"), Block.Fact("store", store ?? "none was asked"),
    ]
    for each in checking.ownHashes { facts.append(Block.Fact("own hash", ownText(each), tone: tone(each))) }
    if checking.ownHashes.isEmpty {
      facts.append(Block.Fact("own hash", "nobody says what it is: --log-hash FILE or --hash-value SHA256"))
    }
    let counts = HashListComparison.State.allCases.map { ($0, checking.comparison.count($0)) }.filter { $0.1 > 0 }
    var blocks: [Block] = [
      .heading("Artifact hash list"), .facts(facts), .gap,
      .paragraph(counts.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")),
    ]
    let told = rows.filter { $0.state != .matches }
    if !told.isEmpty {
      var table = Table([.number("line"), "state", .init("name", preferredWidth: 24), .number("entry"), "note"])
      for row in told {
        table.add([
          row.line.map { .integer($0) } ?? .empty, .text(row.state.rawValue), .text(row.name),
          row.entry.map { .integer($0) } ?? .empty, .optional(note(row)),
        ])
      }
      blocks += [.gap, .table(table)]
    }
    blocks += [
      .gap,
      checking.holds
        ? .verdict("Everything is as it was listed.", .good)
        : .verdict("Not everything is as it was listed.", .bad),
    ]
    return blocks
  }

  private func note(_ row: HashListComparison.Row) -> String? {
    if row.state == .changed, let found = row.found { return row.note ?? "the file hashes to \(found.short)" }
    return row.note
  }

  private func tone(_ own: HashListChecking.OwnHash) -> Block.Tone { own.said == checking.digest ? .good : .bad }

  private func ownText(_ own: HashListChecking.OwnHash) -> String {
    guard let said = own.said else { return "'\(own.source)' says nothing of this list" }
    return said == checking.digest
      ? "as '\(own.source)' says"
      : "'\(own.source)' says \(said.hex.uppercased()): the list was changed since, or is another"
  }

  /// A row for each line, and for each additional file.
  var records: Table? {
    var table = Table(["line", "name", "state", "sha256", "file", "file_sha256", "entry", "note"])
    for row in rows {
      table.add([
        row.line.map { .integer($0) } ?? .empty, .text(row.name), .text(row.state.rawValue),
        .optional(row.digest?.hex), .optional(row.path), .optional(row.found?.hex),
        row.entry.map { .integer($0) } ?? .empty, .optional(row.note),
      ])
    }
    return table
  }

  /// For machines.
  var value: JSONOutput {
    [
      "list": .string(checking.list), "sha256": .string(checking.digest.hex), "folder": .optional(folder),
      "store": .optional(store), "holds": .bool(checking.holds),
      "ownHash": .array(
        checking.ownHashes.map {
          [
            "source": .string($0.source), "says": .optional($0.said?.hex), "matches": .bool($0.said == checking.digest),
          ]
        }),
      "counts": .object(
        HashListComparison.State.allCases.map { ($0.rawValue, .integer(checking.comparison.count($0))) }),
      "skipped": .strings(checking.skipped),
      "lines": .array(
        rows.map { row in
          [
            "line": row.line.map { .integer($0) } ?? .null, "name": .string(row.name),
            "state": .string(row.state.rawValue), "sha256": .optional(row.digest?.hex), "file": .optional(row.path),
            "fileSha256": .optional(row.found?.hex), "entry": row.entry.map { .integer($0) } ?? .null,
            "note": .optional(row.note),
          ]
        }),
    ]
  }
}
