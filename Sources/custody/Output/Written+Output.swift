internal import CommandLine
internal import Crypto
internal import Rendering
internal import Statements
internal import TreeLog
internal import Workspace

extension Writing.Written {
  /// `entry 12`, `entries 12 to 14`, `the offer 'x'`.
  var place: String {
    if let offer { return "the offer '\(offer)'" }
    guard let first = entries.first, let last = entries.last else { return "no entry" }
    return first == last ? "entry \(first)" : "entries \(first) to \(last)"
  }

  /// Says what was written, and where.
  func tell(_ what: String, _ global: GlobalArguments, _ console: Console, _ more: [(String, JSONOutput)] = []) throws {
    if global.format == .json {
      var members: [(String, JSONOutput)] = [
        ("checkpoint", CheckpointOutput.json(checkpoint)), ("entries", .array(entries.map { .integer($0) })),
        ("statements", .array(statements.map { .string($0.id.hex) })),
      ]
      if let offer { members.append(("offer", .string(offer))) }
      if isDryRun { members.append(("dryRun", true)) }
      try console.print(.object(members + more))
      return
    }
    guard offer != nil || !entries.isEmpty else { return try console.print(wrapped: what) }
    let verb = isDryRun ? "would become " : offer == nil ? "" : "in "
    try console.print(wrapped: "\(what): \(verb)\(place)")
    if let offer, !isDryRun {
      OfferAdvice.tell(offer, console)
    }
  }
}

/// What becomes of an offer that was written.
enum OfferAdvice {
  static func tell(_ offer: String, _ console: Console) {
    if StoreLocation.isInInbox(offer) {
      console.say("it waits in the store's inbox: whoever appends takes it in with their next command that does")
    } else {
      console.say(
        "send '\(offer)' to whoever keeps the store, who takes it in: custody append \(ShellWord.quoted(offer))")
    }
  }
}

/// A checkpoint, as results show it.
enum CheckpointOutput {
  static func json(_ checkpoint: Checkpoint) -> JSONOutput {
    .object([
      ("origin", .string(checkpoint.origin)), ("size", .integer(checkpoint.size)),
      ("root", .string(checkpoint.root.hex)),
    ])
  }
}
