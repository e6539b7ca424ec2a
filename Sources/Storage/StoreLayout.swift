package import Crypto
package import TreeLog

/// Every path of a store, and only here.
package struct StoreLayout: Sendable, Hashable {
  /// The store's folder, without a slash at the end.
  package let root: String
  /// The address of the store of which this folder holds what is at hand; nil where the folder is the store.
  package let address: String?

  /// Where the store is, for people, and to remember it by.
  package var name: String { address ?? root }

  package init(root: String, address: String? = nil) {
    self.address = address
    var text = root[...]
    while text.count > 1, text.last == "/" { text = text.dropLast() }
    self.root = String(text)
  }

  package var configuration: String { "\(root)/custody.json" }
  package var checkpoint: String { "\(root)/checkpoint" }
  package var lock: String { "\(root)/lock" }
  package var tiles: String { "\(root)/tile" }
  package var objects: String { "\(root)/object" }
  /// Where offers, cosignatures and tokens wait, and where the writer stages.
  package var inbox: String { "\(root)/inbox" }

  /// What the writer's own files in the inbox begin with; leftovers of a crash go with the next writer.
  package static let stagingPrefix = ".staging-"

  /// A name in the inbox that the writer stages under.
  func staging(_ name: String) -> String { "\(inbox)/\(StoreLayout.stagingPrefix)\(name)" }

  /// The path of a tile or bundle.
  package func file(_ coordinate: TileCoordinate) -> String { "\(root)/\(coordinate.path)" }

  /// The folder in which the partial files of an index lie.
  func partialFolder(_ coordinate: TileCoordinate) -> String { "\(root)/\(coordinate.fullPath).p" }

  /// The folder in which the full file of an index lies.
  func groupFolder(_ coordinate: TileCoordinate) -> String {
    StoreLayout.parent(file(coordinate.with(width: 256)))
  }

  package func object(_ digest: Digest) -> String { "\(root)/\(ObjectPath.path(digest))" }

  /// The path without its last segment.
  package static func parent(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last segment.
  package static func name(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }
}
