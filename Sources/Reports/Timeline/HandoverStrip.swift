internal import Catalogs
internal import Ownership
public import Rendering
internal import Statements

/// Who answered for a control over time, as a strip: a letter and a shade for each party, white where nobody did.
///
/// The letter says it without the shade, and the table below has the days.
struct HandoverStrip {
  private let report: TimelineReport
  private let parties: [String]

  private static let (left, width, height) = (90, 620, 30)
  /// Shades that grey printers tell apart; with more parties they begin again, and letters do not.
  private static let shades = ["0.4", "0.15", "0.28", "0.08"]

  init(_ report: TimelineReport) {
    self.report = report
    var parties: [String] = []
    for party in report.spans.flatMap(\.spans).compactMap(\.standing.party) where !parties.contains(party) {
      parties.append(party)
    }
    self.parties = parties
  }

  func add(to body: inout HTMLFragment) {
    let spans = report.spans.filter { !$0.spans.isEmpty }
    guard let first = spans.flatMap(\.spans).map(\.from).min() else { return }
    let last = report.stamp.asOf
    let days = max(1, last.daysSinceEpoch - first.daysSinceEpoch + 1)
    func x(_ day: Day) -> Int {
      HandoverStrip.left + (day.daysSinceEpoch - first.daysSinceEpoch) * HandoverStrip.width / days
    }
    let height = spans.count * HandoverStrip.height + 24
    body.element("figure") { figure in
      figure.element(
        "svg",
        [
          "viewBox": "0 0 \(HandoverStrip.left + HandoverStrip.width + 10) \(height)", "role": "img",
          "aria-label": "Who answered from \(first) to \(last); the tables below have the days",
        ]
      ) { picture in
        for (place, own) in spans.enumerated() {
          let y = place * HandoverStrip.height
          let parts =
            spans.count == 1 ? "all" : UnitNames.suffixes(own.units, of: report.control).joined(separator: " ")
          picture.element("text", ["x": "0", "y": "\(y + 17)"], String(parts.prefix(14)))
          for span in own.spans {
            add(span, from: x(span.from), to: x(span.through.adding(days: 1)), y, to: &picture)
          }
        }
        picture.element("text", ["x": "\(HandoverStrip.left)", "y": "\(height - 6)"], "\(first)")
        picture.element(
          "text",
          ["x": "\(HandoverStrip.left + HandoverStrip.width)", "y": "\(height - 6)", "text-anchor": "end"], "\(last)")
      }
      let legend = parties.enumerated().map { "\(HandoverStrip.letter($0.offset)) is \($0.element)" }
      figure.element(
        "figcaption", [:],
        (legend + ["white is nobody", "a dash is what did not apply or was not adopted"]).joined(separator: "; ") + ".")
    }
    body.newline()
  }

  private func add(
    _ span: AccountableSpans.Span, from x: Int, to end: Int, _ y: Int, to picture: inout HTMLFragment
  ) {
    let place = span.standing.party.flatMap { parties.firstIndex(of: $0) }
    let shade = place.map { HandoverStrip.shades[$0 % HandoverStrip.shades.count] } ?? "0"
    picture.element(
      "rect",
      [
        "class": "band", "x": "\(x)", "y": "\(y + 2)", "width": "\(max(1, end - x))",
        "height": "\(HandoverStrip.height - 8)", "fill-opacity": shade,
      ]
    ) { $0.element("title", [:], "\(span.from) to \(span.through): \(span.standing.text)") }
    // Where a letter has no room, the table has the days.
    guard end - x >= 14 else { return }
    let letter =
      switch span.standing {
      case .party: place.map(HandoverStrip.letter) ?? ""
      case .nobody: ""
      case .notApplicable, .absent: "–"
      }
    picture.element(
      "text", ["class": "letter", "x": "\((x + end) / 2)", "y": "\(y + 18)", "text-anchor": "middle"], letter)
  }

  /// `A` to `Z`, then `A2`.
  private static func letter(_ place: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(0x41 + place % 26)))
    return place < 26 ? letter : "\(letter)\(place / 26 + 1)"
  }
}

extension TimelineReport {
  /// The blocks, under a strip that shows who answered when.
  public func page(_ cover: ReportCover) throws -> HTMLPage {
    var page = HTMLRenderer.page(blocks(width: 160), cover: cover)
    guard spans.contains(where: { !$0.spans.isEmpty }) else { return page }
    var strip = HTMLFragment()
    strip.element("section", ["id": "hand-overs"]) { section in
      section.element("h2", [:], "Who answered, at a glance")
      HandoverStrip(self).add(to: &section)
    }
    strip.newline()
    strip.add(page.main)
    page.main = strip
    page.contents.insert(("hand-overs", "Who answered, at a glance"), at: 0)
    return page
  }
}
