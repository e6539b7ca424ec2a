internal import Catalogs
internal import Findings

/// What the fields of a form may hold, in whichever kind of file they stand.
extension FrameworkForm {
  /// The words that people have for a cadence, beside our own.
  private static let cadences: [String: Cadence] = [
    "daily": .day, "weekly": .week, "monthly": .month, "quarterly": .quarter, "half-yearly": .halfYear,
    "semi-annually": .halfYear, "semiannually": .halfYear, "semi-annual": .halfYear, "yearly": .year,
    "annually": .year, "annual": .year, "every two years": .twoYears, "every three years": .threeYears,
    "as needed": .event, "on event": .event,
  ]

  /// The cadence that a text means; nil for none.
  package static func cadence(_ text: String) -> String? {
    let lower = text.lowercased()
    return (Cadence(rawValue: lower) ?? cadences[lower])?.rawValue
  }

  /// What is wrong with the name of a control or family; nil where nothing is.
  package static func fault(inID text: String) -> String? {
    if ControlID(framework: "form", local: text) != nil, text.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
    return "the id '\(text)' has other characters than letters, digits and . _ - ( ) [ ]"
  }

  /// What is wrong with the name of an IT function; nil where nothing is.
  package static func fault(inDomain text: String, known: [String]) -> String? {
    guard !known.contains(where: { $0.utf8.elementsEqual(text.utf8) }) else { return nil }
    let near = Spelling.nearest(to: text, among: known)
    return
      "there is no IT function '\(text)': \(near.map { "did you mean '\($0)'" } ?? "'custody framework show it-functions' lists them")"
  }

  /// The family that a cell names, by an id or in words.
  package static func family(_ text: String, title: String?) -> Family? {
    if fault(inID: text) == nil { return Family(id: text, title: title ?? text) }
    // Words become an id that can stand in an agreement: 'Incident response' is incident-response.
    var id = ""
    for scalar in text.lowercased().unicodeScalars {
      if scalar.isASCII, scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        id.unicodeScalars.append(scalar)
      } else if let last = id.last, last != "-" {
        id.append("-")
      }
    }
    while id.last == "-" { id.removeLast() }
    return id.isEmpty ? nil : Family(id: id, title: title ?? text)
  }
}
