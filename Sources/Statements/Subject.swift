package import Crypto

/// An object that a statement brings (in-toto `ResourceDescriptor`).
///
///     {"annotations":{"size":22},"digest":{"sha256":"a3d3…"},"mediaType":"text/plain","name":"january/updates.txt"}
package struct Subject: Sendable, Equatable {
  package var name: String
  package var digest: Digest
  /// In bytes.
  package var size: Int
  package var mediaType: String

  package init(name: String, digest: Digest, size: Int, mediaType: String) {
    self.name = name
    self.digest = digest
    self.size = size
    self.mediaType = mediaType
  }

  /// The name of the one subject of a statement that brings no object.
  static let placeholderName = "_"

  init(_ value: JSONValue, _ path: String, lists: ListLoader) throws(StatementSyntaxError) {
    var fields = try FieldReader(value, path: path, lists: lists)
    var annotations = try FieldReader(try fields.value("annotations"), path: "\(path).annotations", lists: lists)
    size = try annotations.integer("size")
    try annotations.finish()
    digest = try Subject.digest(&fields)
    mediaType = try fields.text("mediaType")
    name = try fields.text("name")
    try fields.finish()
  }

  /// Takes the member `digest`, which holds a SHA-256 and nothing else.
  static func digest(_ fields: inout FieldReader) throws(StatementSyntaxError) -> Digest {
    var set = try FieldReader(try fields.value("digest"), path: "\(fields.path).digest", lists: fields.lists)
    let digest = try set.digest("sha256")
    try set.finish()
    return digest
  }

  var object: JSONValue {
    var fields = FieldWriter()
    var annotations = FieldWriter()
    annotations.set("size", size)
    fields.set("annotations", annotations.object)
    fields.set("digest", Subject.digestSet(digest))
    fields.set("mediaType", mediaType)
    fields.set("name", name)
    return fields.object
  }

  static func digestSet(_ digest: Digest) -> JSONValue {
    .object(JSONObject([("sha256", .string(digest.hex))]))
  }
}
