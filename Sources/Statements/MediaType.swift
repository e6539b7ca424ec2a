/// The media types that have a meaning in a store.
package enum MediaType {
  package static let inTotoStatement = "application/vnd.in-toto+json"
  package static let catalog = "application/oscal+json"
  package static let document = "application/yaml"
  package static let schedule = "text/vnd.custody.schedule"
  package static let manifest = "text/vnd.custody.manifest"
  package static let handover = "text/vnd.custody.handover"
  /// A signed note.
  package static let cosignature = "text/plain"
  package static let list = "application/json"
  /// What a key's proof of possession signs.
  package static let key = "application/vnd.custody.key+json"
  package static let binary = "application/octet-stream"
}
