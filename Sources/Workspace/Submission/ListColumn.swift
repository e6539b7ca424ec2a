/// What people call the columns of a list.
enum ListColumn {
  private static let synonyms = table([
    "file": [
      "files", "filename", "file names", "filenames", "file name", "path", "file path", "filepath", "full path",
      "artifact",
      "artifacts", "artifact name", "artifact file", "artefact", "evidence", "evidence file", "evidence files",
      "evidence filename", "evidence file name", "evidence artifact", "evidence path", "document name", "attachment",
    ],
    "controls": [
      "control", "control id", "control ids", "control number", "control numbers", "control no", "control identifier",
      "control reference", "control ref", "control refs", "controls covered", "mapped control", "mapped controls",
      "requirement", "requirements", "requirement id", "requirement ids", "practice", "practices", "practice id",
      "practice ids", "objective", "objectives", "objective id", "objective ids", "assessment objective",
      "assessment objectives", "nist control", "nist controls", "nist id",
    ],
    "description": ["desc", "evidence description", "file description"],
    "collected": [
      "collected on", "collected at", "date", "evidence date", "date collected", "collection date", "collected date",
      "date of collection",
    ],
    "from": ["start", "start date", "from date", "period start", "period from", "date from"],
    "through": ["to", "until", "end", "end date", "to date", "through date", "period end", "period to", "date to"],
    "period": ["reporting period", "period covered", "coverage period", "evidence period"],
    "source": ["source system", "system of origin", "collected from"],
    "count": ["record count", "row count", "number of records", "number of rows"],
    "retain-until": ["retention", "retain until", "retention date", "keep until"],
  ])

  private static func table(_ names: [String: [String]]) -> [String: String] {
    var table: [String: String] = [:]
    for (column, others) in names { for other in others { table[other] = column } }
    return table
  }

  /// The column that a heading names, in any case, `FILE_NAME` and `Control ID(s):` too; nil for none that is known.
  static func known(_ heading: String, _ columns: Set<String>) -> String? {
    let letters = heading.lowercased().replacing("(s)", with: "s").map { "_-".contains($0) ? " " : $0 }
    let words = String(letters).split { $0.isWhitespace || ":*#.\u{feff}".contains($0) }
    let name = words.joined(separator: " ")
    if columns.contains(name) { return name }
    let hyphened = words.joined(separator: "-")
    if columns.contains(hyphened) { return hyphened }
    return synonyms[name].flatMap { columns.contains($0) ? $0 : nil }
  }
}
