package import Crypto
internal import Packs

/// Where things lie in a file of proofs.
package enum ProofNames {
  package static let readme = "README.txt"
  package static let checkpoint = "checkpoint"

  /// The folder of entries that are to be proven, and of those that brought the keys.
  package enum Folder: String, Sendable, CaseIterable {
    case entries, keys
  }

  package static func entry(_ number: Int, in folder: Folder) -> String { "\(folder.rawValue)/\(number).json" }
  package static func proof(_ number: Int, in folder: Folder) -> String { "\(folder.rawValue)/\(number).tlog-proof" }
  package static func manifest(_ digest: Digest) -> String { "manifests/\(digest.hex).txt" }
  package static func list(_ digest: Digest) -> String { "lists/\(digest.hex).json" }
  package static func token(_ digest: Digest) -> String { "timestamps/\(digest.hex).tsr" }
  /// Of a token that is over an earlier tree than the one that is proven.
  package static func earlierTree(of token: Digest) -> String { "timestamps/\(token.hex).tree" }
  package static func objects(of entry: Int) -> String { "objects/\(entry)/" }

  /// Paths for the artifacts of an entry that any system can unpack beside each other, made from their names alone, in the
  /// entry's order: by the rule by which packs name files, so that whoever gets both knows a file by one name.
  package static func paths(of artifacts: [(name: String, digest: Digest)], entry: Int) -> [String] {
    var names = PackNames()
    return artifacts.map { names.take($0.name, in: "objects/\(entry)") }
  }
}
