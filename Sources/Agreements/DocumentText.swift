internal import Statements

/// An engagement document as YAML that reads as the same document again.
///
/// What is not a part of the document, such as lines that are still open, can stand in it as comments.
package struct DocumentText {
  /// Above everything else.
  package var heading: [String] = []
  /// Above the line of the scope at an index.
  package var lineComments: [Int: [String]] = [:]
  /// Below the last line of the scope, each line of it as it is.
  package var openLines: [String] = []

  package init() {}

  /// The document: head, scope, contacts and notes; what else a document can promise is not written yet.
  package func text(of document: EngagementDocument) -> String {
    var lines = comments(heading)
    if !lines.isEmpty { lines.append("") }
    lines.append("id: \(document.id)")
    lines.append("model: \(document.model.rawValue)")
    lines.append("client: \(document.client)")
    if !document.providers.isEmpty { lines.append("providers: [\(document.providers.joined(separator: ", "))]") }
    lines.append("term: { from: \(document.termFrom), through: \(document.termThrough) }")
    if let effective = document.effective { lines.append("effective: \(effective)") }
    if let frameworks = document.frameworks, !frameworks.isEmpty {
      lines.append("frameworks: [\(frameworks.joined(separator: ", "))]")
    }
    lines.append("")
    lines.append(document.scope.isEmpty ? "scope: []" : "scope:")
    for (index, line) in document.scope.enumerated() {
      lines += comments(lineComments[index] ?? []).map { "  \($0)" }
      lines += scope(line)
    }
    lines += comments(openLines).map { "  \($0)" }
    if !document.contacts.isEmpty {
      lines += ["", "contacts:"]
      lines += document.contacts.map { "  - { id: \($0.id), name: \(DocumentText.scalar($0.name)) }" }
    }
    if !document.notes.isEmpty {
      lines += ["", "notes:"]
      for note in document.notes { lines += self.note(note) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func scope(_ line: ScopeLine) -> [String] {
    var lines = target(line.target)
    lines.append("    accountable: \(line.accountable)")
    for (key, names) in [
      ("responsible", line.responsible), ("consulted", line.consulted), ("informed", line.informed),
    ] where !names.isEmpty {
      lines += DocumentText.list(key, names)
    }
    if let from = line.from { lines.append("    from: \(from)") }
    if let through = line.through { lines.append("    through: \(through)") }
    if let cadence = line.evidenceEvery { lines.append("    evidence-every: \(cadence)") }
    return lines
  }

  private func note(_ note: Note) -> [String] {
    var lines = target(note.target)
    if let client = note.client { lines.append("    client: \(DocumentText.scalar(client))") }
    if let provider = note.provider { lines.append("    provider: \(DocumentText.scalar(provider))") }
    return lines
  }

  private func target(_ target: ScopeLine.Target) -> [String] {
    let (key, names) =
      switch target {
      case .domains(let names): ("domains", names)
      case .families(let names): ("families", names)
      case .controls(let names): ("controls", names)
      }
    var lines = DocumentText.list(key, names)
    if let first = lines.first { lines[0] = "  - " + first.dropFirst(4) }
    return lines
  }

  /// A list, broken where a line would be long.
  private static func list(_ key: String, _ names: [String]) -> [String] {
    var lines: [String] = []
    var line = "    \(key): ["
    for (index, name) in names.enumerated() {
      let piece = scalar(name) + (index + 1 < names.count ? "," : "]")
      if line.utf8.count + piece.utf8.count > 96, index > 0 {
        lines.append(line)
        line = "        " + piece
      } else {
        line += (index == 0 ? "" : " ") + piece
      }
    }
    return lines + [line]
  }

  /// Comments, in which nothing can end the line early.
  private func comments(_ texts: [String]) -> [String] {
    texts.map { text in
      let plain = String(text.unicodeScalars.map { DocumentText.isPrintable($0) ? Character($0) : " " })
      return plain.isEmpty ? "#" : "# \(plain)"
    }
  }

  /// A value, in quotes where YAML would take it for something else.
  package static func scalar(_ text: String) -> String {
    let isPlain =
      text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "/"),
          UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "("), UInt8(ascii: ")"):
          true
        default: false
        }
      } && text.first.map { $0.isLetter || $0.isNumber } == true && text.last != " "
    if isPlain { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where isPrintable(scalar): quoted.unicodeScalars.append(scalar)
      default: quoted += " "
      }
    }
    return quoted + "\""
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: false
    // Marks that YAML does not take as they are.
    case .surrogate, .privateUse, .unassigned, .format: false
    default: true
    }
  }
}
