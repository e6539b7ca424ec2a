internal import Crypto
internal import Findings
internal import Index
internal import Ownership
internal import Rendering
internal import Statements
internal import TreeLog

/// Where a request for a cosignature begins: what its witness has cosigned before, as far as the log knows.
package struct RequestStart: Sendable, Equatable {
  /// The size; 0 for nothing.
  package let size: Int
  /// The witnesses who have cosigned that much; none where the log knows no witness.
  package let witnesses: [String]
}

/// A witness as cosignatures name it: two of one name are two, whose keys differ.
private struct WitnessLine: Hashable {
  let name: String
  let id: UInt32

  static func == (left: WitnessLine, right: WitnessLine) -> Bool {
    left.id == right.id && ByteOrder.areEqual(left.name, right.name)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(id) }

  /// `NAME+KEYID`, as verifier keys begin.
  var text: String { "\(name)+\(NoteKey.hexadecimal(id))" }

  /// Whether somebody means it by its name, by name and key id, or by its verifier key.
  func isMeant(by word: String) -> Bool {
    ByteOrder.areEqual(word, name) || ByteOrder.areEqual(word, text) || word.utf8.starts(with: "\(text)+".utf8)
  }
}

extension OpenedStore {
  /// Where a request for a cosignature begins, as the log's own anchors say.
  ///
  /// A request that begins elsewhere than where its witness stands is refused, so that of several witnesses who stand at
  /// different sizes it has to be said who is asked.
  ///
  /// - Parameter name: The witness's name, with `+` and the key id behind it where several have it; nil for any that the log
  ///   knows.
  /// - Throws: `usage` where the witnesses that the log knows stand at different sizes, and none is named, or several by one
  ///   name; where one is named that the log does not know, while it knows others.
  package func requestStart(forWitness name: String?) throws -> RequestStart {
    let known = try witnessSizes()
    guard let name else {
      return try OpenedStore.start(known, "this log knows \(known.count) witnesses")
    }
    guard !name.isEmpty else {
      throw Failure(
        .usage, "--witness names nobody",
        hint: known.isEmpty ? "leave it out: this log knows no witness" : "this log knows \(OpenedStore.told(known))")
    }
    let meant = known.filter { $0.witness.isMeant(by: name) }
    guard !meant.isEmpty else {
      guard !known.isEmpty else { return RequestStart(size: 0, witnesses: []) }
      throw Failure(
        .usage, "this log knows no witness '\(name)', but \(OpenedStore.told(known))",
        hint: "if that one has never cosigned it, say so: --since 0")
    }
    return try OpenedStore.start(meant, "this log knows \(meant.count) witnesses of the name '\(name)'")
  }

  /// Where all of them stand.
  private static func start(_ known: [(witness: WitnessLine, size: Int)], _ what: String) throws -> RequestStart {
    guard Set(known.map(\.size)).count <= 1 else {
      throw Failure(
        .usage, "\(what), who stand at different sizes: \(told(known))",
        hint: "say who is asked: --witness \(ShellWord.quoted(label(known[0].witness, among: known)))")
    }
    return RequestStart(size: known.first?.size ?? 0, witnesses: known.map { label($0.witness, among: known) })
  }

  /// A witness's name, with its key id where others have that name.
  private static func label(_ witness: WitnessLine, among known: [(witness: WitnessLine, size: Int)]) -> String {
    known.count { ByteOrder.areEqual($0.witness.name, witness.name) } > 1 ? witness.text : witness.name
  }

  private static func told(_ known: [(witness: WitnessLine, size: Int)]) -> String {
    Wording.list(known.map { "'\(label($0.witness, among: known))' at \($0.size)" })
  }

  /// How far each witness has cosigned the log, in order of their names: those whose keys it knows, and those whose words it
  /// anchors. Whose key was revoked is asked no more.
  private func witnessSizes() throws -> [(witness: WitnessLine, size: Int)] {
    var sizes: [WitnessLine: Int] = [:]
    var revoked: Set<WitnessLine> = []
    for key in state.membership.keys where key.use == .witness {
      guard let name = key.keyName else { continue }
      let witness = WitnessLine(name: name, id: key.noteID)
      if key.revoked == nil { sizes[witness] = 0 } else { revoked.insert(witness) }
    }
    var filter = LogFilter()
    filter.type = "anchor"
    for row in try index.logRows(filter) where row.isEffective {
      for object in try index.objects(ofEntry: row.entry) where ByteOrder.areEqual(object.name, "cosignature") {
        guard let bytes = try library.bytes(of: object.digest, limit: SignedNote.sizeLimit),
          let claimed = try? UnverifiedCheckpoint(parsing: bytes), claimed.size <= checkpoint.size
        else { continue }
        for line in claimed.note.signatures where !ByteOrder.areEqual(line.name, origin) {
          let witness = WitnessLine(name: line.name, id: line.keyID)
          guard !revoked.contains(witness) else { continue }
          sizes[witness] = max(sizes[witness] ?? 0, claimed.size)
        }
      }
    }
    return sizes.map { (witness: $0.key, size: $0.value) }
      .sorted { ByteOrder.precedes($0.witness.text, $1.witness.text) }
  }
}
