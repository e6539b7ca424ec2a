/// Names that mean the same on every system: for Windows, for `unzip` in any locale, and for whoever reads them aloud.
///
/// The name that somebody gave a file stands in the index.
package struct PackNames {
  /// The longest path below a pack's folder, in bytes; with the folder's own name it stays below 240.
  private static let limit = 200

  /// Spellings without regard to case of what is a file, and of what is a folder with the spelling that it got.
  private var files: Set<String> = []
  private var folders: [String: String] = [:]

  package init() {}

  /// A path in a folder for a file of some name, which no other file has.
  package mutating func take(_ name: String, in folder: String) -> String {
    let segments = name.split(separator: "/").map { PackNames.segment(String($0)) }
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

  /// What systems take for a device, with any ending.
  private static let reserved: Set<String> = Set(
    ["con", "prn", "aux", "nul", "conin$", "conout$"] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] })

  /// A part of a path in letters that every system takes.
  package static func segment(_ text: String) -> String {
    var name = ""
    for character in text {
      guard let byte = character.asciiValue, (0x20..<0x7f).contains(byte), !"<>:\"/\\|?*".contains(character) else {
        name.append("_")
        continue
      }
      name.append(character)
    }
    while let last = name.last, last == "." || last == " " { name.removeLast() }
    while name.first == " " { name.removeFirst() }
    if name.isEmpty { name = "_" }
    // What begins with a hyphen is an option to some program.
    if name.first == "-" { name = "_" + name }
    let stem = name.prefix { $0 != "." }.lowercased()
    if reserved.contains(String(stem.drop { $0 == " " })) { name = "_" + name }
    return shortened(name, to: 100)
  }

  /// Cut in the middle, so that the ending stays.
  private static func shortened(_ name: String, to limit: Int) -> String {
    guard name.utf8.count > limit else { return name }
    let dot = name.lastIndex(of: ".").map { name[$0...] } ?? ""
    let ending = dot.utf8.count <= 12 ? dot : ""
    var stem = String(name.prefix(limit - ending.utf8.count))
    while let last = stem.last, last == "." || last == " " { stem.removeLast() }
    return stem + ending
  }
}
