internal import Crypto

/// Names of files in packs and in files of proofs, by one rule: the same on every system, for Windows, for `unzip` in any
/// locale, for whoever pastes them into a shell and whoever reads them aloud.
///
/// The name that somebody gave a file can be read out of it, and stands in the index; of one that is too long, there alone.
package struct PackNames {
  /// The longest path below a pack's folder, in bytes; with the folder's own name it stays below 240.
  private static let limit = 200

  /// Spellings without regard to case of what is a file, and of what is a folder with the spelling that it got.
  private var files: Set<String> = []
  private var folders: [String: String] = [:]

  package init() {}

  /// A path in a folder for a file of some name, which no other file has.
  package mutating func take(_ name: String, in folder: String) -> String {
    let given = name.split(separator: "/").map { PackNames.segment(String($0)) }
    let segments = given.isEmpty ? [PackNames.segment("")] : given
    let whole = ([folder] + segments).joined(separator: "/")
    let flat = "\(folder)/\(PackNames.shortened(segments.joined(separator: "_"), to: 80))"
    for number in 1... {
      for path in [whole, flat] where path.utf8.count <= PackNames.limit {
        if let free = take(PackNames.numbered(path, number)) { return free }
      }
    }
    preconditionFailure("there is always a further number")
  }

  private mutating func take(_ path: String) -> String? {
    var parts = path.split(separator: "/").map(String.init)
    guard let last = parts.popLast() else { return nil }
    var parent = ""
    var made: [(key: String, spelling: String)] = []
    for part in parts {
      let wanted = parent.isEmpty ? part : "\(parent)/\(part)"
      let key = wanted.lowercased()
      if files.contains(key) { return nil }
      // A folder has one spelling, whatever case others wrote it in.
      parent = folders[key] ?? wanted
      made.append((key, parent))
    }
    let free = parent.isEmpty ? last : "\(parent)/\(last)"
    guard folders[free.lowercased()] == nil, files.insert(free.lowercased()).inserted else { return nil }
    for (key, spelling) in made { folders[key] = spelling }
    return free
  }

  /// `report~2.pdf`, for the second of a name.
  private static func numbered(_ path: String, _ number: Int) -> String {
    guard number > 1 else { return path }
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let dot = path[slash...].lastIndex(of: ".").flatMap { $0 > slash ? $0 : nil } ?? path.endIndex
    return "\(path[..<dot])~\(number)\(path[dot...])"
  }

  /// What Windows takes for a device, with any ending.
  private static let devices: Set<String> = Set(
    ["con", "prn", "aux", "nul"] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] })

  /// A part of a path in letters that every system takes.
  ///
  /// What is no plain letter is written as `%` and two digits, as in an address of the web: nothing that is lost, and no
  /// two names become one, as they would if a dash stood for whatever is left out.
  package static func segment(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return "_" }
    let stem = text.prefix { $0 != "." }.lowercased()
    let isDevice = devices.contains(String(stem.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
    var name = ""
    for (index, byte) in bytes.enumerated() {
      let isEdge = index == 0 || index == bytes.count - 1
      if isPlain(byte, isFirst: index == 0, isEdge: isEdge), !(isDevice && index == 0) {
        name.unicodeScalars.append(UnicodeScalar(byte))
      } else {
        name += "%" + Hexadecimal.encode([byte]).uppercased()
      }
    }
    return shortened(name, to: 100)
  }

  private static func isPlain(_ byte: UInt8, isFirst: Bool, isEdge: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    // At the end Windows drops these; at the beginning a dot hides a file.
    case UInt8(ascii: "."), UInt8(ascii: " "): !isEdge
    // What begins with one is an option to some program, or somebody's home.
    case UInt8(ascii: "-"), UInt8(ascii: "~"): !isFirst
    default: "()[]_+,=@".utf8.contains(byte)
    }
  }

  /// Cut in the middle, so that the ending stays.
  private static func shortened(_ name: String, to limit: Int) -> String {
    guard name.utf8.count > limit else { return name }
    let dot = name.lastIndex(of: ".").map { name[$0...] } ?? ""
    let ending = dot.utf8.count <= 12 ? dot : ""
    var stem = String(name.prefix(limit - ending.utf8.count))
    // No half of a letter.
    if let percent = stem.suffix(2).lastIndex(of: "%") { stem = String(stem[..<percent]) }
    while let last = stem.last, last == "." || last == " " { stem.removeLast() }
    return stem + ending
  }
}
