/// Writes a page of blocks as HTML.
package enum HTMLRenderer {
  /// The whole file: the first heading is the page's, each other one begins a part.
  package static func page(_ blocks: [Block], cover: ReportCover) -> HTMLPage {
    var title = "Report"
    var rest = blocks[...]
    if case .heading(let first) = blocks.first {
      title = first
      rest = blocks.dropFirst()
    }
    var page = HTMLPage(title: title)
    page.notices = cover.notices
    page.header.element("h1", [:], title)
    var parts = Parts()
    for block in rest { parts.add(block) }
    parts.end()
    page.main = parts.body
    page.contents = parts.contents
    page.footer = footer(cover)
    return page
  }

  /// The foot's sentences.
  package static func footer(_ cover: ReportCover) -> HTMLFragment {
    var footer = HTMLFragment()
    for sentence in cover.foot { footer.element("p", [:], sentence) }
    return footer
  }

  /// One piece, as it stands in a part.
  ///
  /// - Parameter part: The heading that it stands under.
  package static func add(_ block: Block, under part: String? = nil, to body: inout HTMLFragment) {
    switch block {
    case .heading(let text): body.element("h2", [:], text)
    case .subheading(let text): body.element("h3", [:], text)
    case .gap: body.newline()
    case .paragraph(let text): body.element("p", [:], text)
    case .facts(let facts): add(facts, to: &body)
    case .table(let table): HTMLTable.add(table, name: part, to: &body)
    case .brief(let text, let lead, _):
      body.element("p") { line in
        line.element("strong", [:], lead.trimmed)
        line.text(" " + text)
      }
    case .verdict(let text, let tone): body.element("p", ["class": "verdict \(tone.name)"], text)
    case .command(let text, let lead):
      body.element("p") { line in
        if !lead.trimmed.isEmpty { line.text(lead.trimmed + " ") }
        line.element("code", [:], text)
      }
    }
    body.newline()
  }

  private static func add(_ facts: [Block.Fact], to body: inout HTMLFragment) {
    body.element("dl") { list in
      for fact in facts {
        list.element("dt", [:], fact.name.trimmed)
        switch fact.value {
        case .text(let text): list.element("dd", ["class": fact.tone.name], text)
        case .command(let text): list.element("dd") { $0.element("code", [:], text) }
        }
      }
    }
  }

  /// The parts of a page, each a section under its heading.
  private struct Parts {
    var body = HTMLFragment()
    var contents: [(anchor: String, title: String)] = []
    private var isOpen = false
    private var title: String?

    mutating func add(_ block: Block) {
      guard case .heading(let title) = block else {
        if case .subheading(let text) = block { self.title = text }
        return HTMLRenderer.add(block, under: self.title, to: &body)
      }
      end()
      self.title = title
      var anchor = HTMLText.anchor(title)
      if anchor.isEmpty || contents.contains(where: { $0.anchor == anchor }) { anchor += "-\(contents.count + 1)" }
      contents.append((anchor, title))
      body.open("section", ["id": anchor])
      isOpen = true
      HTMLRenderer.add(block, to: &body)
    }

    mutating func end() {
      if isOpen { body.close("section") }
      isOpen = false
    }
  }
}

extension Block.Tone {
  /// The class by which the style knows it.
  package var name: String {
    switch self {
    case .plain: ""
    case .good: "good"
    case .bad: "bad"
    }
  }
}

extension String {
  /// Without the spaces that lay a terminal's lines out.
  var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
