import Foundation
import TestSupport
import Testing

/// Copies that are pulled: each extended by what was verified, and by nothing else.
@Suite struct PullTests {
  /// The sample house, and a copy of its store that a provider's member has pulled.
  private func pulled() throws -> Workplace {
    let place = try SampleHouse.copy()
    let ended = try place.shell("custody pull \"$CUSTODY_STORE\" copy", as: "onsite/jane")
    try #require(ended.status == 0, "\(ended.talk)")
    return place
  }

  private func tree(_ place: Workplace, _ store: String) throws -> String {
    let note = try String(contentsOfFile: "\(place.desk)/\(store)/checkpoint", encoding: .utf8)
    return note.split(separator: "\n").prefix(3).joined(separator: "\n")
  }

  @Test("A first pull takes over the whole store, which then verifies on its own") func first() throws {
    let place = try pulled()
    #expect(try tree(place, "copy") == tree(place, "acme"))
    #expect(try place.shell("custody verify copy --fail-on never", as: "onsite/jane").status == 0)
    #expect(try place.shell("diff -r acme/object copy/object").status == 0)
  }

  @Test("A later pull takes over what is new, and says which entries") func later() throws {
    let place = try pulled()
    try #require(place.shell("custody submit february.txt --control 1.1").status == 0)
    let asked = try place.shell("custody pull --store copy --dry-run --format json", as: "onsite/jane")
    let size = try #require(asked.object["entries"] as? [Int])
    #expect(size.count == 1)
    let ended = try place.shell("custody pull --store copy --format json", as: "onsite/jane")
    #expect(ended.status == 0, "\(ended.talk)")
    #expect(ended.object["entries"] as? [Int] == size)
    #expect(ended.object["objects"] as? Int == 1)
    #expect(try tree(place, "copy") == tree(place, "acme"))
    let again = try place.shell("custody pull --store copy", as: "onsite/jane")
    #expect(again.output.contains("nothing new"))
  }

  @Test("Nobody appends to a copy; what is signed beside it goes into an offer that the store takes") func offers()
    throws
  {
    let place = try pulled()
    let refused = try place.shell("CUSTODY_STORE=copy custody submit february.txt --control 1.1")
    #expect(refused.status == 78)
    #expect(refused.talk.contains("is a copy"))
    let offered = try place.shell(
      "CUSTODY_STORE=copy custody submit february.txt --control 1.1 --offer month.offer && custody append month.offer")
    #expect(offered.status == 0, "\(offered.talk)")
  }

  @Test("A source that forked is refused, and the copy is as it was") func fork() throws {
    let place = try pulled()
    let before = try tree(place, "copy")
    // Somebody who has not seen the newest goes on from an older state, in other words.
    try place.shell("cp -r acme other; custody submit february.txt --control 1.1")
    try place.shell("custody pull --store copy", as: "onsite/jane")
    let held = try tree(place, "copy")
    #expect(held != before)
    try place.shell("CUSTODY_STORE=other custody submit updates.txt --control 1.2 --description other", as: "acme/kim")
    let ended = try place.shell("custody pull other copy", as: "onsite/jane")
    #expect(ended.status == 1)
    #expect(ended.talk.contains("forked"), "\(ended.talk)")
    #expect(try tree(place, "copy") == held)
  }

  @Test("A source with a changed byte in an object, a tile or a bundle is refused") func damaged() throws {
    let place = try pulled()
    let before = try tree(place, "copy")
    try #require(place.shell("custody submit february.txt --control 1.1").status == 0)
    for file in ["object", "tile/entries", "tile/0"] {
      let ended = try place.shell(
        """
        rm -rf bad; cp -a acme bad
        file=$(find bad/\(file) -type f -newer copy/checkpoint | tail -n 1)
        printf 'X' | dd of="$file" bs=1 seek=40 conv=notrunc 2>/dev/null || exit 9
        custody pull bad copy
        """, as: "onsite/jane")
      #expect(ended.status == 1, "\(file): \(ended.talk)")
      #expect(try tree(place, "copy") == before, "\(file)")
      guard file == "object" else { continue }
      // What is there and wrong is not told as missing.
      #expect(ended.talk.contains("its 'object/"), "\(ended.talk)")
      #expect(ended.talk.contains("is damaged, with other bytes") && !ended.talk.contains("missing"), "\(ended.talk)")
    }
    #expect(try place.shell("custody pull acme copy", as: "onsite/jane").status == 0)
  }

  @Test("A first pull that was broken off goes on where it stopped") func brokenOff() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell(
      """
      mkdir copy; printf 'copy of %s\\n' "$PWD/acme" > copy/lock; cp acme/custody.json copy
      custody pull acme copy
      """, as: "onsite/jane")
    #expect(ended.status == 0, "\(ended.talk)")
    #expect(try tree(place, "copy") == tree(place, "acme"))
  }

  @Test("What went bad in the copy is fetched anew") func mended() throws {
    let place = try pulled()
    let ended = try place.shell(
      """
      file=$(find copy/object -type f | sort | head -n 1); echo bad >> "$file"; rm "$(find copy/object -type f | sort | tail -n 1)"
      custody pull --store copy --all --format json
      """, as: "onsite/jane")
    #expect(ended.status == 0, "\(ended.talk)")
    #expect(ended.object["mended"] as? Int == 2)
    #expect(try place.shell("diff -r acme/object copy/object").status == 0)
  }

  @Test("A store that is appended to is not pulled into; a copy that is kept becomes one") func kept() throws {
    let place = try pulled()
    try place.shell("cp -r acme source")
    #expect(try place.shell("custody pull source acme").status == 78)
    #expect(try place.shell("custody pull acme acme").status == 64)
    #expect(try place.shell("custody pull --keep --store copy --yes").status == 0)
    #expect(try place.shell("custody pull --keep --store copy --yes").status == 64)
    #expect(try place.shell("CUSTODY_STORE=copy custody submit february.txt --control 1.1").status == 0)
  }

  @Test("An older source takes nothing away") func older() throws {
    let place = try pulled()
    try place.shell("cp -r acme old; custody submit february.txt --control 1.1")
    try place.shell("custody pull acme copy", as: "onsite/jane")
    let ended = try place.shell("custody pull old copy", as: "onsite/jane")
    #expect(ended.status == 0)
    #expect(ended.flowing.contains("older tree"))
    #expect(try tree(place, "copy") == tree(place, "acme"))
  }

  @Test("A pack of everything can be pulled from, and one that leaves something out is told to") func packs() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody submit february.txt --control house/1.2"),
      ("acme/bo", "custody pack --output all.zip && custody pack --control house/1.2 --output some.zip"))
    let whole = try place.shell("custody pull all.zip copy", as: "onsite/jane")
    #expect(whole.status == 0, "\(whole.talk)")
    #expect(try tree(place, "copy") == tree(place, "acme"))
    #expect(try place.shell("diff -r acme/object copy/object").status == 0)
    let some = try place.shell("custody pull some.zip other-copy", as: "onsite/jane")
    #expect(some.status == 66)
    #expect(some.talk.contains("leaves out 1 object"), "\(some.talk)")
  }

  @Test("A fork that a pull finds is written down") func forkProof() throws {
    let place = try pulled()
    try place.prepare(
      ("acme/bo", "cp -r acme other; custody submit february.txt --control 1.1"),
      ("onsite/jane", "custody pull --store copy"),
      ("acme/kim", "CUSTODY_STORE=other custody submit updates.txt --control 1.2 --description other"))
    let ended = try place.shell("custody pull other copy", as: "onsite/jane")
    #expect(ended.talk.contains(".fork' "), "\(ended.talk)")
    let judged = try place.shell("custody check-proof \"$CUSTODY_HOME\"/trust/forks/*.fork", as: "onsite/jane")
    // Two members signed the two trees, each one of them.
    #expect(judged.output.contains("acme"), "\(judged.output)\(judged.talk)")
  }
}
