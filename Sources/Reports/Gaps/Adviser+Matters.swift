package import Catalogs
internal import Ownership
internal import Rendering
internal import Findings

/// What to say of frameworks, people and keys.
extension Adviser {
  /// What to say of a framework whose catalog cannot be read.
  package func unreadable(_ framework: String) -> Advice {
    Advice(
      reason: "the catalog of '\(framework)' cannot be read, so that nobody can say who owns its controls",
      remedy: "see which object is missing or damaged, and restore it from a copy",
      actors: [actor(state.client, "custody verify")])
  }

  /// What to say of a control that is others under another name, in a framework that is not adopted.
  package func notAdopted(_ control: Control, missing: [String]) -> Advice {
    Advice(
      reason: "this is another framework's control under another name, and \(Wording.list(missing.map { "'\($0)'" })) "
        + "is not adopted",
      remedy: "adopt it",
      actors: missing.map { actor(state.client, "custody framework adopt \(ShellWord.quoted($0))", signs: true) })
  }

  /// What to say of one person who does most of what a party answers for.
  package func singlePoint(person: String, party: String, count: Int, total: Int) -> Advice {
    Advice(
      reason:
        "\(person) is responsible for \(count) of the \(Wording.count(total, "control")) that \(party) answers for",
      remedy: "name a second person in the agreement's lines", actors: [agreement(nil, by: party)])
  }

  /// What to say of a party whose first key the reader has not confirmed.
  package func unconfirmed(party: String, fingerprint: String) -> Advice {
    Advice(
      reason: "\(state.client) brought the first key of \(party), and you have not confirmed that it is theirs",
      remedy: "compare the key id with the one that \(party) reads to you by telephone",
      actors: [actor(state.client, "custody party confirm \(ShellWord.quoted(party)) \(fingerprint)")])
  }
}
