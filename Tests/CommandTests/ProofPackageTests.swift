import Foundation
import TestSupport
import Testing

/// Files of proofs, as whoever gets one by mail sees them: with no store, and a home of their own.
struct ProofPackageTests {
  private func stranger(_ place: Workplace) -> [String: String] {
    ["CUSTODY_HOME": place.folder.path("stranger"), "CUSTODY_STORE": place.folder.path("nowhere")]
  }

  /// A house in which the provider has submitted something under a name that is not plain.
  private func house() throws -> Workplace {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody append accept.offer --yes"),
      ("acme/bo", "mkdir -p in/con; echo a > 'in/Übersicht 1.txt'; echo b > in/con/CON.txt"),
      ("onsite/jane", "custody submit in --control house/1.1 --offer jane.offer --yes"),
      ("acme/bo", "custody append jane.offer"),
      (
        "acme/bo",
        "custody key show acme/bo --format json | sed -n 's/.*\"keyid\": \"\\([^\"]*\\)\".*/\\1/p' | head -n 1 > first"
      ))
    return place
  }

  @Test func `a control's evidence is shown to a stranger who knows one key`() throws {
    let place = try house()
    try place.prepare(("acme/bo", "custody prove house/1.1 --output one.zip"))
    let told = try place.shell("custody check-proof one.zip --party acme=$(cat first)", environment: stranger(place))
    #expect(told.status == 0 && told.output.hasPrefix("the proof holds\n"), "\(told.output)\(told.talk)")
    #expect(told.flowing.contains("onsite/jane, whose key entry"))
    #expect(told.flowing.contains("signed by acme/bo, the first administrator"))
    #expect(told.output.contains("Übersicht 1.txt"))
    #expect(told.flowing.contains("not proven:"))

    let untold = try place.shell("custody check-proof one.zip --format json", environment: stranger(place))
    #expect(untold.status == 1)
    #expect(untold.object["holds"] as? Bool == false && untold.object["consistent"] as? Bool == true)
    #expect(untold.object["vouching"] as? String == "introduced")
    let wrong = try place.shell(
      "custody check-proof one.zip --party acme=00000000000000000000", environment: stranger(place))
    #expect(wrong.status == 1 && wrong.flowing.contains("not the one that you were told"))
    let key = try place.shell("custody check-proof one.zip --key \"$(cat verifier)\"", environment: stranger(place))
    #expect(key.status == 0, "\(key.output)")
    // Whoever has verified the store needs no key.
    #expect(try place.shell("custody check-proof one.zip").status == 0)
  }

  @Test func `the same log and selection give the same bytes, which open by hand`() throws {
    let place = try house()
    try place.prepare(
      ("acme/bo", "custody prove house/1.1 --output one.zip; sleep 1.1; custody prove house/1.1 --output two.zip"),
      ("acme/bo", "cmp one.zip two.zip"), ("acme/bo", "mkdir out; cd out; python3 -m zipfile -e ../one.zip ."),
      ("acme/bo", "cd out; ls objects/*/in/%C3%9Cbersicht\\ 1.txt objects/*/in/*/%43ON.txt README.txt checkpoint"))
    let listed = try place.shell(
      """
      cd out; for e in entries/*.json; do n=${e#entries/}; n=${n%.json}
      (printf '\\0'; cat $e) | sha256sum | cut -c 1-64; custody show $n --format json | grep -o '"leafHash": "[0-9a-f]*"' | cut -c 14-77; done
      """)
    let lines = listed.output.split(separator: "\n")
    #expect(lines.count >= 2)
    let bare = try place.shell("custody check-proof out/entries/4.tlog-proof --key \"$(cat verifier)\"; ls out/entries")
    #expect(bare.output.contains(".tlog-proof"))
    for name in try FileManager.default.contentsOfDirectory(atPath: "\(place.desk)/out/entries")
    where name.hasSuffix(".tlog-proof") {
      let alone = try place.shell("custody check-proof out/entries/\(name) --key \"$(cat verifier)\"")
      #expect(alone.status == 0, "\(alone.output)")
    }
  }

  @Test func `an artifact that was changed is named`() throws {
    let place = try house()
    try place.prepare(
      ("acme/bo", "custody prove house/1.1 --output one.zip"),
      (
        "acme/bo",
        """
        python3 - <<'END'
        import zipfile
        old, new = zipfile.ZipFile('one.zip'), zipfile.ZipFile('changed.zip', 'w', zipfile.ZIP_STORED)
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, b'updates of Januare\\n' if name.endswith('updates.txt') else data)
        new.close()
        END
        """
      ))
    let ended = try place.shell(
      "custody check-proof changed.zip --party acme=$(cat first)", environment: stranger(place))
    #expect(
      ended.status == 1 && ended.flowing.contains("updates.txt' is not what entry"), "\(ended.output)\(ended.talk)")
    let json = try place.shell("custody check-proof changed.zip --format json", environment: stranger(place)).object
    let artifacts = json["artifacts"] as? [[String: Any]] ?? []
    #expect(artifacts.contains { $0["holds"] as? Bool == false && $0["expected"] is String })
  }

  @Test func `what was redacted goes to nobody from a copy that has it still, and a control's proof names it`() throws {
    let place = try house()
    let digest = "$(sha256sum < updates.txt | cut -c 1-64)"
    try place.prepare(
      ("acme/bo", "cp -r acme kept"),
      ("acme/bo", "custody redact \(digest) --reason names --authority 'the owner' --yes"),
      // The bytes as they lie in a copy, and in what was put back from one.
      (
        "acme/bo",
        "d=\(digest); mkdir -p acme/object/${d:0:2}; cp kept/object/${d:0:2}/${d:2} acme/object/${d:0:2}/${d:2}"
      ),
      ("acme/bo", "custody prove house/1.1 --output one.zip 2> talk; custody prove 9 --output two.zip"))
    for file in ["one.zip", "two.zip"] {
      let json = try place.shell("custody check-proof \(file) --format json").object
      #expect(json["holds"] as? Bool == true)
      let missing = json["missing"] as? [[String: Any]] ?? []
      #expect(missing.contains { $0["name"] as? String == "updates.txt" }, "\(file): \(json)")
    }
    let page = try place.shell(
      "python3 -c \"import zipfile; print(zipfile.ZipFile('one.zip').read('README.txt').decode())\"")
    #expect(page.flowing.contains("of which entry 9 shows nothing any more: all that it brought is redacted"))
    #expect(page.flowing.contains("entry 9, updates.txt: redacted by entry 12"), "\(page.output)")
    let json = try place.shell("custody prove house/1.1 --output three.zip --format json").object
    #expect(json["redactedEntries"] as? [Int] == [9])
    let bytes = try place.shell("custody cat \(digest); custody cat 9 --name updates.txt")
    #expect(
      bytes.status == 66 && bytes.output.isEmpty && bytes.talk.contains("was redacted by entry 12"), "\(bytes.talk)")
    // Submitted again it is nobody's secret any more.
    try place.prepare(("acme/bo", "custody submit updates.txt --control 2.1"))
    #expect(try place.shell("custody cat \(digest)").output == "updates of January\n")
    #expect(
      try place.shell("custody prove house/1.1 --output four.zip --format json").object["redactedEntries"] as? [Int]
        == [])
  }

  @Test func `a request list that was redacted is read out to nobody`() throws {
    let place = try SampleHouse.copy()
    let digest = "$(sha256sum < asked.csv | cut -c 1-64)"
    try place.prepare(
      ("acme/bo", "custody requests import asked.csv; cp -r acme kept"),
      ("acme/bo", "custody redact \(digest) --reason names --authority 'the owner' --yes"),
      (
        "acme/bo",
        "d=\(digest); mkdir -p acme/object/${d:0:2}; cp kept/object/${d:0:2}/${d:2} acme/object/${d:0:2}/${d:2}"
      ))
    let shown = try place.shell("custody requests list", merged: true)
    #expect(!shown.output.contains("Doors") && shown.output.contains("redacted by entry"), "\(shown.output)")
  }

  @Test func `what a recovery key has signed is told as that, with what it could sign`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody key new --as acme --use recovery --page page.txt --output page.card"),
      ("acme/bo", "custody member add page.card; custody key import page.txt"),
      ("acme/bo", "custody key new --as acme/new --output new.card && custody member add new.card --as acme"),
      ("acme/bo", "custody prove 11 --output one.zip"))
    let told = try place.shell("custody check-proof one.zip --party acme=\"$(keyid acme/bo)\"")
    #expect(told.status == 0, "\(told.output)\(told.talk)")
    #expect(
      told.flowing.contains(
        "signed by the recovery key of 'acme', which can sign for members of that party and nothing else"),
      "\(told.output)")
    #expect(told.flowing.contains("entry 10 brought it, signed by acme/bo, the first administrator"), "\(told.output)")
  }

  @Test func `a proof leads to a tree that an authority has stamped, where no witness has cosigned one`() throws {
    let place = try SampleHouse.copy()
    let none = try place.shell("custody prove 9 --anchored --output one.zip")
    #expect(none.status == 66 && none.talk.contains("cosigned by a witness or stamped"), "\(none.talk)")
    try place.prepare(
      ("acme/bo", "custody timestamp attach log.tsr --yes"), ("acme/bo", "custody submit february.txt --control 1.2"),
      ("acme/bo", "custody prove 9 --anchored --output one.zip"))
    let json = try place.shell("custody check-proof one.zip --format json").object
    #expect(json["holds"] as? Bool == true && json["timestamps"] as? Int == 1, "\(json)")
    #expect(json["timestampSizes"] as? [Int] == [10])
    let told = try place.shell("custody check-proof one.zip")
    #expect(told.flowing.contains("1 over the tree of 10 entries, from which this one goes on and which has all"))
    // OpenSSL says so too, by the lines of the earlier tree.
    try place.prepare(
      ("acme/bo", "python3 -m zipfile -e one.zip out; sed -n 2,4p out/timestamps/*.tree > lines"),
      ("acme/bo", "openssl ts -verify -data lines -in out/timestamps/*.tsr -CAfile tsa.pem"))
    // An entry that came later is in no stamped tree.
    #expect(try place.shell("custody prove 11 --anchored --output two.zip").status == 66)
    let bare = try place.shell("custody prove 9 --anchored")
    #expect(bare.status == 64 && bare.talk.contains("no place for a time stamp"), "\(bare.talk)")
  }

  @Test(arguments: [
    ("text.replace(b'\\n10\\n', b'\\n9\\n')", "is not shown to go on from"),
    ("text[:-3] + b'A=\\n'", "is not shown to go on from"),
    ("b''", "is not shown to go on from"), ("None", "is not over the checkpoint"),
  ])
  func `a time stamp whose tree was changed is no word for the proof`(change: String, says: String) throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody timestamp attach log.tsr --yes; custody prove 9 --anchored --output one.zip"),
      (
        "acme/bo",
        """
        python3 - <<'END'
        import zipfile
        old, new = zipfile.ZipFile('one.zip'), zipfile.ZipFile('changed.zip', 'w', zipfile.ZIP_STORED)
        for name in old.namelist():
            text = old.read(name)
            if name.endswith('.tree'):
                text = \(change)
            if text is not None:
                new.writestr(name, text)
        new.close()
        END
        """
      ))
    #expect(try place.shell("custody check-proof one.zip").status == 0)
    let ended = try place.shell("custody check-proof changed.zip")
    #expect(ended.status == 1 && ended.flowing.contains(says), "\(ended.output)")
  }

  @Test func `a file has one name in a proof and in a pack`() throws {
    let place = try house()
    try place.prepare(
      ("acme/bo", "custody prove house/1.1 --output one.zip; python3 -m zipfile -e one.zip out"),
      ("acme/bo", "custody pack --output pack/"),
      (
        "acme/bo",
        "cd out/objects; for f in $(ls); do (cd $f; find . -type f); done | sort > ../../proof.names; "
          + "cd ../../pack/evidence/house/1.1; find . -type f | sort > ../../../../pack.names"
      ), ("acme/bo", "cmp proof.names pack.names && grep -q %C3%9Cbersicht proof.names"))
  }

  @Test func `an object is proven where it stands, and left out if wanted`() throws {
    let place = try house()
    let digest = "$(sha256sum < updates.txt | cut -c 1-64)"
    try place.prepare(
      ("acme/bo", "custody prove \(digest) --output object.zip"),
      ("acme/bo", "custody prove \(digest) --output none.zip --no-object"))
    let json = try place.shell("custody check-proof object.zip --format json").object
    #expect((json["artifacts"] as? [Any])?.count == 1 && json["holds"] as? Bool == true)
    let none = try place.shell("custody check-proof none.zip --format json").object
    #expect((none["artifacts"] as? [Any])?.isEmpty == true && (none["missing"] as? [Any])?.count == 1)
    #expect(none["holds"] as? Bool == true)
    let bare = try place.shell("custody prove \(digest) --output object.tlog-proof; custody prove house/1.1")
    #expect(bare.status == 64 && bare.talk.contains("a bare proof is of one entry"))
    #expect(try place.shell("custody prove house/2.1 --output x.zip").status == 66)
  }

  @Test func `what the store has lost or changed does not go out as if it were there`() throws {
    let place = try house()
    let file = "$(find acme/object -path \"*$(sha256sum < updates.txt | cut -c 3-64)\")"
    try place.prepare(("acme/bo", "f=\(file); chmod u+w $f; echo changed > $f"))
    let changed = try place.shell("custody prove house/1.1 --output one.zip")
    #expect(changed.status == 1 && changed.talk.contains("is not what was submitted"), "\(changed.talk)")
    #expect(!FileManager.default.fileExists(atPath: "\(place.desk)/one.zip"))
    try place.prepare(("acme/bo", "rm -f \(file)"))
    let lost = try place.shell("custody prove house/1.1 --output one.zip")
    #expect(lost.status == 0 && lost.talk.contains("is not in it: missing in the store"), "\(lost.talk)")
  }

  @Test func `a receipt proves what was submitted, or what was there already`() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell("custody submit february.txt --control house/1.1 --receipt r.zip --format json")
    #expect(ended.status == 0 && ended.object["receipt"] as? String == "r.zip", "\(ended.talk)")
    let json = try place.shell("custody check-proof r.zip --format json").object
    #expect(json["holds"] as? Bool == true && (json["artifacts"] as? [Any])?.isEmpty == true)
    let again = try place.shell("custody submit february.txt --control house/1.1 --receipt again.zip --receipt-objects")
    #expect(again.status == 0, "\(again.talk)")
    let kept = try place.shell("custody check-proof again.zip --format json").object
    #expect(kept["holds"] as? Bool == true && (kept["artifacts"] as? [Any])?.count == 1)
    let run = try place.shell("custody exec --control house/1.2 --receipt run.zip -- echo hello")
    #expect(run.status == 0, "\(run.talk)")
    #expect(try place.shell("custody check-proof run.zip").status == 0)
    let before = try place.snapshot()
    for line in [
      "--receipt none/r.zip", "--receipt acme/r.zip", "--receipt r.zip --dry-run", "--receipt r.zip --offer o",
      "--receipt-objects",
    ] {
      let refused = try place.shell("custody submit updates.txt --control house/1.2 \(line)")
      #expect([64, 73].contains(refused.status), "\(line): \(refused.talk)")
    }
    #expect(try place.snapshot() == before)
  }

  @Test func `a receipt that cannot be written leaves the entry recorded, and says so`() throws {
    let place = try SampleHouse.copy()
    // The folder can be written to until the entry is there.
    let ended = try place.shell(
      "mkdir out; custody exec --control house/1.2 --receipt out/r.zip -- sh -c 'rmdir out; echo hello'")
    #expect(ended.status == 4 && ended.talk.contains("is in the log, and what followed failed"), "\(ended.talk)")
  }
}
