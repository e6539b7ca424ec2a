/// One page in one file: style, pictures and script lie inside, and nothing is fetched.
///
/// It reads and prints without its script, which only adds a box to filter tables with. A policy in the page's own head
/// keeps whatever gets into the page from running or from calling anywhere.
public struct HTMLPage: Sendable {
  /// What a browser's tab and its bookmark say.
  public var title: String
  /// What stands above all: that the store was not verified, or is not sound.
  public var notices: [ReportCover.Notice] = []
  /// The first heading and what belongs to it.
  public var header = HTMLFragment()
  /// Links to the parts of the page: the name of a place, and what it is called.
  public var contents: [(anchor: String, title: String)] = []
  /// What the page says.
  public var main = HTMLFragment()
  /// From where it comes, and how that is checked.
  public var footer = HTMLFragment()

  /// A page with nothing on it.
  public init(title: String) { self.title = title }

  /// The whole file, in UTF-8.
  public var text: String {
    var page = HTMLFragment()
    page.open("!doctype html")
    page.newline()
    page.open("html", ["lang": "en"])
    page.open("head")
    page.open("meta", ["charset": "utf-8"])
    page.open("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
    page.open(
      "meta",
      [
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; style-src 'unsafe-inline'; script-src '\(PageScript.digest)'; "
          + "base-uri 'none'; form-action 'none'",
      ])
    page.open("meta", ["name": "color-scheme", "content": "light dark"])
    page.open("meta", ["name": "generator", "content": "custody"])
    page.element("title", [:], title)
    let alarm = notices.contains(where: \.isAlarm) ? PageStyle.alarm : ""
    page.append("<style>\(PageStyle.text)\(alarm)</style></head>\n<body>")
    page.element("a", ["class": "skip", "href": "#main"], "Skip to the report")
    page.newline()
    page.element("header") { head in
      for notice in notices {
        head.element("p", ["class": "notice \(notice.isAlarm ? "bad" : "warn")", "role": "note"]) { line in
          line.element("strong", [:], notice.isAlarm ? "Not sound: " : "Note: ")
          line.text(notice.text)
        }
      }
      head.add(header)
      if contents.count > 1 {
        head.element("nav", ["aria-label": "Parts of this report"]) { nav in
          nav.element("ul") { list in
            for (anchor, title) in contents {
              list.element("li") { $0.element("a", ["href": "#\(anchor)"], title) }
            }
          }
        }
      }
    }
    page.newline()
    page.element("main", ["id": "main", "tabindex": "-1"]) { $0.add(main) }
    page.newline()
    page.element("footer") { $0.add(footer) }
    page.append("\n<script>\(PageScript.text)</script>\n</body></html>\n")
    return page.markup
  }
}
