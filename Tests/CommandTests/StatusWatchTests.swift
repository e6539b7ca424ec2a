import Foundation
import TestSupport
import Testing

/// A status that is shown anew whenever the store changes.
struct StatusWatchTests {
  /// Lines of bash that wait until a file has a line, however busy the machine is.
  private static let until = """
    until_line() { for i in $(seq 1200); do grep -q -- "$2" "$1" 2> /dev/null && return 0; sleep 0.1; done; return 1; }

    """

  @Test func `a pipe gets a page for each change, and none in between`() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell(
      Self.until + """
        custody status --watch=1 --format json > pages & watcher=$!
        until_line pages '"size":' || exit 9
        custody submit february.txt --control 1.1 > /dev/null
        for i in $(seq 1200); do [ "$(wc -l < pages)" -ge 2 ] && break; sleep 0.1; done
        # Nothing changes: nothing is written.
        sleep 3; kill -TERM $watcher; wait $watcher; echo $? > ended; cat pages
        """)
    let pages = ended.output.split(separator: "\n")
    #expect(pages.count == 2, "\(ended.output.prefix(500)) \(ended.talk)")
    let sizes = try pages.map { line in
      let page = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return (page?["checkpoint"] as? [String: Any])?["size"] as? Int ?? 0
    }
    #expect(sizes.count == 2 && sizes[1] == sizes[0] + 1)
    #expect(place.folder.read("desk/ended").map { String(decoding: $0, as: UTF8.self) } == "130\n")
  }

  @Test func `a terminal is drawn anew, and is in order once the user ends it`() throws {
    let place = try SampleHouse.copy()
    try place.folder.write(
      Array(
        "stty rows 60 cols 80\nstty -g > before\ncustody status --watch=1\necho ended $? > ended\nstty -g > after\n"
          .utf8),
      to: "desk/typed")
    let ended = try place.shell(
      Self.until + """
        touch shown
        (until_line shown 'do first'; custody submit february.txt --control 1.1 > /dev/null
          for i in $(seq 1200); do [ "$(grep -c 'do first' shown)" -ge 2 ] && break; sleep 0.1; done
          printf '\\003'; for i in $(seq 1200); do test -s after && break; sleep 0.1; done) |
          script -qefc 'bash typed' shown > /dev/null
        cat shown
        """)
    let shown = ended.output
    #expect(shown.components(separatedBy: "\u{1b}[H\u{1b}[2J").count == 3, "\(shown)")
    #expect(place.folder.read("desk/ended").map { String(decoding: $0, as: UTF8.self) } == "ended 130\n")
    #expect(place.folder.read("desk/before") == place.folder.read("desk/after"))
  }

  @Test func `it ends with what --fail-on names, and when nobody reads`() throws {
    let place = try SampleHouse.copy()
    #expect(try place.shell("custody status --watch --fail-on error").status == 3)
    #expect(try place.shell("custody status --watch=1 | head -n 1").status == 0)
    #expect(try place.shell("custody status --watch=0").status == 64)
    #expect(try place.shell("custody status --watch --store none").status == 66)
  }

  @Test func `a store that is damaged meanwhile is shown to be, and seen again once it is mended`() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell(
      Self.until + """
        custody status --watch=1 > pages & watcher=$!
        until_line pages 'do first' || exit 9
        mv acme/checkpoint kept; until_line pages 'NOT SOUND: the store is damaged' || exit 8
        mv kept acme/checkpoint
        for i in $(seq 1200); do [ "$(grep -c 'do first' pages)" -ge 2 ] && break; sleep 0.1; done
        kill -TERM $watcher; wait $watcher; grep -c 'do first' pages
        """)
    #expect(ended.output == "2\n", "\(ended.status) \(ended.output) \(ended.talk)")
  }
}
