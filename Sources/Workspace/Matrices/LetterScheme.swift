internal import Spreadsheets

/// The letters that a matrix is written in, each read as one of RACI's four; a store keeps no others.
///
/// RASCI's S, who supports the work, is read as responsible and needs no scheme of its own.
enum LetterScheme: String, CaseIterable {
  case raci = "RACI"
  /// Verifies and signs off.
  case signing = "RACI-VS"
  /// Out of the loop, or omitted.
  case omitting = "RACIO"
  /// Driver, approver, contributor, informed.
  case daci = "DACI"
  /// Recommend, agree, perform, input, decide.
  case rapid = "RAPID"

  /// What a letter, in upper case, stands for: none for one that says that somebody has no part.
  ///
  /// - Returns: nil for a letter that is none of the scheme's.
  func meaning(_ letter: Character) -> [RACI]? {
    switch (self, letter) {
    case (.daci, "D"): [.responsible]
    case (.daci, "R"), (.daci, "S"): nil
    case (.rapid, "D"): [.accountable]
    case (.rapid, "P"): [.responsible]
    case (.rapid, "R"), (.rapid, "A"), (.rapid, "I"): [.consulted]
    case (.rapid, "C"), (.rapid, "S"): nil
    case (.signing, "V"), (.signing, "S"): [.consulted]
    case (.omitting, "O"): []
    case (.raci, "S"), (.omitting, "S"): [.responsible]
    default: RACI(rawValue: letter).map { [$0] }
    }
  }

  /// What a word in a cell or a legend stands for, in lower case.
  func meaning(ofWord word: String) -> RACI? {
    switch self {
    case .rapid: LetterScheme.rapidWords[word] ?? RACI.words[word]
    case .signing: LetterScheme.signingWords[word] ?? RACI.words[word]
    case .raci, .omitting, .daci: RACI.words[word]
    }
  }

  private static let rapidWords: [String: RACI] = [
    "decide": .accountable, "decides": .accountable, "decider": .accountable, "perform": .responsible,
    "performs": .responsible, "performer": .responsible, "recommend": .consulted, "recommends": .consulted,
    "agree": .consulted, "agrees": .consulted, "input": .consulted,
  ]
  private static let signingWords: [String: RACI] = [
    "verify": .consulted, "verifies": .consulted, "verifier": .consulted, "signatory": .consulted,
    "signs": .consulted, "sign": .consulted,
  ]

  /// What a reader is told where it is none of the usual four.
  var remark: String? {
    switch self {
    case .raci: nil
    case .signing: "the letters are read as RACI-VS: V and S, who verify and sign off, are consulted"
    case .omitting: "the letters are read as RACIO: O says that somebody has no part"
    case .daci: "the letters are read as DACI: D, who drives it, is responsible; A, who approves it, accountable"
    case .rapid:
      "the letters are read as RAPID: D, who decides, is accountable; P, who performs it, responsible; R, A and I are "
        + "consulted"
    }
  }

  /// The scheme of a sheet: the one that it names, else the one whose letters it uses.
  ///
  /// RAPID's A and RACI's A are opposites, so a sheet counts as RAPID only where both of its own letters, D and P, stand in
  /// it; as DACI where D stands beside A and no R does.
  static func find(in sheet: Sheet) -> LetterScheme {
    var letters: Set<Character> = []
    var words: Set<Substring> = []
    let named: [Substring: LetterScheme] = [
      "raci-vs": .signing, "racivs": .signing, "racio": .omitting, "daci": .daci, "rapid": .rapid,
    ]
    words.formUnion(sheet.name.lowercased().split { !$0.isLetter && $0 != "-" })
    for cell in sheet.rows.lazy.flatMap(\.cells) {
      guard let text = cell?.text, text.utf8.count <= 200 else { continue }
      let parts = text.split { $0.isWhitespace || "/,;&+|().".contains($0) }
      if parts.allSatisfy({ $0.count == 1 }) { letters.formUnion(parts.flatMap { $0.uppercased() }) }
      // `Rapid response` is no scheme: a name of one stands in capitals, or alone.
      for part in parts {
        let lower = part.lowercased()[...]
        if named[lower] == nil || part.contains(where: \.isUppercase) && part == part.uppercased()[...]
          || parts.count == 1
        {
          words.insert(lower)
        }
      }
    }
    for (name, scheme) in named where words.contains(name) { return scheme }
    if letters.isSuperset(of: ["D", "P"]), !letters.isDisjoint(with: ["R", "A", "I"]) { return .rapid }
    if letters.isSuperset(of: ["D", "A"]), letters.isDisjoint(with: ["R", "P"]) { return .daci }
    if letters.isSuperset(of: ["R", "A", "V"]) { return .signing }
    if letters.isSuperset(of: ["R", "A", "O"]) { return .omitting }
    return .raci
  }
}
