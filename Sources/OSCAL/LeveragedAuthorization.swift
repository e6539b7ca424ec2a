internal import Crypto
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// A provider's system that somebody has authorized, where an agreement has the paper on it among its own.
enum LeveragedAuthorization {
  /// The kinds of paper that say so.
  static let kinds: Set = ["system-authorization", "fedramp-authorization", "authorization-to-operate"]

  /// The papers in force on a snapshot's day, of agreements with one provider: of several nobody could say whose it is.
  static func papers(_ snapshot: Snapshot) -> [HeldPapers.Entry] {
    HeldPapers.list(snapshot).filter {
      kinds.contains($0.kind) && $0.isInForce(on: snapshot.asOf) && $0.parties.count == 2
    }
  }

  static func uuid(_ paper: HeldPapers.Entry, _ ids: StableIDs) -> String {
    ids("authorization", paper.engagement, paper.kind)
  }

  /// - Returns: nil where its first day is one that OSCAL cannot write.
  static func json(_ paper: HeldPapers.Entry, _ context: OSCALContext, _ back: inout BackMatter) -> JSONOutput? {
    guard let day = OSCALText.day(paper.from), let provider = paper.parties.last else { return nil }
    var fields = Fields()
    fields.set("uuid", exactly: uuid(paper, context.ids))
    fields.set(
      "title", line: "System of \(context.parties.called(provider)), by '\(paper.file)' of '\(paper.engagement)'")
    fields.set("props", [Prop.own("paper-kind", paper.kind), Prop.own("in-force-through", "\(paper.through)")])
    if let digest = paper.digest {
      var link = Fields()
      link.set("href", exactly: back.object(digest, title: paper.file, type: "agreement"))
      link.set("rel", exactly: "authorization")
      fields.set("links", [link.json])
    }
    fields.set("party-uuid", exactly: context.parties.uuid(provider))
    fields.set("date-authorized", exactly: day)
    return fields.json
  }
}
