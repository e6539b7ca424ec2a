import Foundation
import TestSupport
import Testing

/// Slips that would cost something: a key in evidence, an offer written over, days read in another order.
struct SlipTests {
  private static let text = "$(for i in $(seq 1 200); do echo line $i of an ordinary dump; done)"

  @Test(arguments: [
    // In a tar file, quoted in a long file, in one line, in DER, and across the pieces in which a long file is read.
    "tar cf k.bin \"$CUSTODY_HOME/keys\" 2> /dev/null",
    "(echo \"\(text)\"; cat \"$CUSTODY_HOME\"/keys/*.pem; echo \"\(text)\") > k.bin",
    "(echo \"\(text)\"; grep -hv -- ----- \"$CUSTODY_HOME\"/keys/*.pem | tr -d '\\n') > k.bin",
    "for k in \"$CUSTODY_HOME\"/keys/*.pem; do grep -v -- ----- \"$k\" | base64 -d > k.bin; done",
    // Packed, whatever it is called, and as some editors save text.
    "tar czf k.bin \"$CUSTODY_HOME\" 2> /dev/null", "gzip -c \"$CUSTODY_HOME\"/keys/*.pem > k.bin",
    "cat \"$CUSTODY_HOME\"/keys/*.pem | iconv -f utf-8 -t utf-16 > k.bin",
    "(head -c 1048560 /dev/zero; cat \"$CUSTODY_HOME\"/keys/*.pem) > k.bin",
  ])
  func `one's own private key is no evidence, in whatever it lies`(_ making: String) throws {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", making))
    for more in ["", " --dry-run", " --offer k.offer", " --blind"] {
      let ended = try place.shell("custody submit k.bin --control house/1.1\(more)")
      #expect(ended.status == 64 && ended.talk.contains("holds the private key of "), "\(more): \(ended.talk)")
    }
    let piped = try place.shell("cat k.bin | custody submit - --control house/1.1")
    #expect(piped.status == 64 && piped.talk.contains("private key of "), "\(piped.talk)")
  }

  @Test func `public keys and cards are evidence like anything else`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "openssl pkey -in \"$(ls \"$CUSTODY_HOME\"/keys/*.pem | head -n 1)\" -pubout > public.pem"))
    #expect(try place.shell("custody submit public.pem kim.card --control house/1.1").status == 0)
  }

  @Test func `an offer that takes another's place says so`() throws {
    let place = try SampleHouse.copy()
    let first = try place.shell("custody submit february.txt --control house/1.1 --offer one.offer")
    #expect(first.status == 0 && !first.talk.contains("was there already"), "\(first.talk)")
    for line in ["custody assess house/1.1 --status met", "custody submit updates.txt --control house/1.2"] {
      let ended = try place.shell("\(line) --offer one.offer")
      #expect(ended.status == 0 && ended.talk.contains("'one.offer' was there already"), "\(ended.talk)")
    }
  }

  @Test func `an order of days that contradicts the list's own is refused`() throws {
    let place = try SampleHouse.copy()
    let list = "dates=dmy\nfile,controls,from\nfebruary.txt,house/1.1,01/02/2026\n"
    try place.folder.write(Array(list.utf8), to: "desk/list.csv")
    let ended = try place.shell("custody submit --list list.csv --dates mdy --yes")
    #expect(ended.status == 64 && ended.talk.contains("--dates mdy contradicts the list's own line"), "\(ended.talk)")
    #expect(try place.shell("custody submit --list list.csv --dates dmy --yes").status == 0)
  }

  @Test func `hints say what to write`() throws {
    let place = try SampleHouse.copy()
    func talk(_ line: String) throws -> String { try place.shell(line).talk }
    #expect(try talk("custody submit february.txt -c 1.1,1.2").contains("--control 3.1.1 --control 3.1.2"))
    #expect(try talk("custody log --label nope").contains("no entry is like that"))
    #expect(try talk("custody help sumbit").contains("did you mean 'custody help submit'"))
    #expect(try talk("custody report owner").contains("did you mean 'custody report ownership'"))
    #expect(try talk("custody engagement new acme/agreement.yaml").contains("it would lie in the store"))
    try place.folder.write(
      Array("version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 1\n".utf8), to: "desk/lfs.json")
    #expect(try talk("custody framework import lfs.json --id lfs").contains("git lfs pull"))
  }
}
