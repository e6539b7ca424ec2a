import Findings
import Testing

@testable import CommandLine

struct ProgramTests {
  @Test func `options that every command has stand before, between and behind its name`() {
    let expected = Outcome(status: 0, output: "onsite - /s acme/jane\n")
    #expect(run("--store", "/s", "--as=acme/jane", "--yes", "party", "confirm", "onsite") == expected)
    #expect(run("party", "--store", "/s", "confirm", "-y", "onsite", "--as", "acme/jane") == expected)
    #expect(
      run("party", "confirm", "onsite", "-y", environment: ["CUSTODY_STORE": "/s", "CUSTODY_AS": "acme/jane"])
        == expected)
    #expect(
      run(
        "party", "confirm", "onsite", "-y", "--store=/s", "--as=acme/jane",
        environment: ["CUSTODY_STORE": "/t", "CUSTODY_AS": "acme/bo"]) == expected)
    #expect(
      run("party", "confirm", "onsite", "-y", environment: ["CUSTODY_STORE": ""])
        == Outcome(status: 0, output: "onsite - - -\n"))
  }

  @Test func `an error comes after the results so far, as text or as JSON`() {
    #expect(
      run("party", "fail")
        == Outcome(
          status: 75, output: "half\n",
          talk: "custody: error: the store '/srv/acme' is locked\ncustody: hint: try again\n"))
    #expect(
      run("party", "fail", "--format", "json").talk
        == #"{"error":{"code":"locked","message":"the store '/srv/acme' is locked","hint":"try again"}}"# + "\n")
    #expect(
      run("party", "fial", "--format=json")
        == Outcome(
          status: 64,
          talk: #"{"error":{"code":"usage","message":"'custody party' has no command 'fial'","#
            + #""hint":"did you mean 'custody party fail'"}}"# + "\n"))
  }

  @Test func `help wins over everything else before two hyphens`() {
    for words in [["submit", "--elephant", "-h"], ["submit", "--help", "--note"], ["submit", "-vh"]] {
      let outcome = run(words[0], words[1], words.count > 2 ? words[2] : "f")
      #expect(outcome.status == 0)
      #expect(outcome.output.hasPrefix("Record evidence for controls.\n"))
      #expect(outcome.talk.isEmpty)
    }
    #expect(run("exec", "--", "-h").output == "-h\n")
    #expect(run("party", "-h").output.contains("  confirm                   Confirm a party's first key.\n"))
    #expect(run("-h") == run())
    #expect(run().status == 0)
  }

  @Test func `an error that nobody foresaw is a bug, and a closed pipe is nothing`() {
    struct Surprise: Error {}
    let commands = [
      Command(failing(with: Surprise(), name: "surprise")), Command(failing(with: BrokenPipe(), name: "pipe")),
    ]
    let outcome = run("surprise", commands: commands)
    #expect(outcome.status == 70)
    #expect(outcome.talk.hasPrefix("custody: error: something went wrong that custody did not foresee: Surprise()\n"))
    #expect(run("pipe", commands: commands) == Outcome(status: 0))
  }

  private func failing(with error: any Error & Sendable, name: String) -> CommandSpec<NoArguments> {
    CommandSpec<NoArguments>(
      name: name, abstract: "Fail.", examples: [], parameters: [], initial: NoArguments.init
    ) { _, _, _ in throw error }
  }

  @Test func `questions are answered on a terminal, by an option, or not at all`() {
    #expect(run("party", "confirm", "a", answers: ["y"]).output == "a - - -\n")
    #expect(run("party", "confirm", "a", answers: ["YES"]).status == 0)
    #expect(
      run("party", "confirm", "a", answers: [""]) == Outcome(status: 1, output: "", talk: "is it theirs [y/N] "))
    #expect(run("party", "confirm", "a", answers: []).status == 1)
    #expect(
      run("party", "confirm", "a")
        == Outcome(
          status: 64, output: "",
          talk: "custody: error: there is no terminal to ask on: is it theirs\n"
            + "custody: hint: give '--yes' if the answer is yes\n"))
  }

  @Test func `each kind of failure has its status`() {
    let statuses = FailureCode.allCases.map { ExitStatus($0).rawValue }
    #expect(statuses == [64, 65, 66, 69, 70, 73, 74, 75, 77, 78, 130, 1, 3, 4])
    #expect(Set(FailureCode.allCases.map(\.rawValue)).count == statuses.count)
  }
}
