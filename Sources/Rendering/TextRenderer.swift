/// Writes a page as lines of text, each at most so many columns wide.
public struct TextRenderer: Sendable {
  /// In characters.
  public let width: Int
  /// Whether what is good or bad is coloured, by the sequences of ECMA-48 (SGR).
  public let usesColour: Bool

  /// - Parameter width: In characters; at least 40 are taken.
  public init(width: Int = 100, usesColour: Bool = false) {
    self.width = width
    self.usesColour = usesColour
  }

  /// The page's lines, each ended.
  public func render(_ blocks: [Block]) -> String {
    var page = TextPage(width: width)
    for block in blocks { write(block, to: &page) }
    return page.text
  }

  /// How many lines the page has.
  public func height(_ blocks: [Block]) -> Int {
    var page = TextPage(width: width)
    for block in blocks { write(block, to: &page) }
    return page.lines.count
  }

  private func write(_ block: Block, to page: inout TextPage) {
    switch block {
    case .heading(let text): page.heading(text)
    case .subheading(let text):
      page.skip()
      page.add(text)
    case .gap: page.skip()
    case .paragraph(let text): page.add(text)
    case .facts(let facts): write(facts, to: &page)
    case .table(let table): page.add(TextTable(table))
    case .brief(let text, let lead, let columns):
      page.add(text, lead: lead, atMost: (columns + page.width - 1) / page.width)
    case .verdict(let text, let tone): page.add(text, sequence: sequence(tone))
    case .command(let text, let lead): page.add(command: text, lead: lead)
    }
  }

  private func sequence(_ tone: Block.Tone) -> String? {
    guard usesColour else { return nil }
    return switch tone {
    case .plain: nil
    case .good: "32"
    case .bad: "31"
    }
  }

  /// Values begin in one column, behind the longest name.
  private func write(_ facts: [Block.Fact], to page: inout TextPage) {
    let longest = facts.map { DisplayWidth.of($0.name) }.max() ?? 0
    for fact in facts {
      let lead = TextWrapping.padded(fact.name, to: longest + 2)
      switch fact.value {
      case .text(let text): page.add(text, lead: lead, sequence: sequence(fact.tone))
      case .command(let text): page.add(command: text, lead: lead)
      }
    }
  }
}
