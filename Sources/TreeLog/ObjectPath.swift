package import Crypto

/// Where an object lies below the store's root: `object/<2 hex>/<62 hex>`, under its SHA-256.
package enum ObjectPath {
  /// The folder of all objects, with the slash after it.
  package static let prefix = "object/"

  /// The path of an object.
  package static func path(_ digest: Digest) -> String {
    let hex = digest.hex
    return "\(prefix)\(hex.prefix(2))/\(hex.dropFirst(2))"
  }

  /// The object whose path it is, in its one spelling; nil for any other path.
  package static func digest(_ path: String) -> Digest? {
    let bytes = Array(path.utf8)
    guard bytes.count == 72, bytes.starts(with: prefix.utf8), bytes[9] == UInt8(ascii: "/") else { return nil }
    return Digest(hex: (bytes[7..<9] + bytes[10...])[...])
  }
}
