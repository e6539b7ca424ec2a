import Foundation
import TestSupport
import Testing

/// Passphrases of private keys: put on, changed, taken away; told by the environment, and typed on a terminal.
struct PassphraseTests {
  private static let signing = "custody member change acme/bo --name Bo"

  /// Types lines on a terminal, each once it is asked for; gives what the terminal showed.
  private func type(_ lines: [String], to words: String, in place: Workplace) throws -> Workplace.Ended {
    let typed = lines.map { "b'\($0)\\n'" }.joined(separator: ", ")
    return try place.shell(
      """
      python3 - <<'END'
      import os, pty, sys
      child, terminal = pty.fork()
      if child == 0: os.execvp("custody", "\(words)".split())
      typed, shown = [\(typed)], b""
      while True:
        try: part = os.read(terminal, 4096)
        except OSError: break
        if not part: break
        shown += part
        if part.rstrip().endswith(b":"): os.write(terminal, typed.pop(0) if typed else b"\\x04")
      sys.stdout.write(shown.decode())
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
      END
      """)
  }

  private func pem(_ place: Workplace) throws -> String {
    try place.shell("cat ../homes/acme-bo/keys/*.pem").output
  }

  @Test func `a passphrase is put on, changed and taken away, and the key stays the same`() throws {
    let place = try SampleHouse.copy()
    let id = try place.shell("keyid acme/bo").output
    for (old, new) in [("", "one"), ("one", "two words"), ("two words", "pässwörd'\"$x")] {
      let ended = try place.shell(
        "custody key passphrase acme/bo", environment: ["CUSTODY_PASSPHRASE": old, "CUSTODY_NEW_PASSPHRASE": new])
      #expect(ended.status == 0, "\(ended.talk)")
      #expect(ended.output.contains("opens with the new passphrase"))
      #expect(try place.shell("grep -l ENCRYPTED ../homes/acme-bo/keys/*.pem").status == 0)
      #expect(try place.shell(Self.signing, environment: ["CUSTODY_PASSPHRASE": new]).status == 0)
      for wrong in ["", "wrong", old] where wrong != new {
        #expect(try place.shell(Self.signing, environment: ["CUSTODY_PASSPHRASE": wrong]).status == 78, "\(wrong)")
      }
    }
    let removed = try place.shell(
      "custody key passphrase acme/bo --remove", environment: ["CUSTODY_PASSPHRASE": "pässwörd'\"$x"])
    #expect(removed.status == 0 && removed.output.contains("has no passphrase"))
    #expect(try place.shell(Self.signing).status == 0)
    #expect(try place.shell("keyid acme/bo").output == id)
    let modes = try place.shell("stat -c %a ../homes/acme-bo/keys ../homes/acme-bo/keys/*").output
    #expect(Set(modes.split(separator: "\n").dropFirst()) == ["600"] && modes.hasPrefix("700\n"), "\(modes)")
  }

  @Test func `a wrong passphrase changes nothing, and none is ever repeated`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "CUSTODY_NEW_PASSPHRASE='correct horse' custody key passphrase acme/bo"))
    let before = try pem(place)
    for (old, new) in [
      ("battery", "staple"), ("", "staple"), ("correct horse ", "staple"), ("Correct horse", "staple"),
    ] {
      for options in ["", " --remove", " --format json"] {
        let ended = try place.shell(
          "custody key passphrase acme/bo\(options)",
          environment: ["CUSTODY_PASSPHRASE": old, "CUSTODY_NEW_PASSPHRASE": new])
        #expect(ended.status == 78, "\(ended.status) \(ended.talk)")
        for word in ["battery", "staple", "horse"] { #expect(!(ended.output + ended.talk).contains(word)) }
      }
    }
    #expect(try pem(place) == before)
    #expect(try place.shell("ls -A ../homes/acme-bo/keys | grep -v -e '[.]pem$' -e '[.]json$' -e lock").output == "")
  }

  @Test func `no new passphrase is no passphrase by mistake`() throws {
    let place = try SampleHouse.copy()
    let before = try pem(place)
    // Without a terminal, and where the variable is there and empty.
    for environment in [[:], ["CUSTODY_NEW_PASSPHRASE": ""]] {
      let ended = try place.shell("setsid -w custody key passphrase acme/bo", environment: environment)
      #expect(ended.status == 64 && ended.talk.contains("no new passphrase"), "\(ended.status) \(ended.talk)")
    }
    #expect(try pem(place) == before)
  }

  @Test func `typed on a terminal, it is asked for twice, and shown never`() throws {
    let place = try SampleHouse.copy()
    let before = try pem(place)
    let differing = try type(["horse one", "horse two"], to: "custody key passphrase acme/bo", in: place)
    #expect(differing.status == 64 && differing.output.contains("differ: nothing was changed"), "\(differing.output)")
    #expect(try pem(place) == before)
    let made = try type(["horse one", "horse one"], to: "custody key passphrase acme/bo", in: place)
    #expect(made.status == 0, "\(made.output)")
    #expect(made.output.contains("new passphrase of the key of acme/bo: "))
    #expect(made.output.contains("the same once more: "))
    // The new one is asked for first, and then the one of now.
    let changed = try type(["horse two", "horse two", "horse one"], to: "custody key passphrase acme/bo", in: place)
    #expect(changed.status == 0, "\(changed.output)")
    let wrong = try type(["horse six", "horse six", "horse one"], to: "custody key passphrase acme/bo", in: place)
    #expect(wrong.status == 78, "\(wrong.output)")
    for ended in [differing, made, changed, wrong] { #expect(!ended.output.contains("horse"), "\(ended.output)") }
    #expect(try type(["horse two"], to: Self.signing.replacing(" --name Bo", with: " --name B"), in: place).status == 0)
    #expect(try place.shell(Self.signing, environment: ["CUSTODY_PASSPHRASE": "horse two"]).status == 0)
  }

  @Test func `what custody starts is told no passphrase`() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell(
      "custody exec --control house/1.2 -- sh -c 'env | grep -c PASSPHRASE' ; custody cat \"$(printf '0\\n' | sha256sum | cut -c 1-64)\"",
      environment: ["CUSTODY_PASSPHRASE": "correct horse", "CUSTODY_NEW_PASSPHRASE": "battery"])
    #expect(ended.output.hasSuffix("0\n"), "\(ended.output)\(ended.talk)")
  }
}
