internal import Agreements
package import Crypto
internal import Findings
internal import Index
internal import Obligations
internal import Ownership
internal import Statements

/// Names of what stands in the log already: evidence that is replaced, duties that are fulfilled.
package struct EarlierStatement {
  package let place: SigningPlace

  package init(place: SigningPlace) { self.place = place }

  /// The statements that entry numbers and digests name, each once and in byte order.
  package func evidence(_ texts: [String]) throws -> [Digest] {
    Set(try texts.map { try evidence($0) }).sorted()
  }

  private func evidence(_ text: String) throws -> Digest {
    if let digest = Digest(hex: text.lowercased()) {
      if let store = place.store, try store.index.ledger.record(of: digest)?.type != "evidence" {
        throw Failure(
          .inputMissing, "the log has no evidence '\(text)' to replace", hint: "'custody log' lists what there is")
      }
      return digest
    }
    guard let entry = Int(text), entry >= 0 else {
      throw Failure(
        .usage, "'\(text)' names no statement",
        hint: "write an entry's number, or the statement's 64 hexadecimal digits")
    }
    guard let store = place.store else {
      throw Failure(
        .usage, "without the store nobody can tell what entry \(entry) is",
        hint: "name the statement by its 64 hexadecimal digits")
    }
    guard let row = try store.index.statement(entry: entry), row.type == "evidence", let statement = row.statement
    else {
      throw Failure(
        .inputMissing, "entry \(entry) is not evidence that could be replaced",
        hint: "'custody log' lists what there is"
      )
    }
    return statement
  }

  /// What evidence fulfils.
  package enum Fulfilled: Sendable, Equatable {
    /// A duty of an agreement, as `engagement/duty`.
    case duty(String)
    /// An item of a hand-over list, as `engagement/item`, and the control that evidence for it names where it names none.
    case handover(String, control: String)

    /// `engagement/duty`
    package var name: String {
      switch self {
      case .duty(let name), .handover(let name, _): name
      }
    }
  }

  /// A duty as `engagement/duty`, or an item of a hand-over list; the engagement may be left out where one alone has it.
  package func duty(_ text: String) throws -> Fulfilled {
    guard let store = place.store else {
      guard Identifier.isMember(text) else {
        throw Failure(.usage, "'\(text)' is not a duty: write ENGAGEMENT/DUTY, as in acme-onsite/steering-committee")
      }
      return .duty(text)
    }
    var known: [String] = []
    var engagements: Set<String> = []
    // The newest version of each engagement says which duties there are.
    for version in store.state.versions.reversed() where engagements.insert(version.engagement).inserted {
      let duties = try store.library.document(version.document)?.duties ?? []
      known += duties.map { "\(version.engagement)/\($0.id)" }
    }
    let items = try store.handovers(store.state, place.desk.clock.today).items.map(\.name)
    let handed = items.filter { !known.contains($0) }
    let found = (known + handed).filter {
      ByteOrder.areEqual($0, text) || ByteOrder.areEqual($0, "\($0.prefix { $0 != "/" })/\(text)")
    }
    guard found.count == 1 else {
      throw Failure(
        .usage, found.isEmpty ? "no agreement has a duty '\(text)'" : "several agreements have a duty '\(text)'",
        hint: known.isEmpty && handed.isEmpty
          ? "duties stand in the agreement's document"
          : "write one of \((known + handed).sorted().joined(separator: ", "))")
    }
    guard handed.contains(found[0]) else {
      try tellOwner(of: found[0], store)
      return .duty(found[0])
    }
    return .handover(found[0], control: try store.handoverControl())
  }
}

extension EarlierStatement {
  /// Whoever shows what another party owes is told so: minutes may come from either side, a restore test hardly.
  private func tellOwner(of duty: String, _ store: OpenedStore) throws {
    let parts = duty.split(separator: "/").map { String($0) }
    guard parts.count == 2,
      let version = store.state.versions.last(where: { $0.engagement == parts[0] }),
      let owner = try store.library.document(version.document)?.duties.first(where: { $0.id == parts[1] })?.party,
      owner != place.signer.party
    else { return }
    place.desk.notices.warn(
      "'\(duty)' is owed by '\(owner)', and this says for '\(place.signer.party)' that it was done")
  }
}

extension OpenedStore {
  /// What a hand-over list, and what shows that an item was done, is evidence for.
  package func handoverControl() throws -> String {
    try control(of: "vendor-management", about: "a hand-over")
  }
}
