internal import Rendering

/// Names of sheets as spreadsheets take them: at most 31 characters, none of a few, and each once, whatever its case.
struct SheetNames {
  private var taken: Set<String> = []

  mutating func next(_ wanted: String) -> String {
    var name = String(
      TerminalText.visible(wanted).unicodeScalars.map { scalar in
        "[]:*?/\\'".unicodeScalars.contains(scalar) ? Character(" ") : Character(scalar)
      })
    name = String(name.prefix(31))
    while name.utf16.count > 31 { name.removeLast() }
    if name.allSatisfy({ $0 == " " }) { name = "Sheet" }
    var unique = name
    var count = 2
    while !taken.insert(unique.lowercased()).inserted {
      let suffix = " \(count)"
      unique = String(name.prefix(31 - suffix.count)) + suffix
      count += 1
    }
    return unique
  }
}
