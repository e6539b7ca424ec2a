/// What the texts of a sheet's cells look like, each text looked at once: columns repeat the same few words, and every row
/// may be the one with the headings.
final class CellLooks {
  struct Look {
    let word: MatrixWord?
    /// A party, or a word for one of several; nobody else.
    let party: MatrixParties.Meaning?
    let hasLetters: Bool
    /// Whether it names several parties.
    let isJoined: Bool
    let holdsIDs: Bool
  }

  let scheme: LetterScheme
  let targets: MatrixTargets
  let parties: MatrixParties
  private var known: [String: Look] = [:]

  init(_ scheme: LetterScheme, _ targets: MatrixTargets, _ parties: MatrixParties) {
    self.scheme = scheme
    self.targets = targets
    self.parties = parties
  }

  func look(_ text: String) -> Look {
    if let look = known[text] { return look }
    let look = Look(
      word: MatrixWord(text), party: parties.meaning(text, asPerson: false),
      hasLetters: RACI.letters(text, scheme) != nil, isJoined: MatrixRow.joined(text, parties) != nil,
      holdsIDs: text.utf8.count <= 200 && targets.holdsIDs(text))
    known[text] = look
    return look
  }
}
