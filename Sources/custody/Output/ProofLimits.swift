internal import CommandLine

/// What a proof does not show, however well it holds: said with each, so that nobody takes it for more.
enum ProofLimits {
  /// - Parameters:
  ///   - compared: Parties whose first key was told apart.
  ///   - isKeyTold: Whether a key that was told apart has signed the tree.
  ///   - witnesses: Who else has signed the tree.
  static func sentences(compared: [String], isKeyTold: Bool, witnesses: [String]) -> [String] {
    let seen =
      witnesses.isEmpty
      ? "nobody else whose key is known here has signed this tree"
      : "\(witnesses.joined(separator: ", ")) had seen the tree when they cosigned it"
    let keys =
      compared.isEmpty && isKeyTold
      ? "that the keys are those of the persons named, but for the keys that you gave"
      : compared.isEmpty
        ? "that the keys are those of the persons named: nobody has compared them"
        : "that the keys are those of the persons named, but for the first of \(compared.joined(separator: ", ")), which "
          + "you were told, and what rests on it"
    return [
      "that an entry counts: that its signer was entitled then, and that it was not replaced, revoked or redacted later; "
        + "that takes the log, and 'custody verify'",
      "when it was recorded: the time is the word of whoever appended it; \(seen)",
      "that the log is complete, or that nobody was shown another one", "that what is said and shown is true", keys,
    ]
  }

  static func print(_ sentences: [String], to console: Console) throws {
    try console.print()
    try console.print("not proven:")
    for sentence in sentences { try console.print(wrapped: sentence, after: "- ") }
  }
}
