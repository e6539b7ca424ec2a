internal import Findings
internal import Ownership
package import Statements

/// Keeps a hand-over list as evidence, so that what it lists is owed from then on.
package struct HandoverKeeping {
  package let engagement: String
  /// The first day not covered.
  package let on: Day
  package let list: HandoverList
  private let control: String

  /// What the list's object is called.
  package static let name = "hand-over.tsv"

  /// - Parameter store: nil far from it.
  /// - Returns: nil where there is nothing to hand over.
  /// - Throws: `malformedInput` where no control is adopted that its entry could name.
  package init?(_ engagement: String, on: Day, _ list: HandoverList, in store: OpenedStore?) throws {
    guard !list.items.isEmpty else { return nil }
    self.engagement = engagement
    self.on = on
    self.list = list
    control = try store?.handoverControl() ?? HandoverKeeping.control
  }

  /// What a list is evidence for wherever the functions of IT are adopted.
  private static let control = "it-functions/vendor-management"

  /// Reads a list that somebody wrote or changed.
  ///
  /// - Throws: `malformedInput` with the line where it is none, or where it names a party that there is not.
  package static func list(in path: String, _ store: OpenedStore?) throws -> HandoverList {
    let list: HandoverList
    do {
      list = try HandoverList(parsing: InputFile.read(path, limit: HandoverList.sizeLimit))
    } catch let error as HandoverList.SyntaxError {
      throw Failure(
        .malformedInput, "'\(path)' is not a hand-over list: \(error)",
        hint: "'custody engagement handover ID --dry-run --output list.tsv' writes one to begin with")
    }
    if let store, let item = list.items.first(where: { store.state.membership.party($0.party) == nil }) {
      throw Failure(.malformedInput, "'\(path)' names the party '\(item.party)', and there is none of that id")
    }
    return list
  }

  /// The statement that brings it.
  package func draft(_ sink: Writing.ObjectSink) throws -> Draft {
    var evidence = Evidence(controls: [control])
    evidence.label = HandoverLabel.list(engagement)
    evidence.query = HandoverDay.query(on)
    evidence.count = list.items.count
    evidence.description = "Hand-over list of '\(engagement)', which covers nothing from \(on) on"
    let subject = try sink.keep(list.bytes, name: HandoverKeeping.name, mediaType: MediaType.handover)
    return Draft(predicate: .evidence(evidence), subjects: [subject])
  }

  /// Keeps it by itself.
  package func perform(at place: SigningPlace, _ write: WriteOptions) throws -> Writing.Written {
    try Writing.perform(at: place, write) { sink, signed in signed.isEmpty ? try draft(sink) : nil }
  }
}

extension EndPreview {
  /// Signs the end, and keeps what has to be handed over in the same append.
  ///
  /// - Parameter keeping: nil where nothing is kept.
  package static func sign(
    _ event: EngagementEvent, keeping: HandoverKeeping?, at place: SigningPlace, _ write: WriteOptions
  ) throws -> Writing.Written {
    try Writing.perform(at: place, write) { sink, signed in
      switch signed.count {
      case 0: return Draft(predicate: .engagement(event))
      case 1: return try keeping?.draft(sink)
      default: return nil
      }
    }
  }
}
