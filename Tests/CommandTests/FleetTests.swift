import Foundation
import TestSupport
import Testing

/// Many stores at once, some of them in every trouble that a folder can be in.
struct FleetTests {
  /// A folder with sound stores, and one of each trouble.
  private static func fleet() throws -> Workplace {
    let place = try SampleHouse.copy()
    try place.prepare(
      (
        "acme/bo",
        """
        mkdir fleet && cp -r acme fleet/north && cp -r acme fleet/south
        CUSTODY_STORE= custody init fleet/hostco --organization 'Hostco Cloud' --as hostco/pat
        cp -r acme fleet/cut-short && truncate -s 40 fleet/cut-short/checkpoint
        cp -r acme fleet/half-copied && rm fleet/half-copied/checkpoint
        cp -r acme fleet/tampered && f=$(find fleet/tampered/object -type f | head -n 1)
        chmod u+w "$f" && rm "$f"
        mkdir fleet/empty fleet/notes && echo hello > fleet/notes/readme.txt && echo x > fleet/a-file
        mkdir fleet/piped && mkfifo fleet/piped/custody.json
        mkdir fleet/garbage && head -c 3000 /dev/urandom > fleet/garbage/custody.json
        ln -s loop fleet/loop && ln -s nowhere fleet/dangling && ln -s . fleet/itself && ln -s north fleet/alias
        mkdir "fleet/$(printf 'bytes\\377')" "fleet/=1+1" "fleet/<b>bold" "fleet/$(printf 'two\\nlines\\033[2J')"
        cp -r acme "fleet/it's a 'name'; rm -rf x"
        mkdir fleet/.git
        """
      ))
    return place
  }

  private func lines(_ ended: Workplace.Ended) -> [String: [String: Any]] {
    let stores = ended.object["stores"] as? [[String: Any]] ?? []
    return Dictionary(stores.map { ($0["name"] as? String ?? "", $0) }, uniquingKeysWith: { $1 })
  }

  @Test(arguments: [0, 2])
  func `two folders that show two histories of one log are sound in neither, and a copy is in both`(_ more: Int) throws
  {
    let place = try SampleHouse.copy()
    try place.prepare(
      (
        "acme/bo",
        """
        mkdir fleet && cp -r acme fleet/north && cp -r acme fleet/older && cp -r "$CUSTODY_HOME" home2
        echo north > n.txt && echo south > s.txt && custody submit n.txt --store fleet/north --control house/1.1
        cp -r fleet/north fleet/copy && mkdir two && cp -r acme two/south
        CUSTODY_HOME=$PWD/home2 custody submit s.txt --store two/south --control house/1.1
        for n in $(seq \(more)); do echo $n > $n.txt
        CUSTODY_HOME=$PWD/home2 custody submit $n.txt --store two/south --control house/1.2; done
        """
      ))
    func states(_ folders: String) throws -> [String: String] {
      let line = "CUSTODY_HOME=$PWD/stranger custody fleet report \(folders) --format json --peek"
      return lines(try place.shell(line)).mapValues { $0["state"] as? String ?? "" }
    }
    #expect(try states("fleet") == ["north": "sound", "older": "sound", "copy": "sound"])
    let all = try states("fleet two")
    #expect(all["north"] == "not-sound" && all["south"] == "not-sound", "\(all)")
    let told = try place.shell("CUSTODY_HOME=$PWD/stranger custody fleet report fleet two --output-folder pages --peek")
    #expect(told.status == 1, "\(told.talk)")
    let page = try place.shell("cat pages/clients/south.html")
    #expect(page.output.contains("the log forked"), "\(page.talk)")
  }

  @Test func `every trouble is a line of its own, and hides no other store`() throws {
    let place = try Self.fleet()
    let ended = try place.shell("custody fleet report fleet --format json --peek")
    #expect(ended.status == 1, "\(ended.talk)")
    let lines = lines(ended)
    let states = lines.mapValues { $0["state"] as? String ?? "" }
    for name in ["alias", "south", "hostco", "it's a 'name'; rm -rf x"] { #expect(states[name] == "sound", "\(name)") }
    for name in ["cut-short", "half-copied", "tampered", "garbage", "piped"] {
      #expect(states[name] != "sound" && states[name] != nil, "\(name): \(states[name] ?? "")")
    }
    for name in ["empty", "notes", "loop", "dangling", "itself", "=1+1", "<b>bold", "two\nlines\u{1b}[2J"] {
      #expect(states[name] == "unreadable", "\(name): \(states[name] ?? "no line")")
    }
    #expect(states.keys.contains { $0.hasPrefix("bytes") })
    // A link to what is there already is the same store, and what is no folder is none.
    #expect(states["north"] == nil && states["a-file"] == nil && states[".git"] == nil)
    let south = try #require(lines["south"])
    #expect(south["organization"] as? String == "Acme Manufacturing" && (south["units"] as? [String: Any]) != nil)
    #expect(lines["cut-short"]?["state"] as? String == "not-sound")
    let page = try place.shell("custody fleet report fleet --peek", environment: ["COLUMNS": "80"])
    #expect(page.output.contains("cannot be read: it is a link that leads nowhere"))
    #expect(!page.output.unicodeScalars.contains("\u{1b}"))
    for line in page.output.split(separator: "\n") where !line.contains("/") {
      #expect(line.count <= 80, "\(line)")
    }
  }

  @Test func `the same stores give the same bytes, in every format`() throws {
    let place = try Self.fleet()
    for format in ["text", "csv", "json", "html", "markdown"] {
      let runs = try (0..<2).map { _ in try place.shell("custody fleet report fleet --peek --format \(format)").output }
      #expect(runs[0] == runs[1] && !runs[0].isEmpty, "\(format)")
    }
    #expect(try place.shell("custody fleet report fleet --peek --format xlsx --output a.xlsx").status == 1)
    #expect(
      try place.shell("custody fleet report fleet --peek --format xlsx --output b.xlsx; cmp a.xlsx b.xlsx").status == 0)
    let csv = try place.shell("custody fleet report fleet --peek --format csv").output
    #expect(csv.contains("'=1+1") && !csv.contains("\n=1+1"))
    let html = try place.shell("custody fleet report fleet --peek --format html").output
    #expect(!html.contains("<b>bold") && html.contains("&lt;b&gt;bold"))
  }

  @Test func `each client's page is made of its own store, and each line leads to one`() throws {
    let place = try Self.fleet()
    let ended = try place.shell("custody fleet report fleet --output-folder pages --peek")
    #expect(ended.status == 1, "\(ended.talk)")
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(place.desk)/pages/clients")
    for name in names {
      #expect(name.hasSuffix(".html") && !name.hasPrefix("."), "\(name)")
      #expect(name.utf8.allSatisfy { $0 < 0x7f && $0 > 0x20 && !"<>\"'\\;=".utf8.contains($0) }, "\(name)")
    }
    let index = try place.shell("cat pages/index.html").output
    let links = index.matches(of: /href="(clients\/[^"]*)"/).map { String($0.1) }
    #expect(Set(links) == Set(names.map { "clients/\($0)" }) && links.count >= names.count)
    let hostco = try place.shell("cat pages/clients/hostco.html").output
    #expect(hostco.contains("Hostco Cloud") && !hostco.contains("Acme") && !hostco.contains("onsite"))
    #expect(try !place.shell("cat pages/clients/south.html").output.contains("Hostco"))
    #expect(try place.shell("cat pages/clients/cut-short.html").output.contains("NOT SOUND"))
    // A page of yesterday is not left behind for one of today.
    try place.prepare(("acme/bo", "rm -r fleet/hostco; mkdir fleet/hostco"))
    #expect(try place.shell("custody fleet report fleet --output-folder pages --peek").status == 1)
    #expect(try place.shell("cat pages/clients/hostco.html").output.contains("cannot be read"))
    // Nor is one of a client that is not among these; what is not custody's own stays.
    try place.prepare(("acme/bo", "rm -r fleet/hostco; echo '<p>mine</p>' > pages/clients/own.html"))
    #expect(try place.shell("custody fleet report fleet --output-folder pages --peek").status == 1)
    let left = try FileManager.default.contentsOfDirectory(atPath: "\(place.desk)/pages/clients")
    #expect(!left.contains("hostco.html") && left.contains("own.html") && left.count == names.count)
    #expect(try !place.shell("cat pages/index.html").output.contains("hostco"))
    for (line, told) in [
      (
        "mkdir web; echo mine > web/index.html; custody fleet report fleet --output-folder web",
        "no page that custody made"
      ),
      (
        "mkdir -p net/clients; echo mine > net/clients/tampered.html; custody fleet report fleet --output-folder net",
        "clients/tampered.html' is there, and is no page that custody made"
      ),
      ("custody fleet report fleet --output-folder pages --format csv", "--output FILE.csv"),
    ] {
      let refused = try place.shell(line)
      #expect(refused.status >= 64 && refused.talk.contains(told), "\(line): \(refused.talk)")
    }
    #expect(try place.shell("cat web/index.html; ls web").output == "mine\nindex.html\n")
    #expect(try place.shell("cat net/clients/tampered.html; ls net").output == "mine\nclients\n")
  }

  @Test func `names that are alike are told apart, in lines and in files`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "mkdir -p east west && cp -r acme east/acme && cp -r acme west/acme && cp -r acme west/ACME"))
    let ended = try place.shell("custody fleet report east west acme --peek --output-folder pages; true")
    #expect(ended.status == 0)
    let json = try place.shell("custody fleet report east west acme --format json --peek")
    #expect(Set(lines(json).keys).isSuperset(of: ["ACME", "east/acme", "west/acme"]), "\(lines(json).keys)")
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(place.desk)/pages/clients")
    #expect(names.count == 4 && Set(names.map { $0.lowercased() }).count == 4, "\(names)")
    // One folder that is named twice is one client.
    #expect(lines(try place.shell("custody fleet report east east east/acme --format json --peek")).count == 1)
  }

  @Test func `a list names stores, and the exit status is that of the worst`() throws {
    let place = try SampleHouse.copy()
    try place.folder.write(Array("# Clients\n\n  acme  \n".utf8), to: "desk/clients.txt")
    let report = "custody fleet report --list clients.txt --peek --quiet"
    #expect(try place.shell(report).status == 0)
    #expect(try place.shell("\(report) --fail-on never").status == 0)
    #expect(try place.shell("\(report) --fail-on error").status == 3)
    #expect(try place.shell("\(report) --fail-on due --verify").status == 3)
    try place.folder.write(Array("acme\nmissing\n".utf8), to: "desk/clients.txt")
    let ended = try place.shell("\(report) --format json")
    #expect(ended.status == 1 && lines(ended)["missing"]?["state"] as? String == "unreadable")
    #expect(lines(ended)["acme"]?["state"] as? String == "sound")
    for (line, status) in [
      ("custody fleet report", 64), ("custody fleet report streams --list none.txt", 66),
      ("mkdir nothing; custody fleet report nothing", 66),
      ("custody fleet report acme --output a.html --output-folder b", 64),
      ("custody fleet report acme --output-folder acme/pages", 73),
    ] {
      let ended = try place.shell(line)
      #expect(ended.status == Int32(status), "\(line): \(ended.talk)")
    }
  }

  @Test func `what an earlier verification found is not forgotten by a quicker look`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      (
        "acme/bo",
        """
        export CUSTODY_HOME="$PWD/fresh"; f=$(find acme/object -type f -size +10c | head -n 1); chmod u+w "$f"
        printf X | dd of="$f" bs=1 seek=3 conv=notrunc status=none
        custody verify --fail-on never > /dev/null; test $? = 1
        """
      ))
    let fresh = ["CUSTODY_HOME": "\(place.desk)/fresh"]
    #expect(
      try lines(place.shell("custody fleet report acme --format json", environment: fresh))["acme"]?["state"] as? String
        == "not-sound")
    #expect(try place.shell("custody status", environment: ["CUSTODY_HOME": "\(place.desk)/fresh"]).status == 1)
    let other = try place.shell("custody fleet report acme --format json --verify", as: "acme/kim")
    #expect(lines(other)["acme"]?["state"] as? String == "not-sound")
  }

  @Test func `a copy is told of, and a day before the log begins is not a day without gaps`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      (
        "acme/bo",
        "mkdir fleet; cp -r acme fleet/one; cp -r acme fleet/two; cp -r acme fleet/cut; truncate -s 40 fleet/cut/checkpoint"
      ))
    let ended = try place.shell("custody fleet report fleet --format json --peek --as-of 2001-02-03")
    let lines = lines(ended)
    #expect(lines["one"]?["sameLogAs"] as? [String] == ["cut", "two"])
    #expect(lines["one"]?["logBegins"] is String && lines["one"]?["unowned"] is NSNull, "\(ended.output)")
    #expect(lines["cut"]?["state"] as? String == "not-sound" && lines["cut"]?["act"] as? String != nil)
    let totals = try #require(ended.object["totals"] as? [String: Int])
    #expect(totals["clients"] == 1 && totals["stores"] == 3 && totals["logBeginsLater"] == 2 && totals["quiet"] == 0)
    let text = try place.shell("rm -r fleet/cut; custody fleet report fleet --peek --as-of 2001-02-03").output
    #expect(text.hasPrefix("1 client in 2 folders") && !text.contains("Nothing to act on"), "\(text)")
    let pages = try place.shell("custody fleet report fleet --peek --as-of 2001-02-03 --output-folder pages")
    #expect(pages.status == 0, "\(pages.talk)")
    #expect(try place.shell("cat pages/clients/one.html").output.contains("the log begins on"))
  }

  @Test func `a folder that was moved is looked at from where it was left`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", try Clock.standing(at: "2098-01-01T09:00") + "custody fleet report acme > /dev/null"),
      ("acme/bo", "custody submit february.txt --control 1.1"), ("acme/bo", "mv acme moved"))
    for _ in 0..<2 {
      let ended = try place.shell(
        try Clock.standing(at: "2098-01-02T09:00") + "custody fleet report moved --format json")
      #expect((lines(ended)["moved"]?["news"] as? [String: Any])?["entries"] as? Int == 1, "\(ended.output)")
    }
  }

  @Test func `new is what came since the last look on an earlier day, however often one looks on a day`() throws {
    let place = try SampleHouse.copy()
    func news(_ day: String, _ options: String = "") throws -> Int? {
      let ended = try place.shell(
        try Clock.standing(at: "\(day)T09:00") + "custody fleet report acme --format json \(options)")
      return (lines(ended)["acme"]?["news"] as? [String: Any])?["entries"] as? Int
    }
    #expect(try news("2098-01-01") == nil)
    #expect(try news("2098-01-02", "--peek") == 0)
    try place.prepare(("acme/bo", "custody submit february.txt --control 1.1"))
    #expect(try news("2098-01-02") == 1)
    #expect(try news("2098-01-02") == 1)
    #expect(try news("2098-01-03") == 0)
    #expect(try news("2098-01-03", "--since 2026-01-01") ?? 0 > 1)
  }

  @Test func `a store that lost entries since the last look is not sound`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/kim", "mkdir fleet; cp -r acme fleet/one; cp -r acme old"),
      ("acme/bo", "custody submit february.txt --control 1.1"),
      ("acme/kim", "rm -r fleet/one; cp -r acme fleet/one"),
      ("acme/kim", try Clock.standing(at: "2098-01-01T09:00") + "custody fleet report fleet > /dev/null"),
      ("acme/kim", "rm -r fleet/one; cp -r old fleet/one"))
    let ended = try place.shell(
      try Clock.standing(at: "2098-01-02T09:00") + "custody fleet report fleet --format json", as: "acme/kim")
    #expect(ended.status == 1 && lines(ended)["one"]?["state"] as? String == "not-sound", "\(ended.output)")
  }
}
