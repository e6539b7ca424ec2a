internal import Crypto
internal import TreeLog

/// What an append adds to a tree, in one piece under a name of its own, until it lies under the names that everybody reads.
///
/// The name says which tree it makes: whoever reads a checkpoint whose files are not all published finds them here.
struct StagedTree {
  /// Files by their path, in the order in which they are published.
  var files: [(path: String, bytes: [UInt8])]

  /// The longest that is made and read, in bytes: what goes over a pipe in one piece, with room to spare.
  static let limit = 24 << 20

  private static let prefix = "inbox/\(StoreLayout.stagingPrefix)"

  static func name(size: Int, root: Digest) -> String { "\(prefix)\(size)-\(root.hex)" }

  /// What the names of all of them begin with.
  static var names: String { prefix }

  /// The size that a name says; nil for one that is none.
  static func size(of name: String) -> Int? {
    guard name.hasPrefix(prefix) else { return nil }
    let parts = name.dropFirst(prefix.count).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 64 else { return nil }
    return Int(parts[0])
  }

  /// Each file as a line with its path and length, and its bytes.
  var bytes: [UInt8] {
    files.reduce(into: []) { all, file in
      all += Array("\(file.path) \(file.bytes.count)\n".utf8)
      all += file.bytes
    }
  }

  init(files: [(path: String, bytes: [UInt8])]) {
    self.files = files
  }

  /// - Returns: nil for bytes that are none, or that name anything but tiles and bundles.
  init?(parsing bytes: [UInt8]) {
    files = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let end = rest.prefix(128).firstIndex(of: 0x0a) else { return nil }
      let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
      guard words.count == 2, let coordinate = TileCoordinate(path: String(words[0])), let count = Int(words[1]),
        count >= 0, count <= coordinate.sizeLimit, rest.distance(from: end, to: rest.endIndex) > count
      else { return nil }
      rest = rest[(end + 1)...]
      files.append((coordinate.path, [UInt8](rest.prefix(count))))
      rest = rest.dropFirst(count)
    }
  }

  /// The bytes of a file.
  func file(_ path: String) -> [UInt8]? { files.first { $0.path == path }?.bytes }
}
