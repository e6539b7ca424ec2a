import Foundation
import TestSupport
import Testing

struct ExecTests {
  private func exec(_ rig: SubmissionRig, _ options: [String] = [], _ command: String...) throws -> SubmissionRig.Ended
  {
    try rig.run(["exec", "--format", "json", "--control", "3.14.1"] + options + ["--"] + command)
  }

  private func status(_ ended: SubmissionRig.Ended) -> Int? { (ended.json["run"] as? [String: Any])?["status"] as? Int }

  @Test func `what a command printed is kept with how it was run`() throws {
    let rig = try SubmissionRig()
    let ended = try exec(rig, ["--description", "d"], "sh", "-c", "echo out; echo err >&2; exit 3")
    #expect(ended.status == 0)
    #expect(status(ended) == 3)
    #expect(ended.names == ["stdout.txt", "stderr.txt"])
    let digest = try #require(ended.artifacts[0]["sha256"] as? String)
    #expect(rig.folder.read("acme/object/\(digest.prefix(2))/\(digest.dropFirst(2))") == Array("out\n".utf8))
    let predicate = try rig.predicate(ofEntry: 3)
    let run = try #require(predicate["run"] as? [String: Any])
    #expect(run["arguments"] as? [String] == ["sh", "-c", "echo out; echo err >&2; exit 3"])
    #expect(run["status"] as? Int == 3)
    #expect((run["host"] as? String)?.isEmpty == false)
    #expect(run["end"] as? String == predicate["collected"] as? String)
    #expect(try rig.isSound())
  }

  @Test func `the status is the command's where that is asked for`() throws {
    let rig = try SubmissionRig()
    #expect(try exec(rig, ["--pass-status"], "sh", "-c", "exit 7").status == 7)
    let killed = try exec(rig, ["--pass-status"], "sh", "-c", "kill -9 $$")
    #expect(killed.status == 137)
    #expect(status(killed) == 137)
    // The same output again is another finding.
    #expect(try exec(rig, [], "true").entries == [5])
    #expect(try exec(rig, [], "true").entries == [6])
  }

  @Test func `a command that cannot be started is recorded nowhere`() throws {
    let rig = try SubmissionRig()
    let before = rig.checkpoint
    #expect(try exec(rig, [], "no-such-command").status == 66)
    #expect(try exec(rig, [], "/").status == 66)
    #expect(try rig.run("exec", "--control", "3.14.1").status == 64)
    #expect(try rig.run("exec", "--", "true").status == 64)
    #expect(try exec(rig, ["--dry-run"], "touch", rig.folder.path("touched")).status == 0)
    #expect(try rig.run("exec", "--control", "9.9.9", "--", "touch", rig.folder.path("touched")).status == 64)
    #expect(rig.folder.read("touched") == nil)
    #expect(rig.checkpoint == before)
  }

  @Test func `a command that takes too long is ended, with what it started`() throws {
    let rig = try SubmissionRig()
    let start = ContinuousClock.now
    let ended = try exec(rig, ["--timeout", "1"], "sh", "-c", "echo begun; sleep 30; echo done")
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect(status(ended) == 143)
    #expect(ended.artifacts[0]["size"] as? Int == 6)
  }

  @Test func `an interruption reaches the command, and what it said is kept`() throws {
    let rig = try SubmissionRig()
    let words = ["exec", "--format", "json", "--control", "3.14.1", "--", "sh", "-c"]
    let loop = "i=0; while [ $i -lt 400 ]; do sleep 0.05; i=$((i + 1)); done"
    let script = "trap 'echo caught; exit 9' INT; echo > '\(rig.folder.path("ready"))'; \(loop)"
    let process = try rig.start(words + [script])
    while rig.folder.read("ready") == nil, process.isRunning { usleep(10_000) }
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    let ended = try rig.ended(process)
    #expect(ended.status == 0)
    #expect(status(ended) == 9)
    #expect(ended.artifacts[0]["size"] as? Int == 7)
  }

  @Test func `the command sees its input and not the passphrase`() throws {
    let rig = try SubmissionRig()
    let words = ["exec", "--control", "3.14.1", "--show", "--", "sh", "-c", "cat; echo \"[$CUSTODY_PASSPHRASE]\""]
    let ended = try rig.run(words, input: "given\n")
    #expect(ended.status == 0)
    #expect(ended.talk.contains("given\n[]\n"))
    #expect(!ended.output.contains("given"))
  }

  @Test func `much output takes no memory, and arguments that fit no entry are refused`() throws {
    let rig = try SubmissionRig()
    let much = try exec(rig, ["--name", "zeros.bin"], "head", "-c", "50000000", "/dev/zero")
    #expect(much.names == ["zeros.bin", "stderr.txt"])
    #expect(much.artifacts[0]["size"] as? Int == 50_000_000)
    #expect(try exec(rig, [], "true", String(repeating: "x", count: 30_000)).status == 64)
  }

  @Test func `it can be offered without the store`() throws {
    let rig = try SubmissionRig()
    let words = ["exec", "--control", "nist-800-171-r2/3.14.1", "--checkpoint", "acme/checkpoint", "--offer", "o"]
    #expect(try rig.run(words + ["--", "echo", "hi"], store: "none").status == 0)
    #expect(try rig.run("append", "o").status == 0)
    #expect(try rig.isSound())
  }
}
