import Foundation
import Testing

@testable import custody

/// The program as it was built, from outside.
struct BinaryTests {
  private func shell(_ line: String, environment: [String: String] = [:]) throws -> Outcome {
    let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", line]
    process.environment = environment.merging(["PATH": "\(folder.path()):/usr/bin:/bin"]) { $1 }
    let output = Pipe()
    let talk = Pipe()
    process.standardOutput = output
    process.standardError = talk
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let said = talk.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: printed, as: UTF8.self),
      talk: String(decoding: said, as: UTF8.self))
  }

  @Test func `it says its version, and what is wrong`() throws {
    #expect(try shell("custody --version") == Outcome(status: 0, output: "custody \(Version.current)\n"))
    #expect(
      try shell("custody verison")
        == Outcome(
          status: 64,
          talk: "custody: error: 'custody' has no command 'verison'\ncustody: hint: did you mean 'custody version'\n"))
  }

  @Test func `a reader that goes away ends it quietly`() throws {
    let line = "{ sleep 0.2; custody help --format json; echo $? >&2; } | true"
    #expect(try shell(line) == Outcome(status: 0, output: "", talk: "0\n"))
  }

  @Test func `a full disk is an error`() throws {
    #expect(
      try shell("custody version > /dev/full")
        == Outcome(status: 74, talk: "custody: error: the output cannot be written: No space left on device\n"))
  }

  @Test func `streams that are closed are noticed, and no file takes their place`() throws {
    let made = try shell(
      #"""
      export CUSTODY_HOME=$(mktemp -d)/home; cd "$(mktemp -d)"
      custody version >&- ; echo $?
      custody init acme --organization Acme --as acme/bo > out || exit 1
      cd acme
      custody submit - --control it-functions/governance <&- ; echo $?
      custody submit checkpoint --control it-functions/governance >&- ; echo $?
      sed -n 2p checkpoint
      custody log <&- >&- 2>&- ; echo $?
      """#)
    #expect(made.output == "74\n74\n4\n3\n74\n", "\(made.talk)")
    #expect(made.talk.contains("the output cannot be written: Bad file descriptor"))
    #expect(made.talk.contains("cannot read '-': bad file descriptor"))
    #expect(made.talk.contains("entry 2 is in the log, and what followed failed"))
  }

  @Test func `a reader that goes away does not change the answer`() throws {
    let answered = try shell(
      #"""
      export CUSTODY_HOME=$(mktemp -d)/home; cd "$(mktemp -d)"
      custody init acme --organization Acme --as acme/bo > out || exit 1
      for path in acme/object/*/*; do chmod u+w $path; echo x > $path; done
      { sleep 0.2; custody verify acme; echo $? >&2; } | true
      { sleep 0.2; custody search nothing-like-it --store acme; echo $? >&2; } | true
      """#)
    #expect(answered.talk.split(separator: "\n").filter { $0 == "1" }.count == 2, "\(answered.talk)")
  }

  @Test func `a variable or a working folder that is not UTF-8 names no other place`() throws {
    for name in ["CUSTODY_HOME", "CUSTODY_STORE", "CUSTODY_AS"] {
      let refused = try shell("export \(name)=$'caf\\xe9'; custody status; echo $?")
      #expect(refused.output == "78\n")
      #expect(refused.talk.contains("the variable \(name) is not UTF-8: 'caf\\xe9'"))
    }
    let lost = try shell(
      #"export CUSTODY_HOME=/nowhere; cd "$(mktemp -d)" && mkdir $'caf\xe9' && cd $'caf\xe9' && custody init s --organization S; echo $?"#
    )
    #expect(lost.output == "64\n", "\(lost.talk)")
    #expect(lost.talk.contains("the working folder's name is not UTF-8"))
  }

  @Test func `a word that is not UTF-8 is refused by its bytes, and names no other file`() throws {
    let refused = try shell(#"cd "$(mktemp -d)" && touch caf� && custody submit $'caf\xe9' 2>&1; echo $?"#)
    #expect(
      refused.output == """
        custody: error: argument 2 is not UTF-8: 'caf\\xe9'
        custody: hint: rename the file, or name the folder that it lies in
        64

        """)
  }
}
