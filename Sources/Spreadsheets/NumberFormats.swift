internal import XML

/// How a workbook shows its numbers: which are days, and how many decimals they have at least.
struct NumberFormats {
  enum Shown: Equatable {
    case plain
    /// With so many decimals.
    case decimals(Int)
    case day
  }

  /// By the number that a cell gives as its style.
  private var styles: [Shown] = []

  init() {}

  /// - Parameter reader: The part with the styles.
  init(_ reader: PartReader) throws(SpreadsheetError) {
    var codes: [Int: String] = [:]
    var isInCells = false
    while let event = try reader.next() {
      switch event {
      case .start("numFmt"):
        if let id = reader.attribute("numFmtId").flatMap({ Int($0) }) { codes[id] = reader.attribute("formatCode") }
      case .start("cellXfs"): isInCells = true
      case .end("cellXfs"): isInCells = false
      case .start("xf") where isInCells && styles.count < 100_000:
        let id = reader.attribute("numFmtId").flatMap { Int($0) } ?? 0
        styles.append(codes[id].map { NumberFormats.shown($0) } ?? NumberFormats.builtIn(id))
      case .start, .end, .text: continue
      }
    }
  }

  subscript(style: Int) -> Shown { styles.indices.contains(style) ? styles[style] : .plain }

  /// ECMA-376, part 1, 18.8.30.
  private static func builtIn(_ id: Int) -> Shown {
    switch id {
    case 2, 4: .decimals(2)
    case 14...22, 27...36, 45...47, 50...58: .day
    default: .plain
    }
  }

  /// What a format's code comes to: `0.00`, `yyyy-mm-dd`, `[$-409]d-mmm;@`.
  static func shown(_ code: String) -> Shown {
    var plain = ""
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    for character in code.prefix(255) {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isQuoted = character != "\""
      } else if isBracketed {
        isBracketed = character != "]"
      } else if character == "\"" {
        isQuoted = true
      } else if character == "[" {
        isBracketed = true
      } else if "\\_*".contains(character) {
        isEscaped = true
      } else if character == ";" {
        break
      } else {
        plain.append(character)
      }
    }
    let lower = plain.lowercased()
    if lower.contains(where: { "dmyhs".contains($0) }), !lower.hasPrefix("general") { return .day }
    guard let point = lower.firstIndex(of: "."), lower.contains("0") else { return .plain }
    let decimals = lower[point...].dropFirst().prefix { $0 == "0" }.count
    return decimals > 0 && !lower.contains("%") && !lower.contains("e") ? .decimals(decimals) : .plain
  }
}
