package import Crypto
internal import Statements

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
  package static func objects(of entry: Int) -> String { "objects/\(entry)/" }

  /// The longest path of an object, in bytes: what every system unpacks.
  private static let limit = 200

  /// Paths for the artifacts of an entry that any system can unpack beside each other, made from their names alone: what
  /// is not plain is written as `%C3%9C`; where two names would clash or one is too long, the digest stands for it.
  package static func paths(of artifacts: [(name: String, digest: Digest)], entry: Int) -> [String] {
    var taken: Set<String> = []
    var folders: Set<String> = []
    return artifacts.map { name, digest in
      let segments = name.split(separator: "/", omittingEmptySubsequences: false).map { escaped(String($0)) }
      var path = segments.joined(separator: "/")
      let key = path.lowercased()
      let parents = segments.indices.dropFirst().map { segments[..<$0].joined(separator: "/").lowercased() }
      let isClashing = taken.contains(key) || folders.contains(key) || parents.contains(where: taken.contains)
      if isClashing || path.utf8.count > limit || segments.contains("") {
        path = "\(digest.hex)\(ending(name))"
        var number = 2
        // Two names of one artifact.
        while taken.contains(path.lowercased()) || folders.contains(path.lowercased()) {
          path = "\(digest.hex)-\(number)\(ending(name))"
          number += 1
        }
      } else {
        folders.formUnion(parents)
      }
      taken.insert(path.lowercased())
      return objects(of: entry) + path
    }
  }

  private static func ending(_ name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    let ending = name.utf8[dot...]
    guard (2...9).contains(ending.count), ending.dropFirst().allSatisfy({ isLetterOrDigit($0) }) else { return "" }
    return String(ending) ?? ""
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  /// Names that mean devices to Windows, whatever follows a dot.
  private static let devices: Set<String> = Set(
    ["con", "prn", "aux", "nul"] + (1...9).flatMap { ["com\($0)", "lpt\($0)"] })

  private static func escaped(_ segment: String) -> String {
    let bytes = Array(segment.utf8)
    let isDevice = devices.contains(segment.prefix { $0 != "." }.lowercased())
    var text = ""
    for (index, byte) in bytes.enumerated() {
      let isLast = index == bytes.count - 1
      let isPlain =
        isLetterOrDigit(byte) || "()[]_+,=@~-".utf8.contains(byte)
        || (byte == UInt8(ascii: ".") && !isLast) || (byte == 0x20 && index > 0 && !isLast)
      if isPlain, !(isDevice && index == 0) {
        text.unicodeScalars.append(UnicodeScalar(byte))
      } else {
        text += "%" + Hexadecimal.encode([byte]).uppercased()
      }
    }
    return text
  }
}
