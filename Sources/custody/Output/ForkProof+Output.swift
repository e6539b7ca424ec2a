internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import TreeLog

extension ForkProof {
  /// Says what a fork proof shows.
  ///
  /// That two keys signed one tree each shows a fork only where both may append: anybody can make a key, and sign a tree of
  /// their own with it. A key that signed both is convicted whosever it is.
  ///
  /// - Parameters:
  ///   - keys: Those that the reader was told.
  ///   - remembered: Those that may append to the log, as the reader has seen it.
  /// - Returns: Whether it convicts a key, or shows that the log forked.
  func tell(
    told keys: [NoteKey], remembered: [NoteKey], as format: OutputFormat, _ console: Console
  ) throws -> Bool {
    let verdict = verdict(told: keys.isEmpty ? nil : keys)
    let isConvicting = if case .convicts = verdict { true } else { false }
    let holds = isConvicting || isFork(verdict, entitled: keys + remembered)
    if format == .json {
      try console.print(json(verdict, told: keys, holds: holds))
      return holds
    }
    try console.print(wrapped: headline(verdict, isShown: holds), style: holds ? .green : .red)
    var lines = DetailLines()
    lines.add("log", earlier.origin)
    for checkpoint in [earlier, later] {
      lines.add("tree", "\(Wording.entries(checkpoint.size)), root \(checkpoint.root.hex)")
    }
    if let otherRoot {
      lines.add("other root", "the larger tree has at \(earlier.size) the root \(otherRoot.hex)")
    }
    switch verdict {
    case .convicts(let guilty): for key in guilty { lines.add("signed both", key.text) }
    case .divided(let first, let second):
      // Of two trees of one size the root says which.
      func tree(_ checkpoint: UnverifiedCheckpoint) -> String {
        earlier.size == later.size ? "signed \(checkpoint.root.short)" : "signed \(checkpoint.size)"
      }
      for key in first { lines.add(tree(earlier), key.text) }
      for key in second { lines.add(tree(later), key.text) }
    case .nothing: break
    }
    try lines.print(to: console)
    if keys.isEmpty, isConvicting {
      try console.print(
        wrapped:
          "The keys came in this file: compare them with what their holders told you, or give --key. Whose a key is, "
          + "this file does not say.")
    }
    if case .divided = verdict, !holds {
      try console.print(
        wrapped:
          "Anybody can make a key and sign a tree of their own: have it told to you apart whose these keys are, and that both may "
          + "append to this log, and give each with --key.")
    }
    return holds
  }

  /// Whether two keys that may append signed one tree each.
  private func isFork(_ verdict: Verdict, entitled keys: [NoteKey]) -> Bool {
    guard case .divided(let first, let second) = verdict else { return false }
    return first.contains { keys.contains($0) } && second.contains { keys.contains($0) }
  }

  private func headline(_ verdict: Verdict, isShown: Bool) -> String {
    switch verdict {
    case .convicts(let keys):
      "whoever holds \(keys.count == 1 ? "this key" : "these keys") signed two trees of '\(earlier.origin)', of which "
        + "neither extends the other"
    case .divided where isShown:
      "the log '\(earlier.origin)' forked: two keys that may append to it, as you know, signed one tree each, and neither "
        + "extends the other; whose tree is the log, this file does not say"
    case .divided:
      "the log '\(earlier.origin)' forked: two keys signed one tree each, and neither extends the other; it convicts "
        + "neither of the two alone"
    case .nothing(let reason): "this shows nothing against anybody: \(reason)"
    }
  }

  private func json(_ verdict: Verdict, told keys: [NoteKey], holds: Bool) -> JSONOutput {
    func signers(_ checkpoint: UnverifiedCheckpoint) -> JSONOutput {
      .strings(ForkProof.signers(of: checkpoint, among: keys.isEmpty ? self.keys : keys).map(\.text))
    }
    let (word, guilty, reason): (String, [NoteKey], String?) =
      switch verdict {
      case .convicts(let keys): ("convicts", keys, nil)
      case .divided: ("divided", [], nil)
      case .nothing(let reason): ("nothing", [], reason)
      }
    return .object([
      ("kind", "fork"), ("holds", .bool(holds)), ("verdict", .string(word)), ("reason", .optional(reason)),
      ("convicted", .strings(guilty.map(\.text))), ("keysTold", .bool(!keys.isEmpty)),
      ("earlier", .object([("checkpoint", CheckpointOutput.json(earlier.tree)), ("signers", signers(earlier))])),
      ("later", .object([("checkpoint", CheckpointOutput.json(later.tree)), ("signers", signers(later))])),
      ("otherRoot", .optional(otherRoot?.hex)), ("keys", .strings(self.keys.map(\.text))),
    ])
  }
}
