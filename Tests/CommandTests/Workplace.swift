import Foundation
import TestSupport
import Testing

/// A folder in which several people work with the program as it was built, each with a home of their own.
///
/// Nobody's own `CUSTODY_…` variables reach it. A line is one of bash, in which `custody` is the program and a few
/// words stand for what a person would look up: `origin` prints the store's, `keyid MEMBER` the first key of a member.
final class Workplace: Sendable {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeFolder("streams")
    try folder.makeFolder("desk")
  }

  /// A copy, in which nothing that is done touches the first.
  init(copyOf other: Workplace) throws {
    folder = try TemporaryFolder()
    try folder.remove("")
    try FileManager.default.copyItem(atPath: other.folder.path, toPath: folder.path)
  }

  /// Where the words run.
  var desk: String { folder.path("desk") }

  /// What a run left behind.
  struct Ended {
    let status: Int32
    let output: String
    let talk: String

    /// What was printed, wherever lines were broken.
    var flowing: String { output.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    /// What was printed, as a machine reads it.
    var json: Any? { try? JSONSerialization.jsonObject(with: Data(output.utf8)) }
    var object: [String: Any] { json as? [String: Any] ?? [:] }

    /// The error that a machine is told.
    var error: [String: Any]? {
      let last = talk.split(separator: "\n").last ?? ""
      let told = try? JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any]
      return told?["error"] as? [String: Any]
    }
  }

  /// Runs one line of bash.
  ///
  /// - Parameters:
  ///   - person: Whose home it is, and who signs.
  ///   - merged: Whether what goes to standard error stands among the results, as on a terminal.
  @discardableResult
  func shell(
    _ line: String, as person: String = "acme/bo", merged: Bool = false, environment: [String: String] = [:]
  ) throws -> Ended {
    let preamble = """
      origin() { sed 's/.*"origin":"\\([^"]*\\)".*/\\1/' "$CUSTODY_STORE/custody.json"; }
      keyid() { custody key list --format json | grep -A 1 "\\"$1\\"" | sed -n 's/.*"keyid": "\\([^"]*\\)".*/\\1/p' | head -n 1; }
      days() { date -u -d "$1 days" +%F; }

      """
    return try run("/bin/bash", ["-c", (merged ? "exec 2>&1\n" : "") + preamble + line], person, environment)
  }

  /// Runs the program with these words.
  @discardableResult
  func custody(
    _ words: [String], as person: String = "acme/bo", environment: [String: String] = [:], input: String? = nil
  ) throws -> Ended {
    try run("\(Workplace.binaries)/custody", words, person, environment, input: input)
  }

  /// Runs lines of which each must do what it says.
  func prepare(_ lines: (person: String, line: String)...) throws {
    for (person, line) in lines {
      let ended = try shell(line, as: person)
      try #require(ended.status == 0, "\(line): \(ended.talk)")
    }
  }

  /// Where the program lies: beside the test bundle.
  static let binaries = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path

  /// What a person's process starts with.
  func environment(_ person: String) -> [String: String] {
    [
      "CUSTODY_HOME": home(person), "CUSTODY_STORE": "\(desk)/acme", "CUSTODY_AS": person,
      "PATH": "\(Workplace.binaries):/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": folder.path("nobody"),
    ]
  }

  func home(_ person: String) -> String { folder.path("homes/" + person.replacing("/", with: "-")) }

  private func run(
    _ program: String, _ words: [String], _ person: String, _ environment: [String: String], input: String? = nil
  ) throws -> Ended {
    let name = "streams/\(UUID().uuidString)"
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = words
    process.currentDirectoryURL = URL(filePath: desk)
    process.environment = self.environment(person).merging(environment) { $1 }
    // Files, not pipes: whoever fills a pipe waits for somebody to read it.
    for (stream, text) in [("out", ""), ("talk", ""), ("in", input ?? "")] {
      try folder.write(Array(text.utf8), to: "\(name).\(stream)")
    }
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: folder.path("\(name).in")))
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: folder.path("\(name).out")))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: folder.path("\(name).talk")))
    try process.run()
    process.waitUntilExit()
    let signalled = process.terminationReason == .uncaughtSignal
    return Ended(
      status: signalled ? -process.terminationStatus : process.terminationStatus,
      output: String(decoding: folder.read("\(name).out") ?? [], as: UTF8.self),
      talk: String(decoding: folder.read("\(name).talk") ?? [], as: UTF8.self))
  }

  /// Every file below a place on the desk with its bytes, and every folder with none, but for the lock's.
  func snapshot(of place: String = "acme") throws -> [String: [UInt8]] {
    let root = "\(desk)/\(place)"
    var found: [String: [UInt8]] = [:]
    for relative in try FileManager.default.subpathsOfDirectory(atPath: root) where relative != "lock" {
      found[relative] = folder.read("desk/\(place)/\(relative)") ?? []
    }
    return found
  }
}
