internal import Catalogs
internal import Findings
internal import Statements

/// What the names of some files, and of the folders that they lie in, say that they are about.
struct NameGuess {
  /// Files that speak of the same controls, in the order in which the first of them stands.
  private(set) var parts: [(controls: [String], sources: [ArtifactSource])] = []
  private let isExact: Bool

  private static let shown = 40

  /// - Throws: `usage` where the name of one of them says nothing.
  init(_ sources: [ArtifactSource], _ finder: ControlFinder) throws {
    let guesses = sources.map { ControlGuess($0.name, finder) }
    let silent = zip(sources, guesses).filter { $1.ids.isEmpty }.map { $0.0.title }
    guard silent.isEmpty else {
      let heard = Set(guesses.flatMap(\.ids)).sorted(by: ByteOrder.precedes)
      throw Failure(
        .usage,
        "no control is given"
          + (heard.isEmpty ? "" : ", and nothing in the name of \(FileGathering.some(silent)) says one"),
        hint: heard.isEmpty
          ? "say what it is about: --control ID; of what is about no control, such as a plan of the organisation, a function: "
            + "--control it-functions/governance"
          : "the other names speak of \(FileGathering.some(heard)): say which with --control ID, or use --list")
    }
    var places: [[String]: Int] = [:]
    for (source, guess) in zip(sources, guesses) {
      if let place = places[guess.ids] {
        parts[place].sources.append(source)
      } else {
        places[guess.ids] = parts.count
        parts.append((guess.ids, [source]))
      }
    }
    isExact = guesses.allSatisfy(\.isExact)
  }

  /// Whether the user says that it is so; a rehearsal asks nobody.
  func isConfirmed(at place: SigningPlace, isDryRun: Bool) throws -> Bool {
    let notices = place.desk.notices
    let said = parts.count == 1 ? FileGathering.some(parts[0].controls) : "what stands above"
    if parts.count > 1 {
      for part in parts.prefix(NameGuess.shown) {
        notices.say(
          "  \(part.controls.joined(separator: ", ")): \(FileGathering.some(part.sources.map(\.name), limit: 3))")
      }
      if parts.count > NameGuess.shown { notices.say("  and \(parts.count - NameGuess.shown) more") }
    }
    if isDryRun {
      notices.say(
        parts.count == 1 ? "the names say that it is about \(said)" : "the names say that they are about \(said)")
      return true
    }
    let refusal = Failure(
      .usage, "the names only seem to speak of \(said), which --yes does not take for granted",
      hint: "say it: --control \(parts[0].controls[0])" + (parts.count > 1 ? ", or use --list" : ""))
    let text =
      parts.count == 1
      ? "The names say that it is about \(said). Is it?" : "The names say that these are about \(said). Are they?"
    return try place.desk.consent.confirm(Question(text, refusingBlanketYes: isExact ? nil : refusal))
  }
}
