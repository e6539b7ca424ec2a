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
    try emptyInbox(of: store, as: person, witnesses: [], write)
  }

  /// The same, with keys of witnesses that the log does not know.
  package func emptyInbox(
    of store: OpenedStore, as person: String? = nil, witnesses: [NoteKey], _ write: WriteOptions
  ) throws -> (taken: TakenOffers, files: [String: InboxOutcome]) {
    let files = waiting(in: store)
    guard !files.isEmpty else { return (TakenOffers(taken: [], checkpoint: store.checkpoint), [:]) }
    let inbox = Inbox(folder: InboxFolder(store.layout), now: clock.now().millisecondsSinceEpoch / 1000)
    let marks = files.map { inbox.folder.mark(of: StoreLayout.name($0)) }
    let taken = try append(files, to: store, as: person, witnesses: witnesses, isInbox: true, write)
    guard !write.isDryRun else { return (taken, [:]) }
    var outcomes: [String: InboxOutcome] = [:]
    let parts = Dictionary(grouping: taken.taken, by: \.file)
    for (file, mark) in zip(files, marks) { outcomes[file] = try inbox.settle(file, mark, parts[file] ?? []) }
    return (taken, outcomes)
  }
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

  func settle(_ file: String, _ mark: InboxFolder.Mark?, _ parts: [TakenOffer]) throws -> InboxOutcome {
    let name = StoreLayout.name(file)
    let refusals = parts.filter { $0.refusal != nil && $0.duplicateOf == nil }
    if refusals.isEmpty, !parts.isEmpty {
      guard try folder.remove(name, mark) else { return .left }
      return parts.contains { $0.entry != nil } ? .taken : .duplicate
    }
    // Of an offer that is being written the end is missing, where its objects are.
    let isCutShort = refusals.contains { part in
      part.statement == nil || part.refusal?.code == .inputMissing || part.refusal?.hint == OfferedObjects.damaged
    }
    if isCutShort, let age = folder.age(of: name, now: now), age < Inbox.patience { return .left }
    try folder.refuse(name, because: parts.map(Inbox.line).joined(separator: "\n"))
    return .refused
  }

  private static func line(_ part: TakenOffer) -> String {
    let what = (part.type ?? "what it holds") + (part.signer.map { " of \($0)" } ?? "")
    if let entry = part.entry { return "\(what): entry \(entry)" }
    if let entry = part.duplicateOf { return "\(what): in the log already, as entry \(entry)" }
    guard let refusal = part.refusal else { return what }
    return "\(what): refused: \(refusal.message)" + (refusal.hint.map { "; \($0)" } ?? "")
  }
}
