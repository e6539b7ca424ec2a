internal import Agreements
package import Crypto
internal import Ownership
internal import Statements

extension AgreementFile {
  /// Signs a version, and, beside the store, the acceptance of what it gives the signer's own party.
  ///
  /// - Parameters:
  ///   - store: nil far from it, where only the version is signed: what one would accept by it, only the store says.
  ///   - replaces: The statement of the newest version; nil for the first.
  package func sign(
    at place: SigningPlace, beside store: OpenedStore? = nil, replaces: Digest?, _ write: WriteOptions
  ) throws -> Writing.Written {
    try Writing.perform(at: place, write) { sink, signed in
      switch signed.count {
      case 0: return try version(replaces: replaces, sink)
      case 1: return try store.flatMap { try ownAcceptance($0, of: signed[0], party: place.signer.party, sink) }
      default: return nil
      }
    }
  }

  private func version(
    replaces: Digest?, _ sink: Writing.ObjectSink
  ) throws -> Draft {
    var subjects = [try sink.keep(bytes, name: "document", mediaType: MediaType.document)]
    for paper in papers {
      subjects.append(try sink.keep(paper.bytes, name: paper.name, mediaType: MediaTypes.guess(paper.name)))
    }
    let event = EngagementEvent(
      event: .version, id: document.id, document: SHA256.hash(bytes), replaces: replaces)
    return Draft(predicate: .engagement(event), subjects: subjects)
  }

  private func ownAcceptance(
    _ store: OpenedStore, of version: Statement, party: String, _ sink: Writing.ObjectSink
  ) throws -> Draft? {
    let preview = try AgreementPreview(self, store, statement: version.id, day: version.signedAt.day)
    guard preview.builder.concerns(party) else { return nil }
    let schedule = preview.builder.schedule(for: party)
    let subject = try sink.keep(schedule.bytes, name: "schedule", mediaType: MediaType.schedule)
    let acceptance = Acceptance(
      engagement: version.id, document: SHA256.hash(bytes), catalogs: preview.builder.catalogs(),
      schedule: subject.digest, answer: .accept)
    return Draft(predicate: .acceptance(acceptance), subjects: [subject])
  }
}
