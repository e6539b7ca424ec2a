import CommandLine
import Findings
import Foundation
import TestSupport
import Testing

/// For each exit status a line that raises it, and one just beside it that does not.
struct ExitStatusTests {
  struct Pair: Sendable, CustomTestStringConvertible {
    let status: Int32
    let line: String
    let beside: String
    var person = "acme/bo"

    var testDescription: String { "\(status): \(line)" }
  }

  static let pairs = [
    Pair(
      status: 1, line: "CUSTODY_HOME=$PWD/nobody custody check-proof entry.proof",
      beside: "custody check-proof entry.proof --key \"$(cat verifier)\""),
    Pair(status: 1, line: "custody framework list elephants", beside: "custody framework list updates"),
    Pair(status: 1, line: "custody append accept.offer accept.offer", beside: "custody append accept.offer --dry-run"),
    Pair(
      status: 1, line: "custody party confirm onsite 0123456789abcdef",
      beside: "custody party confirm onsite $(keyid onsite/jane)"),
    Pair(status: 3, line: "custody verify", beside: "custody verify --fail-on never"),
    Pair(status: 64, line: "custody accept", beside: "custody accept --dry-run", person: "onsite/jane"),
    Pair(status: 65, line: "custody member add onsite.request", beside: "custody member add sam.card --dry-run"),
    Pair(status: 66, line: "custody append gone.offer", beside: "custody append accept.offer --dry-run"),
    Pair(status: 73, line: "custody engagement new agreement.yaml", beside: "custody engagement new another.yaml"),
    Pair(status: 74, line: "custody status > /dev/full", beside: "custody status > /dev/null"),
    Pair(
      status: 75, line: "flock acme/lock custody member change acme/kim --name K --wait 0",
      beside: "flock -u acme/lock custody member change acme/kim --name K --dry-run"),
    Pair(
      status: 77, line: "custody framework adopt house", beside: "custody submit february.txt --control 1.2 --dry-run",
      person: "acme/kim"),
    Pair(
      status: 78, line: "CUSTODY_HOME= HOME= custody status", beside: "CUSTODY_HOME= HOME=$PWD/nobody custody status"),
  ]

  @Test(arguments: pairs)
  func `each status has a cause, and what is beside it has another`(pair: Pair) throws {
    let place = try SampleHouse.copy()
    let raised = try place.shell(pair.line, as: pair.person)
    #expect(raised.status == pair.status, "\(raised.talk)")
    let beside = try place.shell(pair.beside, as: pair.person)
    // Of the offers given twice one went in.
    let expected: Int32 = pair.line.contains("accept.offer accept.offer") ? 1 : 0
    #expect(beside.status == expected, "\(beside.talk)")
  }

  @Test func `what no command can raise yet has its number, too`() {
    #expect(ExitStatus(.unavailable).rawValue == 69)
    #expect(ExitStatus(.bug).rawValue == 70)
    struct Surprise: Error {}
    #expect(Failure(describing: Surprise()).code == .bug)
    let told = Set(ExitStatus.failures.map(\.status.rawValue))
    #expect(told == Set(FailureCode.allCases.map { ExitStatus($0).rawValue }.filter { $0 >= 64 }))
  }

  @Test func `an interruption leaves the store as it was`() throws {
    let place = try SampleHouse.copy()
    let before = try place.snapshot()
    let line = """
      mkfifo hold
      env --default-signal=INT custody --format json submit - --control house/1.1 < hold &
      pid=$!
      exec 7> hold
      echo half of it >&7
      for i in $(seq 400); do [ -n "$(ls -A acme/inbox)" ] && break; sleep 0.05; done
      kill -INT $pid
      wait $pid
      """
    let ended = try place.shell(line)
    #expect(ended.status == 130, "\(ended.talk)")
    #expect(ended.error?["code"] as? String == "interrupted")
    #expect(ended.output.isEmpty)
    let after = try place.snapshot()
    #expect(after.filter { !$0.key.hasPrefix("inbox/") } == before.filter { !$0.key.hasPrefix("inbox/") })
    // The next one finds its way, and tidies up.
    #expect(try place.shell("custody submit february.txt --control house/1.1").status == 0)
    #expect(try place.folder.files().filter { $0.hasPrefix("desk/acme/inbox/") } == [])
    #expect(try place.shell("custody verify --fail-on never").status == 0)
  }
}
