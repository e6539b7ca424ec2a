package import Crypto
internal import Findings
internal import Statements
internal import Storage

/// What became of a file that waited in the inbox.
public enum InboxOutcome: Sendable, Equatable {
  /// All of it is in the log, and the file is gone.
  case taken
  /// It was in the log before, and the file is gone.
  case duplicate
  /// It was put aside, with the reason beside it.
  case refused
  /// It may still be on its way into the folder, and waits.
  case left
}

extension Desk {
  /// The files that wait in a store's inbox, as paths, in byte order.
  package func waiting(in store: OpenedStore) -> [String] {
    let inbox = InboxFolder(store.layout)
    return inbox.names().prefix(Inbox.limit).map { inbox.path($0) }
  }

  /// Empties a store's inbox: what may go into the log does, and what may not is put aside.
  ///
  /// - Returns: What became of each statement, and of each file by its path.
  public func emptyInbox(
    of store: OpenedStore, as person: String? = nil, _ write: WriteOptions = WriteOptions()
  ) throws -> (taken: TakenOffers, files: [String: InboxOutcome]) {
    let emptied = try emptyInbox(of: store, as: person, witnesses: [], write)
    return (emptied.taken, emptied.files)
  }

  /// The same, with keys of witnesses that the log does not know.
  package func emptyInbox(
    of store: OpenedStore, as person: String? = nil, witnesses: [NoteKey], _ write: WriteOptions
  ) throws -> EmptiedInbox {
    let files = waiting(in: store)
    guard !files.isEmpty else {
      return EmptiedInbox(taken: TakenOffers(taken: [], checkpoint: store.checkpoint))
    }
    let inbox = Inbox(folder: InboxFolder(store.layout), now: clock.now().millisecondsSinceEpoch / 1000)
    let marks = files.map { inbox.folder.mark(of: StoreLayout.name($0)) }
    let taken = try append(files, to: store, as: person, witnesses: witnesses, isInbox: true, write)
    var emptied = EmptiedInbox(taken: taken)
    guard !write.isDryRun else { return emptied }
    let parts = Dictionary(grouping: taken.taken, by: \.file)
    for (file, mark) in zip(files, marks) {
      let (outcome, place) = try inbox.settle(file, mark, parts[file] ?? [])
      emptied.files[file] = outcome
      emptied.aside[file] = place
    }
    return emptied
  }
}

/// What lies in an inbox that is no file: it is told, and nothing else is done with it.
package enum InboxStrangers {
  /// One line; nil where nothing such lies there.
  ///
  /// - Parameter named: The store's folder; nil for the nearest.
  package static func line(_ named: String?) throws -> String? {
    let names = InboxFolder(try StoreLocation.find(named)).others()
    guard !names.isEmpty else { return nil }
    let shown = names.prefix(3).map { "'\($0)'" } + (names.count > 3 ? ["\(names.count - 3) more"] : [])
    let stays = names.count == 1 ? "is no file, and stays where it is" : "are no files, and stay where they are"
    return
      "\(Wording.list(shown)) \(stays): no link is followed there and no folder looked into, so put the offers themselves "
      + "into the inbox"
  }
}

/// What became of what waited in an inbox.
package struct EmptiedInbox {
  /// Of each statement.
  package let taken: TakenOffers
  /// Of each file, by its path.
  package var files: [String: InboxOutcome] = [:]
  /// Where each lies now that was put aside, from the store's folder on; the reason lies beside it.
  package var aside: [String: String] = [:]

  /// What the name of the file with the reason ends in.
  package static let reason = InboxFolder.reason

  package init(taken: TakenOffers) { self.taken = taken }
}

/// What is done with files once it is known what became of them.
private struct Inbox {
  let folder: InboxFolder
  /// In seconds since 1970.
  let now: Int

  /// So many files are taken at a time; the others at the next.
  static let limit = 1000
  /// A file that cannot be read to its end, and that was written to so many seconds ago, may still be on its way.
  static let patience = 60

  /// - Returns: What became of it, and where it lies now that it was put aside.
  func settle(
    _ file: String, _ mark: InboxFolder.Mark?, _ parts: [TakenOffer]
  ) throws -> (InboxOutcome, aside: String?) {
    let name = StoreLayout.name(file)
    let refusals = parts.filter { $0.refusal != nil && $0.duplicateOf == nil }
    if refusals.isEmpty, !parts.isEmpty {
      guard try folder.remove(name, mark) else { return (.left, nil) }
      return (parts.contains { $0.entry != nil } ? .taken : .duplicate, nil)
    }
    // Of an offer that is being written the end is missing, where its objects are.
    let isCutShort = refusals.contains { part in
      part.statement == nil || part.refusal?.code == .inputMissing || part.refusal?.hint == OfferedObjects.damaged
    }
    if isCutShort, let age = folder.age(of: name, now: now), age < Inbox.patience { return (.left, nil) }
    return (.refused, try folder.refuse(name, because: parts.map(Inbox.line).joined(separator: "\n")))
  }

  private static func line(_ part: TakenOffer) -> String {
    let what = (part.type ?? "what it holds") + (part.signer.map { " of \($0)" } ?? "")
    if let entry = part.entry { return "\(what): entry \(entry)" }
    if let entry = part.duplicateOf { return "\(what): in the log already, as entry \(entry)" }
    guard let refusal = part.refusal else { return what }
    return "\(what): refused: \(refusal.message)" + (refusal.hint.map { "; \($0)" } ?? "")
  }
}
