internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import TreeLog

extension ForkProof {
  /// Says what a fork proof shows.
  ///
  /// - Returns: Whether it convicts a key.
  func tell(told keys: [NoteKey], as format: OutputFormat, _ console: Console) throws -> Bool {
    let verdict = verdict(told: keys.isEmpty ? nil : keys)
    let isConvicting = if case .convicts = verdict { true } else { false }
    if format == .json {
      try console.print(json(verdict, told: keys))
      return isConvicting
    }
    try console.print(wrapped: headline(verdict), style: isConvicting ? .green : .red)
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
      for key in first { lines.add("signed \(earlier.size)", key.text) }
      for key in second { lines.add("signed \(later.size)", key.text) }
    case .nothing: break
    }
    try lines.print(to: console)
    if keys.isEmpty, isConvicting {
      try console.print(
        wrapped:
          "The keys came in this file: compare them with what their holders told you, or give --key. Whose a key is, "
          + "this file does not say.")
    }
    return isConvicting
  }

  private func headline(_ verdict: Verdict) -> String {
    switch verdict {
    case .convicts(let keys):
      "whoever holds \(keys.count == 1 ? "this key" : "these keys") signed two trees of '\(earlier.origin)', of which "
        + "neither extends the other"
    case .divided:
      "the log '\(earlier.origin)' forked: two keys signed one tree each, and neither extends the other; it convicts "
        + "neither of the two alone"
    case .nothing(let reason): "this shows nothing against anybody: \(reason)"
    }
  }

  private func json(_ verdict: Verdict, told keys: [NoteKey]) -> JSONOutput {
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
      ("kind", "fork"), ("holds", .bool(!guilty.isEmpty)), ("verdict", .string(word)), ("reason", .optional(reason)),
      ("convicted", .strings(guilty.map(\.text))), ("keysTold", .bool(!keys.isEmpty)),
      ("earlier", .object([("checkpoint", CheckpointOutput.json(earlier.tree)), ("signers", signers(earlier))])),
      ("later", .object([("checkpoint", CheckpointOutput.json(later.tree)), ("signers", signers(later))])),
      ("otherRoot", .optional(otherRoot?.hex)), ("keys", .strings(self.keys.map(\.text))),
    ])
  }
}
