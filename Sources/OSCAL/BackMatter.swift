internal import Crypto
internal import Ownership
internal import Rendering
internal import TreeLog

/// The papers, catalogs and artifacts that a document points at, each once, with its digest.
struct BackMatter {
  private let ids: StableIDs
  private var seen: Set<String> = []
  private var resources: [JSONOutput] = []

  init(_ ids: StableIDs) {
    self.ids = ids
  }

  var json: JSONOutput? {
    guard !resources.isEmpty else { return nil }
    var fields = Fields()
    fields.set("resources", resources)
    return fields.json
  }

  /// An object of the store.
  ///
  /// - Parameter type: What it is, a word of OSCAL's: `evidence`, `agreement`.
  /// - Returns: A reference to it.
  mutating func object(_ digest: Digest, title: String?, type: String, description: String? = nil) -> String {
    let uuid = ids("object", digest.hex)
    guard seen.insert(uuid).inserted else { return "#\(uuid)" }
    var fields = Fields()
    fields.set("uuid", exactly: uuid)
    fields.set("title", line: title)
    fields.set("description", text: description)
    fields.set("props", [Prop.core("type", type)])
    fields.set("rlinks", [BackMatter.link(ObjectPath.path(digest), digest)])
    resources.append(fields.json)
    return "#\(uuid)"
  }

  /// An adopted catalog: beside the document under its framework's name, and in the store under its digest.
  mutating func catalog(_ row: ResponsibilityMatrix.FrameworkRows) -> String {
    let uuid = ids("catalog", row.id, row.adoption.catalog.hex)
    guard seen.insert(uuid).inserted else { return "#\(uuid)" }
    var fields = Fields()
    fields.set("uuid", exactly: uuid)
    fields.set("title", line: row.title)
    fields.set(
      "description",
      text:
        "The catalog that '\(row.id)' was adopted with in entry \(row.adoption.entry), version \(row.version): 'custody "
        + "oscal catalog --framework \(row.id) --output \(row.id).json' writes it.")
    fields.set("props", [Prop.own("framework", row.id)])
    let digest = row.adoption.catalog
    fields.set(
      "rlinks",
      [
        BackMatter.link("\(row.id).json", digest, "application/oscal+json"),
        BackMatter.link(ObjectPath.path(digest), digest),
      ])
    resources.append(fields.json)
    return "#\(uuid)"
  }

  /// Another document of the same source, in the same folder.
  ///
  /// - Parameter digest: Of its bytes.
  mutating func document(_ kind: OSCALKind, _ digest: Digest, description: String) -> String {
    let uuid = ids("document", kind.rawValue, digest.hex)
    guard seen.insert(uuid).inserted else { return "#\(uuid)" }
    var fields = Fields()
    fields.set("uuid", exactly: uuid)
    fields.set("title", line: kind.title)
    fields.set("description", text: description)
    fields.set("rlinks", [BackMatter.link(kind.fileName, digest, "application/oscal+json")])
    resources.append(fields.json)
    return "#\(uuid)"
  }

  /// What OSCAL asks for and custody does not have: a resource that says so.
  mutating func absent(_ what: String, description: String) -> String {
    let uuid = ids("absent", what)
    guard seen.insert(uuid).inserted else { return "#\(uuid)" }
    var fields = Fields()
    fields.set("uuid", exactly: uuid)
    fields.set("title", line: what)
    fields.set("description", text: description)
    resources.append(fields.json)
    return "#\(uuid)"
  }

  private static func link(_ href: String, _ digest: Digest, _ mediaType: String? = nil) -> JSONOutput {
    var hash = Fields()
    hash.set("algorithm", exactly: "SHA-256")
    hash.set("value", exactly: digest.hex)
    var fields = Fields()
    fields.set("href", exactly: href)
    fields.set("media-type", exactly: mediaType)
    fields.set("hashes", [hash.json])
    return fields.json
  }
}
