internal import CommandLine
internal import Findings
internal import Rendering
internal import Workspace

/// What waits in the inbox goes into the log with every append: after a command's own entries, as a step of its own that
/// changes nothing of how the command went.
enum InboxSweep {
  /// Commands that empty the inbox themselves, or whose store is another than the one at hand.
  private static let others: Set<String> = [
    "custody append", "custody init", "custody pull", "custody trust reset", "custody cosign", "custody copy",
  ]

  static func run(_ path: String, _ global: GlobalArguments, _ console: Console) {
    guard !others.contains(path) else { return }
    let recorded = console.recorded
    defer { console.recorded = recorded }
    do {
      // Nearly always nothing waits: then a command costs no second look at the store.
      defer { if let line = try? InboxStrangers.line(global.store) { console.say("inbox: \(line)") } }
      guard try StoreLocation.hasWaiting(global.store) else { return }
      let store = try OpenedStore.open(global, console)
      let emptied = try store.desk.emptyInbox(of: store, witnesses: [], WriteOptions())
      for line in lines(emptied, isDryRun: false) { console.say("inbox: \(line)") }
    } catch {
      console.warn("what waits in the inbox stays there: \(Failure(describing: error).message)")
    }
  }

  /// What became of files that waited, a line each statement, and one for each file that was put aside.
  static func lines(_ emptied: EmptiedInbox, isDryRun: Bool) -> [String] {
    emptied.taken.taken.map { $0.line(isDryRun: isDryRun) }
      + emptied.files.sorted { $0.key < $1.key }.compactMap { file, outcome in
        switch outcome {
        case .taken: nil
        case .duplicate: "'\(file)' is removed: the log has it"
        case .refused:
          emptied.aside[file].map { "'\(file)' is put aside: '\($0)', and why in '\($0)\(EmptiedInbox.reason)'" }
            ?? "'\(file)' is put aside in inbox/refused, with the reason beside it"
        case .left: "'\(file)' stays: it may still be on its way; the next append looks at it again"
        }
      }
  }
}
