import Foundation
import TestSupport
import Testing

/// What a pull does about a copy that lost something, and what it says that it has looked at.
struct PullMendingTests {
  private func pulled() throws -> Workplace {
    let place = try SampleHouse.copy()
    try place.prepare(("onsite/jane", "custody pull acme copy"))
    return place
  }

  /// Changes a byte in the newest file of a kind.
  private func spoil(_ store: String, _ kind: String) -> String {
    """
    size=$(sed -n 2p copy/checkpoint); file=\(store)/\(kind)/000.p/$size; test -f $file || exit 9
    byte=$(dd if=$file bs=1 skip=40 count=1 2> /dev/null | od -An -tu1); byte=$(( (byte + 1) % 256 ))
    printf "\\x$(printf %x $byte)" | dd of=$file bs=1 seek=40 conv=notrunc 2> /dev/null
    """
  }

  @Test func `a copy says what it looked at, and what not`() throws {
    let place = try pulled()
    let again = try place.shell("custody pull --store copy", as: "onsite/jane")
    #expect(again.status == 0 && !again.output.contains("sound"), "\(again.output)")
    #expect(again.flowing.contains("unchanged since it was verified on"), "\(again.output)")
    #expect(again.flowing.contains("were not read; --all reads everything anew"), "\(again.output)")
    let all = try place.shell("custody pull --store copy --all", as: "onsite/jane")
    #expect(all.output.contains("sound: everything was read"), "\(all.output)")
    try place.prepare(("acme/bo", "custody submit february.txt --control 1.1"))
    let later = try place.shell("custody pull --store copy --format json", as: "onsite/jane")
    #expect(["new", "log"].contains(later.object["looked"] as? String), "\(later.output)")
  }

  @Test func `what is gone from a copy is fetched with the next pull, whether or not anything is new`() throws {
    let place = try pulled()
    for line in ["true", "custody submit february.txt --control 1.1"] {
      try place.prepare(("acme/bo", line))
      let ended = try place.shell(
        """
        rm "$(find copy/object -type f | sort | head -n 1)"; echo x >> "$(find copy/object -type f | sort | tail -n 1)"
        rm copy/tile/entries/000.p/$(sed -n 2p copy/checkpoint)
        custody pull --store copy --format json
        """, as: "onsite/jane")
      #expect(ended.status == 0 && ended.object["mended"] as? Int == 3, "\(line): \(ended.output)\(ended.talk)")
      #expect((ended.object["mendedFiles"] as? [String])?.count == 3)
      #expect(try place.shell("diff -r acme/object copy/object").status == 0)
      #expect(try place.shell("custody verify copy --fail-on never", as: "onsite/jane").status == 0)
    }
  }

  @Test func `what neither the copy nor its source has is told, and is not called sound`() throws {
    let place = try pulled()
    let ended = try place.shell(
      """
      cp -r acme poor; file=$(cd copy; find object -type f | sort | head -n 1); rm copy/$file poor/$file
      custody pull poor copy
      """, as: "onsite/jane")
    #expect(ended.status == 1 && ended.talk.contains("has it not either"), "\(ended.output)\(ended.talk)")
    let damaged = try place.shell(
      """
      file=$(cd acme; find object -type f | sort | head -n 1); mkdir -p $(dirname poor/$file); echo other > poor/$file
      custody pull poor copy
      """, as: "onsite/jane")
    #expect(damaged.status == 1 && damaged.talk.contains("has it damaged, with other bytes"), "\(damaged.talk)")
    #expect(try place.shell("custody pull acme copy", as: "onsite/jane").status == 0)
  }

  @Test(arguments: ["tile/entries", "tile/0"])
  func `a file of the log that was changed in the copy is mended by --all, and the source is not blamed`(
    _ kind: String
  ) throws {
    let place = try pulled()
    let ended = try place.shell(
      "\(spoil("copy", kind)); custody pull --store copy --all --format json", as: "onsite/jane")
    #expect(ended.status == 0, "\(ended.output)\(ended.talk)")
    #expect(ended.object["mended"] as? Int == 1)
    #expect((ended.object["mendedFiles"] as? [String])?.first?.hasPrefix(kind) == true, "\(ended.output)")
    #expect(try place.shell("custody verify copy --fail-on never", as: "onsite/jane").status == 0)
  }

  @Test(arguments: ["tile/entries", "tile/0"])
  func `a source's bad file never takes the place of a good one`(_ kind: String) throws {
    let place = try pulled()
    let ended = try place.shell(
      "cp -r acme bad; \(spoil("bad", kind)); custody pull bad copy --all; cmp acme/${file#bad/} copy/${file#bad/}",
      as: "onsite/jane")
    #expect(ended.status == 0 && !ended.talk.contains("copy' is damaged"), "\(ended.output)\(ended.talk)")
    // Where both are bad, each in its own way, that is what is said.
    let spoilt = "\(spoil("copy", kind)); \(spoil("copy", kind))"
    let both = try place.shell("\(spoilt); custody pull bad copy --all", as: "onsite/jane")
    #expect(both.status == 1 && both.talk.contains("damaged"), "\(both.output)\(both.talk)")
    #expect(try place.shell("custody pull acme copy --all", as: "onsite/jane").status == 0)
  }

  @Test func `a copy has no place in a store, nor in another copy`() throws {
    let place = try pulled()
    for folder in ["acme/inbox/cc", "acme/cc", "copy/sub", "link/cc"] {
      let ended = try place.shell("ln -sfn acme/inbox link; custody pull acme \(folder)", as: "onsite/jane")
      #expect(ended.status == 64 && ended.talk.contains("lies inside the store"), "\(folder): \(ended.talk)")
    }
    #expect(try place.shell("ls acme/inbox").output.isEmpty)
  }

  @Test func `what is refused at the first pull leaves nothing behind`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody submit february.txt --control house/1.2"),
      ("acme/bo", "custody pack --control house/1.2 --output some.zip; mkdir empty"))
    for copy in ["new-copy", "empty"] {
      let ended = try place.shell("custody pull some.zip \(copy)", as: "onsite/jane")
      #expect(ended.status == 66, "\(ended.talk)")
      #expect(try place.shell("ls -A \(copy)").output.isEmpty)
    }
    #expect(try place.shell("test -e new-copy").status != 0)
    let verified = try place.shell("custody verify some.zip --fail-on never", as: "onsite/jane")
    #expect(verified.status == 0 && !verified.talk.contains("custody pull"), "\(verified.talk)")
  }

  @Test func `a fork that was caught is none that passes for an older copy, and a true older copy stays one`() throws {
    let place = try pulled()
    try place.prepare(
      ("acme/bo", "cp -r acme other; custody submit february.txt --control 1.1; cp -r acme older"),
      ("acme/kim", "CUSTODY_STORE=other custody submit updates.txt --control 1.2 --description other"),
      ("acme/bo", "for i in 1 2; do echo $i > x$i; custody submit x$i --control 1.1; done"),
      ("onsite/jane", "custody pull --store copy"))
    // Before anybody has shown both, it may be one.
    let before = try place.shell("custody verify other --fail-on never", as: "onsite/jane")
    #expect(before.status == 0 && before.flowing.contains("this is an older copy"), "\(before.output)")
    #expect(try place.shell("custody pull other copy", as: "onsite/jane").status == 1)
    for later in ["true", "echo 3 > x3; custody submit x3 --control 1.1; CUSTODY_HOME=$JANE custody pull --store copy"]
    {
      let jane = ["JANE": place.home("onsite/jane")]
      #expect(try place.shell(later, environment: jane).status == 0)
      let forked = try place.shell("custody verify other --format json", as: "onsite/jane")
      #expect(forked.status == 1 && forked.output.contains("history-forked"), "\(forked.output)")
      #expect(forked.output.contains(".fork' shows"), "\(forked.output)")
      for sound in ["older --fail-on never", "copy --fail-on never", "acme --fail-on never"] {
        let ended = try place.shell("custody verify \(sound)", as: "onsite/jane")
        #expect(ended.status == 0 && !ended.output.contains("history-forked"), "\(sound): \(ended.output)")
      }
    }
    // Without what was seen nobody can say which of the two this is.
    let alone = try place.shell(
      "mv copy gone; sed -i '/forkRoots/,/}/d' \"$CUSTODY_HOME\"/trust/*.json; custody verify older --fail-on never",
      as: "onsite/jane")
    #expect(alone.status == 1 && alone.flowing.contains("cannot be told from here"), "\(alone.output)")
  }

  @Test func `a copy that lost its custody json gets it anew, where its checkpoint says which log it is of`() throws {
    let place = try pulled()
    for spoil in ["echo x > copy/custody.json", "rm copy/custody.json"] {
      let dry = try place.shell("\(spoil); custody pull acme copy --dry-run", as: "onsite/jane")
      #expect(dry.status == 0 && dry.output.contains("nothing new"), "\(dry.output)\(dry.talk)")
      let ended = try place.shell("custody pull acme copy", as: "onsite/jane")
      #expect(ended.status == 0 && ended.output.contains("  custody.json\n"), "\(ended.output)\(ended.talk)")
      #expect(try place.shell("cmp acme/custody.json copy/custody.json").status == 0)
    }
    // New entries are taken over with it.
    try place.prepare(("acme/bo", "custody submit february.txt --control 1.1; echo x > copy/custody.json"))
    let later = try place.shell("custody pull acme copy && custody verify copy --fail-on never", as: "onsite/jane")
    #expect(later.status == 0, "\(later.output)\(later.talk)")
    // Whatever its checkpoint does not vouch for is told as what it is.
    let unsigned = try place.shell(
      "echo x > copy/custody.json; sed -i '$d' copy/checkpoint; custody pull acme copy", as: "onsite/jane")
    #expect(unsigned.status == 1 && unsigned.talk.contains("is damaged, and"), "\(unsigned.talk)")
    #expect(!unsigned.talk.contains("'?'") && unsigned.talk.contains("pull into another folder"), "\(unsigned.talk)")
    let own = try place.shell(
      "cp -r acme mine; rm mine/lock; echo x > mine/custody.json; custody pull acme mine", as: "acme/kim")
    #expect(own.status == 1 && own.talk.contains("no copy that was pulled"), "\(own.talk)")
  }

  @Test func `a fork between two keys that may append is written down, with who signed which`() throws {
    let place = try pulled()
    // Pat's key is known to the other tree alone.
    try place.prepare(
      ("acme/pat", "custody key new --output pat.card --origin \"$(origin)\""),
      ("acme/bo", "cp -r acme other; cp -r \"$CUSTODY_HOME\" \"$CUSTODY_HOME-2\""),
      ("acme/bo", "custody submit february.txt --control 1.1"),
      ("onsite/jane", "custody pull --store copy"),
      ("acme/bo", "CUSTODY_HOME=$CUSTODY_HOME-2 custody member add pat.card --role administrator --store other"),
      ("acme/pat", "custody submit updates.txt --control 1.2 --description other --store other"))
    let ended = try place.shell("custody pull other copy", as: "onsite/jane")
    #expect(ended.status == 1 && ended.talk.contains(".fork' "), "\(ended.talk)")
    let words = ended.talk.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      words.contains("acme/bo signed the copy's tree of") && words.contains("acme/pat the other's of"), "\(words)")
    // Keys that only the file brings are nobody's; told apart they show the fork.
    let bare = try place.shell(
      "cp \"$CUSTODY_HOME\"/trust/forks/*.fork one.fork; CUSTODY_HOME=/nonexistent custody check-proof one.fork",
      as: "onsite/jane")
    #expect(bare.status == 1 && bare.flowing.contains("Anybody can make a key"), "\(bare.output)\(bare.talk)")
    let told = try place.shell(
      """
      custody key show acme/pat --store other | sed -n 's/.*verifier key //p' > pat.vkey
      CUSTODY_HOME=/nonexistent custody check-proof one.fork --key "$(cat verifier)" --key "$(cat pat.vkey)" --format json
      """, as: "acme/pat")
    #expect(told.status == 0 && told.object["verdict"] as? String == "divided", "\(told.output)\(told.talk)")
    #expect(told.object["holds"] as? Bool == true)
  }
}
