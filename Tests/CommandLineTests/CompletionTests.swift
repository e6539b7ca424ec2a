import Foundation
import Testing

@testable import CommandLine

struct CompletionTests {
  private let scopes = CompletionScope.all(in: SampleCommands.commands)

  @Test func `scripts name every command and row`() {
    let scripts = [
      (BashCompletion.script("custody", scopes), "--"), (ZshCompletion.script("custody", scopes), "--"),
      (FishCompletion.script("custody", scopes), "-l "),
    ]
    #expect(scopes.map(\.place) == ["", "/submit", "/exec", "/party", "/party/confirm", "/party/fail"])
    for (script, hyphens) in scripts {
      for scope in scopes {
        #expect(scope.path.isEmpty || script.contains(scope.place))
        for command in scope.subcommands { #expect(script.contains(command.name)) }
        for row in scope.named { #expect(script.contains(hyphens + row.name)) }
      }
      #expect(script.contains("all new none"))
    }
  }

  @Test(arguments: [
    ("custody ", ["submit", "exec", "party", "--version"]), ("custody su", ["submit"]),
    ("custody party ", ["confirm", "fail"]), ("custody party confirm --qu", ["--quiet"]),
    ("custody submit --format ", ["text", "json", "csv"]), ("custody submit --format j", ["json"]),
    ("custody submit --format = j", ["json"]), ("custody --format =", ["text", "json"]),
    ("custody submit --objects = n", ["new", "none"]), ("custody submit --objects ", []),
    ("custody submit -", ["-c", "--control", "-n", "--note"]),
  ])
  func `bash completes commands, options and values`(line: String, expected: [String]) throws {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map { "'\($0)'" }
    let script =
      BashCompletion.script("custody", scopes).replacing("compopt -o filenames; ", with: "")
      + "COMP_WORDS=(\(words.joined(separator: " "))); COMP_CWORD=\(words.count - 1); _custody\n"
      + "printf '%s\\n' \"${COMPREPLY[@]}\"\n"
    let printed = try bash(script)
    #expect(printed.prefix(expected.count) == expected[...])
  }

  private func bash(_ script: String) throws -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", script]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
