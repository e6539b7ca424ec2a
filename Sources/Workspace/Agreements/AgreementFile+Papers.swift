package import Agreements
internal import Obligations
internal import Ownership
internal import Statements

extension AgreementFile {
  /// What bodes ill of its papers once all have accepted it: one that the law asks for and is not there, one that ends
  /// before the term does.
  ///
  /// - Parameter preview: Of this file.
  package func paperSmells(_ preview: AgreementPreview, _ store: OpenedStore) throws -> [Diagnostic] {
    let remarks = try PaperForecast.remarks(
      preview.resolver, version: preview.index, store.state, library: store.library, today: store.desk.clock.today)
    return remarks.map { remark in
      let place =
        remark.paper.map { sources.position("papers", .index($0)) }
        ?? sources.position(document.papers.isEmpty ? "term" : "papers")
      return Diagnostic(place, remark.message)
    }
  }
}
