import Foundation
import TestSupport
import Testing

/// A home that cannot be used is a matter of configuration; what it remembers is never passed over.
struct HomeTests {
  private let place: Workplace
  private let reading = "custody --format json status"
  private let signing = "custody --format json member change acme/kim --name K"

  init() throws { place = try SampleHouse.copy() }

  private func expect(_ line: String, environment: [String: String] = [:]) throws {
    let before = try place.snapshot()
    let ended = try place.shell(line, environment: environment)
    #expect(ended.status == 78, "\(line): \(ended.talk)")
    #expect(ended.error?["code"] as? String == "configuration", "\(line)")
    #expect(try place.snapshot() == before)
  }

  private func spoil(_ pattern: String, with text: String) throws {
    let ended = try place.shell("for f in \(pattern); do echo '\(text)' > \"$f\"; done")
    try #require(ended.status == 0)
  }

  @Test func `there is none`() throws {
    for line in [reading, signing, "custody --format json init other --organization Other"] {
      try expect(line, environment: ["CUSTODY_HOME": "", "HOME": ""])
    }
  }

  @Test(arguments: ["/proc/home", "updates.txt", "updates.txt/home"])
  func `it cannot be made`(path: String) throws {
    // Reading needs none, and signing a key; a file is no home without keys.
    let isFile = path.hasPrefix("updates.txt")
    #expect(try place.shell(signing, environment: ["CUSTODY_HOME": path]).status == (isFile ? 78 : 77))
    #expect(try place.shell(reading, environment: ["CUSTODY_HOME": path]).status == 0)
    for line in [
      "custody --format json init other --organization Other",
      "custody --format json key new --as acme/new --output new.card",
    ] {
      try expect(line, environment: ["CUSTODY_HOME": path])
    }
    #expect(!FileManager.default.fileExists(atPath: "\(place.desk)/other"))
    #expect(!FileManager.default.fileExists(atPath: "\(place.desk)/new.card"))
  }

  @Test func `the note beside a key is not to be read`() throws {
    try spoil("../homes/acme-bo/keys/*.json", with: "{\"owner\":1}")
    try expect(signing)
    // Reading needs none of it; the list says which.
    let listed = try place.shell("custody key list")
    #expect(listed.status == 0 && listed.talk.contains("the note '") && listed.talk.contains("cannot be read"))
  }

  @Test func `a private key is not to be read, or is gone`() throws {
    try spoil("../homes/acme-bo/keys/*.pem", with: "no key")
    try expect(signing)
    try place.prepare(("acme/bo", "rm ../homes/acme-bo/keys/*.pem"))
    #expect(try place.shell(signing).status == 66)
  }

  @Test func `the keys' folder is none`() throws {
    try place.prepare(("acme/bo", "rm -r ../homes/acme-bo/keys; echo x > ../homes/acme-bo/keys"))
    try expect(signing)
  }

  @Test func `what is remembered of the log is not to be read`() throws {
    try spoil("../homes/acme-bo/trust/*.json", with: "{")
    try expect(reading)
    try expect("custody --format json verify")
    // Nor is it passed over where it is no file.
    try place.prepare(("acme/bo", "cd ../homes/acme-bo/trust; for f in *; do rm $f; mkdir $f; done"))
    try expect(reading)
    try expect(signing)
  }

  @Test func `a passphrase is asked of the environment`() throws {
    let secret = ["CUSTODY_PASSPHRASE": "correct horse"]
    let made = try place.shell(
      "custody init other --organization Other --as other/pat", as: "other/pat", environment: secret)
    #expect(made.status == 0)
    let line = "custody --format json --store other member change other/pat --name Pat"
    for environment in [["CUSTODY_PASSPHRASE": "wrong"], [:]] {
      let ended = try place.shell(line, as: "other/pat", environment: environment)
      #expect(ended.status == 78)
      #expect(!ended.talk.contains("correct") && !ended.talk.contains("wrong"))
    }
    #expect(try place.shell(line, as: "other/pat", environment: secret).status == 0)
    let pem = try place.shell(
      "cat ../homes/other-pat/keys/*.pem; stat -c %a ../homes/other-pat/keys ../homes/other-pat/keys/*")
    #expect(pem.output.hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"))
    #expect(pem.output.hasSuffix("\n700\n600\n600\n"))
  }

  @Test func `a passphrase is asked on a terminal, and is not shown`() throws {
    let secret = ["CUSTODY_PASSPHRASE": "correct horse"]
    let made = try place.shell(
      "custody init other --organization Other --as other/pat", as: "other/pat", environment: secret)
    #expect(made.status == 0)
    let line = "custody --store other member change other/pat --name Pat"
    for (typed, status) in [(["correct horse\\n"], 0), (["wrong\\n"], 78), ([], 78)] {
      // A terminal of its own; what is typed comes once it is asked for.
      let ended = try place.shell(
        """
        python3 - <<'END'
        import os, pty, sys
        child, terminal = pty.fork()
        if child == 0: os.execvp("custody", "\(line)".split())
        typed, shown = [\(typed.map { "b'\($0)'" }.joined(separator: ", "))], b""
        while True:
          try: part = os.read(terminal, 4096)
          except OSError: break
          if not part: break
          shown += part
          if part.rstrip().endswith(b":"): os.write(terminal, typed.pop(0) if typed else b"\\x04")
        sys.stdout.write(shown.decode())
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        END
        """, as: "other/pat")
      #expect(ended.status == status, "\(ended.output)\(ended.talk)")
      #expect(ended.output.contains("passphrase of the key of other/pat: "))
      #expect(!ended.output.contains("horse") && !ended.output.contains("wrong"))
    }
  }

  @Test func `an index that is lost or broken is made anew`() throws {
    for spoiling in [
      "rm -rf cache", "for f in $(find cache -type f); do echo x > $f; done", "rm -rf cache; mkdir -p cache",
    ] {
      try place.prepare(("acme/bo", "cd ../homes/acme-bo && \(spoiling)"))
      #expect(try place.shell(reading).status == 0, "\(spoiling)")
    }
  }
}
