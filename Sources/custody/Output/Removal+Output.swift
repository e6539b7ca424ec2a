internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import Statements
internal import Storage
internal import TreeLog
internal import Workspace

extension ObjectRemoval.Done {
  /// For machines; `hidden` only where a bucket keeps something.
  var members: [(String, JSONOutput)] {
    var members: [(String, JSONOutput)] = [("removed", .strings(removed.map(\.hex)))]
    guard !hidden.isEmpty else { return members }
    members.append(
      (
        "hidden",
        .array(
          hidden.map { each in
            [
              "sha256": .string(each.object.hex), "until": .optional(each.until.map { "\($0)" }),
              "legalHold": .bool(each.isHeld),
            ]
          })
      ))
    return members
  }

  /// Says what is still there, and for how long.
  ///
  /// - Returns: `recorded` where the bytes of something are.
  func tell(_ console: Console) -> ExitStatus {
    guard !hidden.isEmpty else { return .success }
    let last = hidden.compactMap(\.until).max()
    let some = Wording.count(hidden.count, "object")
    let until = last.map { "through \($0)" } ?? "for as long as a legal hold is on \(hidden.count == 1 ? "it" : "them")"
    console.warn(
      "no reader sees \(some) any more, and the bucket has the bytes still: it keeps "
        + "\(hidden.count == 1 ? "it" : "them") \(until)")
    if hidden.contains(where: \.isHeld) {
      console.say(
        "a legal hold is on some: 'custody retention --apply' lifts those for which there is no hold any more")
    }
    if let last { console.say("from \(last.adding(days: 1)) on: custody redact --finish") }
    return .recorded
  }
}

/// Through which day a bucket keeps what somebody is about to redact.
struct BucketWait {
  /// What to say before it is done; nil where nothing is kept.
  let question: String?

  /// - Parameter overrides: Whether what is kept in the mode `governance` may go.
  init(_ objects: [Digest], _ store: OpenedStore, _ overrides: Bool) throws {
    guard let lock = try store.objectLock() else {
      question = nil
      return
    }
    let kept = try lock.look(objects.map { ObjectPath.path($0) }).compactMap(\.self)
    let bound = kept.filter { !overrides || $0.mode != .governance }.compactMap(\.until)
    let now = store.desk.clock.now().millisecondsSinceEpoch / 1000
    guard let last = bound.max(), last > now else {
      question = nil
      return
    }
    question =
      " The store's bucket keeps bytes through \(Day(lastBefore: last)), whatever is said: until then they are only hidden "
      + "from readers."
  }
}
