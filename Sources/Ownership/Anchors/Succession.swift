public import Crypto
internal import Statements
package import TreeLog

/// The older log that a store goes on from, as an entry near its beginning says: evidence of the client's with the label
/// `successor`, which brings the old log's signed checkpoint and, as `successor.json`, what that says.
public struct Succession: Sendable, Equatable {
  /// The old log's origin.
  public var origin: String
  /// How many entries the old log had.
  public var size: Int
  /// The root of its tree.
  public var root: Digest
  /// The entry that says so.
  public var entry: Int
  /// Who signed that.
  public var member: String
  /// Checkpoints that the reader holds of the old log, as files, and that are of this very tree.
  public var held: [String] = []

  /// `This store says that it succeeds acme/7f3a9c01 at size 9, root …`, for people.
  public var sentence: String {
    "This store says that it succeeds \(origin) at size \(size), root \(root.hex)"
  }
}

extension Succession {
  /// The label of the evidence that says so.
  package static let label = "successor"
  /// It is said when a store is made: what comes later says nothing of where the log began.
  private static let limit = 64
  private static let objectLimit = SignedNote.sizeLimit

  /// Looks for it among the first entries of a log, each held against the reader's root.
  ///
  /// - Returns: nil where nothing is said, where it does not count, and where the two objects are missing or contradict
  ///   each other.
  package static func find(in reader: LogReader, library: ObjectLibrary) throws -> Succession? {
    var entries: [ParsedEntry] = []
    try reader.entries(in: 0..<min(limit, reader.size), authenticating: true) { _, bytes in
      entries.append(ParsedEntry(Array(bytes), library: library))
    }
    guard entries.contains(where: { evidence(of: $0) != nil }) else { return nil }
    var fold = Fold(ledger: MemoryLedger(library: library), library: library)
    for (number, parsed) in entries.enumerated() {
      let outcome = try fold.apply(parsed.entry, parsed.statement)
      guard outcome.hasEffect, let signer = outcome.signer, signer.party == fold.state.client,
        let statement = evidence(of: parsed), let tree = try tree(of: statement, library)
      else { continue }
      return Succession(
        origin: tree.origin, size: tree.size, root: tree.root, entry: number, member: signer.name)
    }
    return nil
  }

  /// The statement of an entry, where it is evidence with that label.
  private static func evidence(of parsed: ParsedEntry) -> Statement? {
    guard case .success(let statement)? = parsed.statement, case .evidence(let evidence) = statement.predicate,
      evidence.label.map({ ByteOrder.areEqual($0, label) }) ?? false
    else { return nil }
    return statement
  }

  /// What its two objects say, where they say the same.
  private static func tree(of statement: Statement, _ library: ObjectLibrary) throws -> Checkpoint? {
    func bytes(_ name: String) throws -> [UInt8]? {
      try statement.subjects.first { $0.name == name }
        .flatMap { try library.bytes(of: $0.digest, limit: objectLimit) }
    }
    guard let note = try bytes("checkpoint"), let checkpoint = try? UnverifiedCheckpoint(parsing: note),
      let said = try bytes("successor.json"), said == text(checkpoint.tree)
    else { return nil }
    return checkpoint.tree
  }

  /// What `successor.json` holds.
  package static func text(_ tree: Checkpoint) -> [UInt8] {
    JSONValue.object(
      JSONObject([
        ("origin", .string(tree.origin)), ("root", .string(tree.root.hex)), ("size", .integer(tree.size)),
      ])
    ).canonicalBytes + [0x0a]
  }
}
