package import Agreements
internal import Findings
internal import Spreadsheets
package import Statements

/// The agreement that a matrix amounts to, ready to be checked; what is open stands in it as comments.
package struct MatrixDraft: Sendable {
  package let document: EngagementDocument
  /// The document in YAML.
  package let text: String

  /// What a matrix does not say.
  package struct Head: Sendable {
    package var id: String?
    /// Nil for co-managed where there is a provider, and in-house where there is none.
    package var model: EngagementDocument.Model?
    package var from: Day
    /// The name of the file that was read.
    package var source: String

    package init(from: Day, source: String) {
      self.from = from
      self.source = source
    }
  }

  package init(_ reading: MatrixReading, parties: MatrixParties, _ head: Head) {
    let named = parties.providers.map(\.id)
    let model = head.model ?? (named.isEmpty ? .inHouse : .coManaged)
    let providers = model == .inHouse ? [] : named
    let id = head.id ?? IdentifierText.id(from: "\(parties.client.id) \(providers.first ?? "in house")")
    document = EngagementDocument(
      id: id, model: model, client: parties.client.id, providers: providers, termFrom: head.from,
      termThrough: head.from.adding(months: 24).adding(days: -1),
      frameworks: reading.frameworks.isEmpty ? nil : reading.frameworks, scope: reading.lines.map(\.scope),
      contacts: reading.contacts, notes: reading.notes)
    var text = DocumentText()
    let sheet = reading.sheet.isEmpty ? "" : ", sheet '\(reading.sheet)'"
    text.heading = [
      "Who answers for what, as \(head.source)\(sheet) says it; nothing is signed yet.",
      "The term is a proposal. Then: custody engagement check, custody engagement apply.",
    ]
    for (index, line) in reading.lines.enumerated() {
      let shown = line.places.prefix(12).map(\.description).joined(separator: ", ")
      text.lineComments[index] = [shown + (line.places.count > 12 ? " and \(line.places.count - 12) more" : "")]
    }
    text.openLines = MatrixDraft.openLines(reading)
    self.text = text.text(of: document)
  }

  /// What somebody has to decide, each as a line that lacks who is accountable.
  private static func openLines(_ reading: MatrixReading) -> [String] {
    var lines: [String] = []
    if !reading.open.isEmpty {
      lines += ["", "Open: write who is accountable, and take the # away."]
      for open in reading.open {
        lines.append("\(open.place) \(open.text.prefix(60)): \(open.reason)")
        guard let target = open.target else { continue }
        let (key, names): (String, [String]) =
          switch target {
          case .domains(let names): ("domains", names)
          case .families(let names): ("families", names)
          case .controls(let names): ("controls", names)
          }
        let responsible = open.responsible.isEmpty ? "" : ", responsible: [\(open.responsible.joined(separator: ", "))]"
        let list = names.map { DocumentText.scalar($0) }.joined(separator: ", ")
        lines.append("- { \(key): [\(list)], accountable: \(responsible) }")
      }
    }
    if !reading.notApplicable.isEmpty {
      lines += ["", "Not applicable, which 'custody framework adopt --not-applicable' says:"]
      lines += reading.notApplicable.map { "\($0.place) \($0.text.prefix(60))" }
    }
    return lines
  }
}
