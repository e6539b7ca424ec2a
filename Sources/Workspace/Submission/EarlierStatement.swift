internal import Agreements
package import Crypto
internal import Findings
internal import Index
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

  /// A duty as `engagement/duty`; the engagement may be left out where one alone has that duty.
  package func duty(_ text: String) throws -> String {
    guard let store = place.store else {
      guard Identifier.isMember(text) else {
        throw Failure(.usage, "'\(text)' is not a duty: write ENGAGEMENT/DUTY, as in acme-onsite/steering-committee")
      }
      return text
    }
    var known: [String] = []
    var engagements: Set<String> = []
    // The newest version of each engagement says which duties there are.
    for version in store.state.versions.reversed() where engagements.insert(version.engagement).inserted {
      let duties = try store.library.document(version.document)?.duties ?? []
      known += duties.map { "\(version.engagement)/\($0.id)" }
    }
    let found = known.filter {
      ByteOrder.areEqual($0, text) || ByteOrder.areEqual($0, "\($0.prefix { $0 != "/" })/\(text)")
    }
    guard found.count == 1 else {
      throw Failure(
        .usage, found.isEmpty ? "no agreement has a duty '\(text)'" : "several agreements have a duty '\(text)'",
        hint: known.isEmpty
          ? "duties stand in the agreement's document" : "write one of \(known.sorted().joined(separator: ", "))")
    }
    return found[0]
  }
}
