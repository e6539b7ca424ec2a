import Foundation
import TestSupport
import Testing

/// What an auditor gets in one file, made and checked with the program as it was built.
struct PackTests {
  /// Files by path, with the digests in names left out.
  private static func listing(_ place: Workplace, _ folder: String) throws -> [String] {
    try place.shell("cd \(folder) && find . -type f | sed 's,^./,,' | LC_ALL=C sort").output
      .split(separator: "\n").map { line in
        line.hasPrefix("log/object/") ? "log/object/…" : String(line)
      }
  }

  @Test func `the listing of a pack`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "custody pack --framework house --output pack/"))
    let found = try Self.listing(place, "pack")
    let path = Fixtures.path("packs/house.txt")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try FileManager.default.createDirectory(atPath: Fixtures.path("packs"), withIntermediateDirectories: true)
      try Data((found.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
    }
    let kept = try String(decoding: Fixtures.bytes("packs/house.txt"), as: UTF8.self)
    #expect(found == kept.split(separator: "\n").map(String.init), "set RECORD=1 to write it anew, and review it")
  }

  @Test func `a pack of three hundred entries is verified, and what is not asked for is named`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      (
        "acme/bo",
        "for n in $(seq 295); do echo \"$n\" | custody submit - --name note-$n.txt --control 1.2 --quiet > /dev/null; done"
      ),
      ("acme/bo", "custody pack --control 1.1 --output pack.tar.gz"))
    let ended = try place.shell("custody verify pack.tar.gz --format json --fail-on never", as: "onsite/jane")
    #expect(ended.status == 0, "\(ended.talk)")
    #expect(ended.object["sound"] as? Bool == true)
    let findings = ended.object["findings"] as? [[String: Any]] ?? []
    #expect(findings.count { $0["code"] as? String == "object-withheld" } == 295)
    // The statements of what is not here are not cut out, unless somebody asks for them.
    try place.prepare(("acme/bo", "tar xzf pack.tar.gz"))
    let cut = try Self.listing(place, "pack").count { $0.hasSuffix(".pae") }
    #expect(cut < 20)
    try place.prepare(("acme/bo", "custody pack --control 1.1 --every-statement --output every/"))
    #expect(try Self.listing(place, "every").count { $0.hasSuffix(".pae") } == cut + 295)
  }

  @Test func `a pack becomes the place of no log, and its tree is remembered`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody pack --output old.zip"),
      ("acme/bo", "custody submit february.txt --control 1.1"),
      ("acme/bo", "custody pack --output new.zip"))
    // Nothing is remembered of a client whose key nobody has compared.
    let stranger = try place.shell("custody verify new.zip --fail-on never --format json", as: "acme/new")
    #expect(stranger.status == 0 && stranger.output.contains("nobody has told you"), "\(stranger.output)")
    let key =
      "unzip -p new.zip 'new/statements/000000.pem' | openssl pkey -pubin -outform DER | sha256sum | cut -c 1-64"
    let told = try place.shell(
      "custody verify new.zip --fail-on never --format json --party acme=$(\(key))", as: "acme/new")
    #expect(told.status == 0 && !told.output.contains("nobody has told you"), "\(told.output)\(told.talk)")
    let older = try place.shell("custody verify old.zip --fail-on never", as: "acme/new")
    #expect(older.status == 0 && older.output.contains("older-than-seen"), "\(older.output)")
    #expect(try place.shell("custody status --store acme", as: "acme/new").status != 1)
  }

  @Test func `redacted evidence is in no pack, and stands in the index and among what is withheld`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      (
        "acme/bo",
        "custody redact $(sha256sum < updates.txt | cut -c 1-64) --reason names --authority 'the owner' --yes"
      ),
      ("acme/bo", "custody pack --output pack/"))
    let withheld = try place.shell("cat pack/withheld.csv").output
    #expect(withheld.contains(",redacted,") && withheld.contains("updates.txt"))
    #expect(try place.shell("grep updates.txt pack/index.csv").output.contains("house/1.1,Updates,,updates.txt"))
    #expect(try place.shell("test -e pack/evidence/house/1.1/updates.txt").status == 1)
    #expect(try place.shell("custody verify pack --fail-on never").status == 0)
  }

  @Test func `the page and the index say whose keys were revoked, and what is disputed since`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody pack --output before/"),
      ("acme/kim", "echo kim > kim.txt; custody submit kim.txt --control 1.2 --offer kim.offer"),
      ("acme/bo", "custody append kim.offer --yes"),
      ("acme/bo", "custody key revoke acme/kim --reason lost --suspect-since 10"),
      ("acme/bo", "custody pack --output pack/"), ("acme/bo", "custody verify pack --fail-on never"))
    let before = try place.shell("cat before/START-HERE.txt").flowing
    #expect(before.contains("WHAT IS DISPUTED Nothing: no key was revoked"))
    let page = try place.shell("cat pack/START-HERE.txt").flowing
    let kim = try place.shell("keyid acme/kim").output.trimmingCharacters(in: .newlines)
    #expect(
      page.contains("\(kim) of acme/kim, revoked by entry 11 as lost, under suspicion from a tree of 10 entries on"),
      "\(page)")
    #expect(page.contains("entry 10, of acme/kim, whose key entry 11 revoked: nobody else speaks for it"))
    // Whose keys speak now, by which entry, and which do no more.
    let bo = try place.shell("keyid acme/bo").output.trimmingCharacters(in: .newlines)
    let jane = try place.shell("keyid onsite/jane").output.trimmingCharacters(in: .newlines)
    #expect(page.contains("key \(bo) of acme/bo, administrator; brought by entry 0; the one that"))
    #expect(page.contains("no longer \(kim) of acme/kim, contributor; brought by entry"))
    #expect(page.contains("key \(jane) of onsite/jane, administrator; brought by entry"))
    let index = try place.shell("cat pack/index.csv").output.split(separator: "\n")
    #expect(index[0].hasSuffix("acceptedBy,keyid,keyRevokedBy,disputedSince,acceptanceDisputed"))
    #expect(index.contains { $0.contains("kim.txt") && $0.hasSuffix("\(kim),11,10,") }, "\(index)")
    #expect(index.contains { $0.contains("updates.txt") && $0.hasSuffix("\(bo),,,") }, "\(index)")
    let artifacts = try place.shell("cat pack/index.json").object["artifacts"] as? [[String: Any]] ?? []
    #expect(artifacts.map { $0["disputedSince"] as? Int } == [nil, 10])
    #expect(artifacts.map { $0["keyRevokedBy"] as? Int } == [nil, 11])
  }

  @Test func `what is disputed of an acceptance stands beside who accepted`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody append accept.offer --yes"),
      ("acme/bo", "custody submit february.txt --control 1.2"),
      ("onsite/jane", "custody key revoke onsite/jane --reason stolen --suspect-since 10 --offer r.offer --yes"),
      ("acme/bo", "custody append r.offer --yes"), ("acme/bo", "custody pack --output pack/"),
      ("acme/bo", "custody verify pack --fail-on never"))
    #expect(try place.shell("grep -c ',yes' pack/ownership.csv").output != "0\n")
    #expect(try place.shell("grep february pack/index.csv").output.hasSuffix(",,,10\n"))
  }

  @Test func `what a pack is not of is found in a zip file, too`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody pack --output p.zip"),
      ("acme/bo", "echo pay here > READ.txt; python3 -m zipfile -e p.zip . && cp READ.txt p/; tar cf p.tar p"))
    let ended = try place.shell("custody verify p.tar --format json --fail-on never")
    let findings = ended.object["findings"] as? [[String: Any]] ?? []
    #expect(ended.status == 1 && findings.contains { $0["code"] as? String == "pack-mismatch" }, "\(ended.output)")
  }

  @Test func `what a list asks for is packed, and days narrow it`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody requests import asked.csv"),
      ("acme/bo", "custody submit february.txt --control 2.1 --from 2026-02-01 --through 2026-02-28"),
      ("acme/bo", "custody pack --request asked.csv --output asked/"))
    #expect(
      try Self.listing(place, "asked").filter { $0.hasPrefix("evidence/") } == ["evidence/house/2.1/february.txt"])
    #expect(try place.shell("custody verify asked --fail-on never").status == 0)
    let narrow = try place.shell(
      "custody pack --control 2.1 --from 2026-03-01 --through 2026-03-31 --dry-run --format json")
    #expect((narrow.object["evidence"] as? [Any])?.isEmpty == true, "\(narrow.output)")
    let wide = try place.shell(
      "custody pack --control 2.1 --from 2026-02-28 --through 2026-03-31 --dry-run --format json")
    #expect((wide.object["evidence"] as? [Any])?.count == 1)
  }

  @Test func `evidence of CMMC is packed under its own names, with the list of the DoD's tool`() throws {
    let place = try Workplace()
    try place.prepare(
      ("acme/bo", "custody init acme --organization Acme --effective 2026-01-01"),
      ("acme/bo", "custody framework adopt cmmc-level-2 --effective 2026-01-01 --yes"),
      ("acme/bo", "echo accounts > accounts.txt && custody submit accounts.txt --control 3.1.1"),
      ("acme/bo", "custody pack --framework cmmc-level-2 --output pack/"))
    let evidence = try Self.listing(place, "pack").filter { $0.hasPrefix("evidence/") }
    #expect(evidence == ["evidence/cmmc-level-2/AC.L2-3.1.1/accounts.txt"])
    let list = try place.shell("cat pack/CMMCAssessmentArtifacts.log pack/CMMCAssessmentLogHash.log").output
    #expect(list.contains("evidence\\cmmc-level-2\\AC.L2-3.1.1\\accounts.txt\r\n"))
    let hash = try place.shell("sha256sum < pack/CMMCAssessmentArtifacts.log | cut -c1-64 | tr a-f A-F").output
    #expect(list.contains(hash.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(try place.shell("custody verify pack --fail-on never").status == 0)
    // What the DoD's tool wrote is read by 'submit', and this too.
    let read = try place.shell(
      "cp -r pack copy; cd copy; custody submit --manifest CMMCAssessmentArtifacts.log --control 3.12.4 --dry-run --yes"
    )
    #expect(read.status == 0, "\(read.talk)")
  }

  @Test func `a pack is refused where a file is, and outside of what is said`() throws {
    let place = try SampleHouse.copy()
    for (line, status, says) in [
      ("custody pack", 64, "--output"), ("custody pack --output pack.rar", 64, "does not say what"),
      ("touch there.zip; custody pack --output there.zip", 73, "there already"),
      ("custody pack --output acme/pack.zip", 73, "outside of the store"),
      ("custody pack --framework nothing --output p.zip", 64, "no such framework"),
      ("custody pack --control 9.9.9 --output p.zip", 64, "no adopted framework"),
      ("custody pack --from 2026-02-01 --through 2026-01-01 --output p.zip", 64, "is after"),
      ("custody pack --request asked.csv --control 1.1 --output p.zip", 64, "cannot stand with"),
      ("custody pack --output p.zip; custody verify p.zip --tidy", 64, "is a pack"),
      ("custody pack --output p.zip --force; custody verify p.zip --since-verified", 64, "as a whole"),
    ] {
      let ended = try place.shell(line)
      #expect(ended.status == Int32(status) && ended.talk.contains(says), "\(line): \(ended.status) \(ended.talk)")
    }
    try place.prepare(("acme/bo", "custody pack --output there.zip --force"))
  }

  @Test func `evidence that is not what was submitted is not packed`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      (
        "acme/bo",
        "d=$(sha256sum < updates.txt | cut -c1-64); f=acme/object/${d:0:2}/${d:2}; chmod u+w $f; echo updates of Januarx > $f"
      ))
    let ended = try place.shell("custody pack --output pack.zip")
    #expect(ended.status == 1 && ended.talk.contains("not what was submitted"), "\(ended.talk)")
    #expect(try place.shell("ls pack.zip* .pack* 2>/dev/null").output == "")
  }

  @Test func `evidence that the store has lost is missing in its pack too`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "d=$(sha256sum < updates.txt | cut -c1-64); rm -f acme/object/${d:0:2}/${d:2}"),
      ("acme/bo", "custody pack --output pack.zip"))
    let ended = try place.shell("custody verify pack.zip")
    #expect(ended.status == 1 && ended.output.contains("object-missing"), "\(ended.output)")
  }
}
