import Foundation
import TestSupport
import Testing

/// What is proposed to somebody about keys: what can be done, by whom, and nothing that leads nowhere.
struct KeyHintTests {
  /// A house with a recovery page of the client's, which entered its store.
  private func withPage() throws -> Workplace {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody key new --as acme --use recovery --page page.txt --output page.card"),
      ("acme/bo", "custody member add page.card"))
    return place
  }

  @Test func `who names a party that is not in the log is told so, and who could add it`() throws {
    let place = try SampleHouse.copy()
    for person in ["audco", "audco/ann"] {
      let refused = try place.shell("custody submit february.txt --control 1.1 --as \(person)")
      #expect(refused.status == 77 && refused.talk.contains("no party 'audco' is in this log"), "\(refused.talk)")
      #expect(refused.talk.contains("an administrator of 'acme', acme/bo, can bring it in"), "\(refused.talk)")
      #expect(!refused.talk.contains("an administrator of 'audco'"), "\(refused.talk)")
    }
    try place.prepare(("audco/ann", "custody key new --output ann.card"))
    let keyed = try place.shell("custody submit february.txt --control 1.1", as: "audco/ann")
    #expect(keyed.status == 77 && keyed.talk.contains("no party 'audco' is in this log"), "\(keyed.talk)")
    // Of a party that is there its own administrator adds a key.
    let own = try place.shell("custody submit february.txt --control 1.1", as: "acme/sam")
    #expect(own.status == 77 && own.talk.contains("an administrator of 'acme' add it"), "\(own.talk)")
  }

  @Test func `a page whose key the store has revoked is told to be worth nothing`() throws {
    let place = try withPage()
    let fine = try place.shell("CUSTODY_HOME=$PWD/fine custody key import page.txt")
    #expect(fine.status == 0 && !fine.talk.contains("signs nothing"), "\(fine.talk)")
    try place.prepare(("acme/bo", "custody key revoke acme --reason lost --yes"))
    let imported = try place.shell("custody key import page.txt")
    #expect(imported.status == 0 && imported.talk.contains("revoked by entry"), "\(imported.talk)")
    #expect(!imported.talk.contains("next:") && imported.talk.contains("has no other recovery key"), "\(imported.talk)")
    let json = try place.shell("CUSTODY_HOME=$PWD/other custody key import page.txt --format json")
    #expect((json.object["ending"] as? String)?.hasPrefix("revoked by entry") == true, "\(json.output)\(json.talk)")
  }

  @Test func `who joins a party that can act is an ordinary member, whoever holds the recovery key`() throws {
    let place = try withPage()
    try place.prepare(("acme/bo", "custody key import page.txt"))
    let ordinary = try place.shell("custody key new --as acme/new --output new.card")
    #expect(ordinary.talk.contains("next: custody member add new.card --as acme\n"), "\(ordinary.talk)")
    try place.prepare(("acme/bo", "custody key revoke acme/bo --reason lost --yes"))
    let last = try place.shell("custody key new --as acme/own --output own.card")
    #expect(last.talk.contains("next: custody member add own.card --role administrator --as acme\n"), "\(last.talk)")
  }

  @Test func `a recovery key that has signed nothing yet brings an administrator, whatever keys are lost`() throws {
    let place = try withPage()
    let origin = "--origin \"$(origin)\""
    try place.prepare(("acme/eve", "custody key import page.txt --as acme"))
    let first = try place.shell("custody key new \(origin) --output eve.card", as: "acme/eve")
    #expect(first.talk.contains("add eve.card --role administrator --as acme\n"), "\(first.talk)")
    try place.prepare(("acme/eve", "custody member add eve.card --role administrator --as acme --yes"))
    let second = try place.shell("custody key new --as acme/fay --output fay.card", as: "acme/eve")
    #expect(second.talk.contains("add fay.card --as acme\n"), "\(second.talk)")
  }

  @Test func `revoking one's only key can be tried out without being asked`() throws {
    let place = try SampleHouse.copy()
    for (person, key) in [("acme/bo", "acme/bo"), ("onsite/jane", "onsite/jane")] {
      let dry = try place.shell("custody key revoke \(key) --reason lost --dry-run", as: person)
      #expect(dry.status == 0 && dry.output.contains("revoked"), "\(dry.output)\(dry.talk)")
      #expect(try place.shell("custody key revoke \(key) --reason lost", as: person).status == 64)
    }
  }

  @Test func `of one's two keys the one that joined last signs`() throws {
    let place = try SampleHouse.copy()
    func add(_ number: Int) throws -> String {
      try place.prepare(
        ("acme/kim", "custody key new --output kim\(number).card"), ("acme/bo", "custody member add kim\(number).card"))
      let keys = try place.shell("custody key list --format json").json as? [[String: Any]] ?? []
      let own = keys.filter { $0["member"] as? String == "acme/kim" }
      let newest = own.max { ($0["introduced"] as? Int ?? 0) < ($1["introduced"] as? Int ?? 0) }
      return try #require(newest?["keyid"] as? String)
    }
    // By chance the newest may be the last by its id, too; not each time.
    for number in 1...4 {
      let newest = try add(number)
      try place.prepare(("acme/kim", "echo \(number) > x\(number); custody submit x\(number) --control 1.1"))
      let shown = try place.shell("custody log --format json --limit 1")
      #expect(shown.output.contains(newest), "\(number): \(shown.output)\(shown.talk)")
    }
  }

  @Test func `what comes next works in the same shell, for the store that was named`() throws {
    let place = try SampleHouse.copy()
    let bare = ["CUSTODY_STORE": ""]
    let named = try place.shell("custody submit february.txt --control 1.1 --store acme", environment: bare)
    #expect(named.talk.contains("next: custody report gaps --store acme\n"), "\(named.talk)")
    try place.prepare(("vend/al", "custody key new --output al.card --origin \"$(origin)\""))
    let party = try place.shell("custody party add vend --name Vend --card al.card --store acme", environment: bare)
    #expect(party.talk.contains(" --store acme\n"), "\(party.talk)")
    // One that is found without being named needs no name.
    let found = try place.shell("echo x > x; custody submit x --control 1.1")
    #expect(found.talk.contains("next: custody report gaps\n"), "\(found.talk)")
    let spaced = try place.shell(
      "cp -r acme 'the store'; custody submit updates.txt --control 1.2 --store 'the store'", environment: bare)
    #expect(spaced.talk.contains("next: custody report gaps --store 'the store'\n"), "\(spaced.talk)")
  }
}
