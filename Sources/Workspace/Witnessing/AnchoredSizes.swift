internal import Crypto
internal import Findings
internal import Index
internal import Ownership
internal import Statements
internal import TreeLog

/// Where a request for a cosignature begins: what its witness has cosigned before, as far as the log knows.
package struct RequestStart: Sendable, Equatable {
  /// The size; 0 for nothing.
  package let size: Int
  /// The witnesses who have cosigned that much; none where the log knows no witness.
  package let witnesses: [String]
}

extension OpenedStore {
  /// Where a request for a cosignature begins, as the log's own anchors say.
  ///
  /// A request that begins elsewhere than where its witness stands is refused, so that of several witnesses who stand at
  /// different sizes it has to be said who is asked.
  ///
  /// - Parameter name: The witness's name; nil for any that the log knows.
  /// - Throws: `usage` where the witnesses that the log knows stand at different sizes, and none is named; where one is named
  ///   that the log does not know, while it knows others.
  package func requestStart(forWitness name: String?) throws -> RequestStart {
    let sizes = try witnessSizes()
    if let name {
      guard let size = sizes[name] else {
        guard !sizes.isEmpty else { return RequestStart(size: 0, witnesses: []) }
        throw Failure(
          .usage, "this log knows no witness '\(name)', but \(OpenedStore.told(sizes))",
          hint: "if that one has never cosigned it, say so: --since 0")
      }
      return RequestStart(size: size, witnesses: [name])
    }
    let names = sizes.keys.sorted { ByteOrder.precedes($0, $1) }
    guard Set(sizes.values).count <= 1 else {
      throw Failure(
        .usage, "this log knows \(sizes.count) witnesses, who stand at different sizes: \(OpenedStore.told(sizes))",
        hint: "say who is asked: --witness \(names[0])")
    }
    return RequestStart(size: sizes.values.first ?? 0, witnesses: names)
  }

  private static func told(_ sizes: [String: Int]) -> String {
    Wording.list(
      sizes.sorted { ByteOrder.precedes($0.key, $1.key) }.map { "'\($0.key)' at \($0.value)" })
  }

  /// How far each witness has cosigned the log: those whose keys it knows, and those whose words it anchors.
  private func witnessSizes() throws -> [String: Int] {
    var sizes: [String: Int] = [:]
    for key in state.membership.keys where key.use == .witness && key.revoked == nil {
      if let name = key.keyName { sizes[name] = 0 }
    }
    var filter = LogFilter()
    filter.type = "anchor"
    for row in try index.logRows(filter) where row.isEffective {
      for object in try index.objects(ofEntry: row.entry) where ByteOrder.areEqual(object.name, "cosignature") {
        guard let bytes = try library.bytes(of: object.digest, limit: SignedNote.sizeLimit),
          let claimed = try? UnverifiedCheckpoint(parsing: bytes), claimed.size <= checkpoint.size
        else { continue }
        for line in claimed.note.signatures where !ByteOrder.areEqual(line.name, origin) {
          sizes[line.name] = max(sizes[line.name] ?? 0, claimed.size)
        }
      }
    }
    return sizes
  }
}
