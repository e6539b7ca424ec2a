/// What a cell of a responsibility matrix says by a word or a letter that everybody uses.
enum MatrixWord: Hashable {
  /// Whose it is, where no name is written.
  enum Side: Hashable { case client, provider }

  case side(Side)
  case shared
  case inherited
  case notApplicable
  case yes
  case no
  case partial

  private static let table: [String: MatrixWord] = {
    let words: [(MatrixWord, [String])] = [
      (
        .side(.client),
        [
          "customer", "client", "osc", "osa", "organization", "organisation", "org", "covered entity", "consumer",
          "tenant", "customer agency", "agency", "oui", "user entity", "subscriber", "customer responsible",
          "provided by customer", "configured by customer", "customer managed", "in house", "inhouse", "internal",
          "organization seeking certification", "organization seeking assessment",
        ]
      ),
      (
        .side(.provider),
        [
          "provider", "service provider", "msp", "mssp", "csp", "esp", "vendor", "supplier", "contractor",
          "managed service provider", "cloud service provider", "external service provider", "business associate",
          "third party", "outsourced", "service organization", "it provider", "cloud provider",
          "service provider corporate", "service provider system specific",
        ]
      ),
      (.shared, ["shared", "hybrid", "both", "joint", "jointly", "co managed", "service provider hybrid", "share"]),
      (.inherited, ["inherited", "inherit", "fully inherited", "inheritable"]),
      (.notApplicable, ["n/a", "na", "n a", "not applicable", "none required", "not in scope", "out of scope"]),
      (
        .yes,
        [
          "x", "yes", "y", "true", "1", "\u{2713}", "\u{2714}", "\u{2611}", "\u{2612}", "\u{25cf}", "\u{2022}",
          "\u{221a}",
        ]
      ),
      (.no, ["no", "n", "false", "0", "-", "\u{2013}", "\u{2014}", "\u{2610}", "none"]),
      (.partial, ["partial", "partially", "partly"]),
    ]
    var table: [String: MatrixWord] = [:]
    for (word, texts) in words { for text in texts { table[text] = word } }
    return table
  }()

  /// - Returns: nil for any other text.
  init?(_ text: String) {
    let key = MatrixWord.folded(text)
    let short = key.hasSuffix("s") ? String(key.dropLast()) : key
    guard let word = MatrixWord.table[key] ?? MatrixWord.table[short] else { return nil }
    self = word
  }

  /// In lower case, hyphens and low lines as blanks, without what is said around it.
  static func folded(_ text: String) -> String {
    var words = text.lowercased().map { "_-\u{2010}\u{2011}".contains($0) && text.count > 1 ? " " : $0 }
      .split { $0.isWhitespace || $0 == ":" || $0 == "*" }.map { String($0) }
    while let last = words.last, words.count > 1, MatrixWord.filler.contains(last) { words.removeLast() }
    while let first = words.first, words.count > 1, ["the", "by", "fully"].contains(first) { words.removeFirst() }
    return words.joined(separator: " ")
  }

  /// What stands behind a party's name and says nothing more.
  private static let filler: Set<String> = [
    "responsibility", "responsibilities", "responsible", "owned", "only", "managed", "control",
  ]
}

/// The four letters of a responsibility matrix, and what people write for them.
enum RACI: Character, CaseIterable {
  case responsible = "R", accountable = "A", consulted = "C", informed = "I"

  /// In lower case, as headings, cells and legends have them.
  static let words: [String: RACI] = [
    "responsible": .responsible, "accountable": .accountable, "consulted": .consulted, "informed": .informed,
    "consult": .consulted, "inform": .informed, "support": .responsible, "supports": .responsible,
    "supporting": .responsible, "supportive": .responsible, "driver": .responsible, "drivers": .responsible,
    "approver": .accountable, "approvers": .accountable, "contributor": .consulted, "contributors": .consulted,
  ]

  /// `A/R`, `R, A`, `AR`, `r`, `Responsible & Accountable`.
  ///
  /// - Returns: nil for a text that holds anything else; none where it says that somebody has no part.
  static func letters(_ text: String, _ scheme: LetterScheme = .raci) -> [RACI]? {
    var found: [RACI] = []
    let parts = text.split { $0.isWhitespace || "/,;&+|()*.-".contains($0) }.map { $0.lowercased() }
      .filter { $0 != "and" }
    guard !parts.isEmpty else { return nil }
    for part in parts {
      if let word = scheme.meaning(ofWord: part) {
        found.append(word)
      } else if part.count <= 4 {
        for letter in part.uppercased() {
          guard let meant = scheme.meaning(letter) else { return nil }
          found += meant
        }
      } else {
        return nil
      }
    }
    var seen: Set<RACI> = []
    return found.filter { seen.insert($0).inserted }
  }
}
