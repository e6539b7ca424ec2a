internal import Crypto

/// UUIDs that are the same whenever and wherever a document is made: version 5, of a log's origin and a thing's name in it.
///
/// In Python: `uuid5(uuid5(NAMESPACE_URL, "urn:custody:oscal:" + origin), "party/acme")`.
struct StableIDs {
  private let space: NameUUID

  init(origin: String) throws {
    try NameUUID.start()
    space = NameUUID("\(Prop.namespace):\(origin)", in: .url)
  }

  /// The UUID of what those words name, from the kind of thing down.
  func callAsFunction(_ words: String...) -> String { "\(NameUUID(words.joined(separator: "/"), in: space))" }
}
