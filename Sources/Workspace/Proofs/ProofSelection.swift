package import Crypto
internal import Findings
internal import Index
internal import Ownership
internal import TreeLog

/// What is to be proven: entries, and which of the artifacts that they bring.
package struct ProofSelection {
  /// In log order.
  package let entries: [Int]
  /// The artifacts that are wanted; nil for all that the entries bring.
  package let objects: Set<Digest>?
  /// Those of the entries all of whose artifacts are redacted: what they brought shows nothing any more.
  package let redacted: [Int]
  /// What was chosen, for people: a clause.
  package let reason: String

  /// Some entries, with all that they bring.
  package init(entries: [Int]) {
    self.entries = Set(entries).sorted()
    objects = nil
    redacted = []
    reason = "\(entries.count == 1 ? "entry" : "entries") \(Wording.list(self.entries.map(String.init)))"
  }

  /// Reads an entry's number, a statement's id, an object's digest, or a control.
  ///
  /// Of an object, every statement that brings it and is not replaced is chosen, or all that bring it where each is; of a
  /// control, all evidence on it that is not replaced.
  package init(_ text: String, _ store: OpenedStore) throws {
    switch try ProofSelection.resolve(text, store) {
    case .entry(let number)?: self.init(entries: [number])
    case .object(let digest)?: try self.init(object: digest, store)
    case .checkpoint?:
      throw Failure(
        .usage, "a checkpoint is its own proof", hint: "'custody checkpoint' prints it, signed as it is")
    case nil: try self.init(control: text, store)
    }
  }

  /// nil where the text is no reference, and may be a control.
  private static func resolve(_ text: String, _ store: OpenedStore) throws -> StoreReference? {
    do {
      return try StoreReference.resolve(text, store)
    } catch let error as Failure where error.code == .usage {
      let choice = ControlChoice(store)
      if choice.knows(text) { return nil }
      throw try choice.unadopted(text) ?? error
    }
  }

  private init(object digest: Digest, _ store: OpenedStore) throws {
    let uses = try store.index.objectUses(digest, upTo: store.checkpoint.size)
    let current = uses.filter { !$0.isReplaced }
    entries = Set((current.isEmpty ? uses : current).map(\.entry)).sorted()
    guard !entries.isEmpty else {
      throw Failure(
        .inputMissing, "no entry brings the object \(digest.short)", hint: "'custody log' lists the entries")
    }
    objects = [digest]
    redacted = []
    let kind = uses.count > entries.count ? " whose statements are not replaced" : ""
    reason = "the object \(digest.short) in \(entries.count == 1 ? "the entry" : "the \(entries.count) entries")\(kind)"
  }

  private init(control text: String, _ store: OpenedStore) throws {
    let ids = try ControlSelection.ids(text, store)
    let records = try store.index.evidence(forControls: ids).filter {
      try $0.entry < store.checkpoint.size && !store.index.isReplaced($0.statement)
    }
    entries = Set(records.map(\.entry)).sorted()
    guard !entries.isEmpty else {
      throw Failure(
        .inputMissing, "there is no evidence on '\(text)' that could be proven",
        hint: "'custody report gaps' says what is missing")
    }
    objects = nil
    let day = store.state.redactedObjects.values.max()
    redacted =
      try day.map { day in
        try records.filter { try $0.isRedacted(store.state.redactedObjects, on: day, library: store.library) }
      }.map { Set($0.map(\.entry)).sorted() } ?? []
    reason = "all current evidence on '\(text)', \(Wording.entries(entries.count))" + ProofSelection.gone(redacted)
  }
  /// Says of which entries nothing is left but what they say.
  private static func gone(_ redacted: [Int]) -> String {
    guard !redacted.isEmpty else { return "" }
    let shown = redacted.prefix(20).map(String.init)
    let names = Wording.list(redacted.count > 20 ? shown + ["\(redacted.count - 20) more"] : shown)
    return redacted.count == 1
      ? ", of which entry \(names) shows nothing any more: all that it brought is redacted"
      : ", of which entries \(names) show nothing any more: all that they brought is redacted"
  }
}
