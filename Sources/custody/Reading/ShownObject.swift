internal import CommandLine
internal import Crypto
internal import Index
internal import Rendering
internal import Storage
internal import TreeLog
internal import Workspace

/// Everything about an object: whether it is there, and who brings it under which name.
struct ShownObject {
  private let digest: Digest
  private let store: OpenedStore
  private let uses: [NamedUse]
  private let presence: ObjectPresence

  init(_ digest: Digest, _ store: OpenedStore) throws {
    self.digest = digest
    self.store = store
    uses = try store.index.objectUses(digest)
    presence = try ObjectPresence(
      digest, expectedSize: uses.lazy.compactMap(\.size).first, uses: uses, store)
  }

  func print(_ global: GlobalArguments, _ console: Console) throws {
    if global.format == .json { return try console.print(json()) }
    try console.print("object \(digest.hex)", style: .bold)
    var lines = DetailLines()
    lines.add("state", presence.text)
    lines.add("size", (presence.expectedSize ?? presence.size).map { "\($0) bytes" })
    lines.add("media type", uses.lazy.compactMap(\.mediaType).first)
    lines.add("path", ObjectPath.path(digest))
    try lines.print(to: console)
    for use in uses {
      let member = try store.index.statement(entry: use.entry)?.member ?? use.party
      let about = use.controls.isEmpty ? "" : ", for \(use.controls.joined(separator: ", "))"
      let listed = use.mediaType == nil ? ", in its manifest" : ""
      let replaced = use.isReplaced ? ", replaced" : ""
      try console.print(
        wrapped: "\(use.name), by \(member)\(listed)\(about)\(replaced)", after: "entry \(use.entry)  ")
    }
  }

  private func json() throws -> JSONOutput {
    let named = try uses.map { use -> JSONOutput in
      .object([
        ("entry", .integer(use.entry)), ("statement", .string(use.statement.hex)), ("name", .string(use.name)),
        ("signer", .optional(try store.index.statement(entry: use.entry)?.member)), ("party", .string(use.party)),
        ("size", use.size.map { .integer($0) } ?? .null), ("mediaType", .optional(use.mediaType)),
        ("evidence", .bool(use.isEvidence)), ("controls", .strings(use.controls)),
        ("replaced", .bool(use.isReplaced)),
      ])
    }
    return .object(
      [
        ("sha256", .string(digest.hex)),
        ("size", (presence.expectedSize ?? presence.size).map { .integer($0) } ?? .null),
      ]
        + presence.members + [("path", .string(ObjectPath.path(digest))), ("uses", .array(named))])
  }
}
