internal import Catalogs

/// Finds the IT function that a statement of work's words speak of: `Backup & restore testing` is `backup-recovery`.
///
/// A function is meant where all the telling words of its id, its title or one of its phrases stand in the text; of
/// several functions, the one of which the most words do. Where two have as many, nobody can say.
struct FunctionPhrases {
  enum Match: Equatable {
    case domain(String, by: String)
    case several([String])
  }

  private struct Phrase {
    let domain: String
    let text: String
    let words: Set<String>
    /// Of these alone, without what every service is called.
    let telling: Set<String>
  }

  private let phrases: [Phrase]

  /// - Parameter catalog: That of the functions.
  init(_ catalog: Catalog?) {
    var phrases: [Phrase] = []
    for control in catalog?.controls ?? [] {
      let domain = control.id.local
      var texts = [domain.replacing("-", with: " "), control.title]
      texts += control.properties.filter { $0.name == "statement-of-work-phrase" }.map(\.value)
      for text in texts {
        let words = FunctionPhrases.words(text)
        let telling = words.subtracting(FunctionPhrases.generic)
        phrases.append(Phrase(domain: domain, text: text, words: words, telling: telling.isEmpty ? words : telling))
      }
    }
    self.phrases = phrases
  }

  /// - Returns: nil for what no function is known by.
  func match(_ text: String) -> Match? {
    let words = FunctionPhrases.words(text)
    guard !words.isEmpty else { return nil }
    var best: [String: (score: Int, text: String)] = [:]
    for phrase in phrases {
      let isWhole = phrase.words.isSubset(of: words)
      guard isWhole || phrase.telling.isSubset(of: words) else { continue }
      // The very words weigh more than the telling ones alone; nothing but them the most.
      let score = phrase.telling.count * 4 + (isWhole ? 2 : 0) + (phrase.words == words ? 3 : 0)
      if score > best[phrase.domain]?.score ?? 0 { best[phrase.domain] = (score, phrase.text) }
    }
    guard let most = best.values.map(\.score).max() else { return nil }
    let winners = best.filter { $0.value.score == most }
    if winners.count == 1, let winner = winners.first { return .domain(winner.key, by: winner.value.text) }
    return .several(winners.keys.sorted())
  }

  /// What every service is called.
  private static let generic = Set(
    [
      "management", "managed", "administration", "service", "support", "program", "process", "solution", "policy",
      "security", "it", "system", "operation", "plan", "planning", "activity", "general",
    ].map(stem))

  private static let joining: Set<String> = [
    "and", "of", "the", "for", "a", "an", "to", "in", "on", "or", "as", "with",
  ]

  private static func words(_ text: String) -> Set<String> {
    Set(
      text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).filter { !joining.contains($0) }
        .map(stem))
  }

  /// A word without its ending: `patches`, `patching` and `patch` are one.
  private static func stem(_ word: String) -> String {
    for ending in ["ing", "es", "ed", "s"] where word.hasSuffix(ending) && word.count - ending.count >= 4 {
      return String(word.dropLast(ending.count))
    }
    return word
  }
}
