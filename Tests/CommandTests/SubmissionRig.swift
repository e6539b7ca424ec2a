import Foundation
import TestSupport
import Testing

/// A store, a home and a working folder for tests that run the program as it was built.
final class SubmissionRig {
  let folder: TemporaryFolder
  private let binary: String

  /// - Parameter frameworks: Adopted beside the IT functions.
  init(frameworks: [String] = ["nist-800-171-r2"]) throws {
    folder = try TemporaryFolder()
    let place = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    binary = place.appendingPathComponent("custody").path
    try #require(run("init", "acme", "--organization", "Acme Manufacturing").status == 0)
    for framework in frameworks { try #require(run("framework", "adopt", framework).status == 0) }
  }

  /// What a run left behind.
  struct Ended {
    let status: Int32
    let output: String
    let talk: String

    /// The result as a machine reads it.
    var json: [String: Any] {
      let object = try? JSONSerialization.jsonObject(with: Data(output.utf8))
      return object as? [String: Any] ?? [:]
    }

    var entries: [Int] { json["entries"] as? [Int] ?? [] }
    var artifacts: [[String: Any]] { json["artifacts"] as? [[String: Any]] ?? [] }
    var names: [String] { artifacts.compactMap { $0["name"] as? String } }
    var size: Int { (json["checkpoint"] as? [String: Any])?["size"] as? Int ?? -1 }
  }

  @discardableResult
  func run(_ words: String..., input: String? = nil, store: String = "acme", as person: String = "acme/bo") throws
    -> Ended
  {
    try run(words, input: input, store: store, as: person)
  }

  func run(_ words: [String], input: String? = nil, store: String = "acme", as person: String = "acme/bo") throws
    -> Ended
  {
    let process = try start(words, input: input, store: store, as: person)
    process.waitUntilExit()
    return try ended(process)
  }

  func start(_ words: [String], input: String? = nil, store: String = "acme", as person: String = "acme/bo") throws
    -> Process
  {
    let process = Process()
    process.executableURL = URL(filePath: binary)
    process.arguments = words
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = [
      "CUSTODY_HOME": folder.path("home"), "CUSTODY_STORE": folder.path(store), "CUSTODY_AS": person,
      "PATH": "/usr/bin:/bin", "CUSTODY_PASSPHRASE": "secret",
    ]
    // Files, not pipes: whoever fills a pipe waits for somebody to read it.
    try folder.write([], to: "out")
    try folder.write([], to: "talk")
    try folder.write(Array((input ?? "").utf8), to: "in")
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: folder.path("in")))
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: folder.path("out")))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: folder.path("talk")))
    try process.run()
    return process
  }

  func ended(_ process: Process) throws -> Ended {
    Ended(
      status: process.terminationStatus, output: String(decoding: folder.read("out") ?? [], as: UTF8.self),
      talk: String(decoding: folder.read("talk") ?? [], as: UTF8.self))
  }

  /// Submits, and gives what a machine reads.
  func submit(_ words: String..., input: String? = nil) throws -> Ended {
    try run(["submit", "--format", "json"] + words, input: input)
  }

  func write(_ text: String, to name: String) throws { try folder.write(Array(text.utf8), to: name) }

  /// The checkpoint as it lies in the store.
  var checkpoint: [UInt8]? { folder.read("acme/checkpoint") }

  /// The predicate of the statement in an entry.
  func predicate(ofEntry entry: Int) throws -> [String: Any] {
    try #require(statement(ofEntry: entry)["predicate"] as? [String: Any])
  }

  func statement(ofEntry entry: Int) throws -> [String: Any] {
    let names = try folder.files().filter { $0.hasPrefix("acme/tile/entries/") }
    // The widest bundle holds all entries of so short a log; each stands behind its length.
    var best: [[UInt8]] = []
    for name in names {
      let bytes = folder.read(name) ?? []
      var entries: [[UInt8]] = []
      var index = 0
      while index + 2 <= bytes.count {
        let length = Int(bytes[index]) << 8 | Int(bytes[index + 1])
        entries.append(Array(bytes[(index + 2)..<min(bytes.count, index + 2 + length)]))
        index += 2 + length
      }
      if entries.count > best.count { best = entries }
    }
    try #require(entry < best.count)
    let object = try JSONSerialization.jsonObject(with: Data(best[entry])) as? [String: Any]
    let envelope = object?["envelope"] as? [String: Any]
    let payload = try #require((envelope?["payload"] as? String).flatMap { Data(base64Encoded: $0) })
    return try #require(try JSONSerialization.jsonObject(with: payload) as? [String: Any])
  }

  /// Whether the whole store holds.
  func isSound() throws -> Bool {
    let ended = try run("verify", "--format", "json", "--fail-on", "never")
    return ended.status == 0 && ended.json["sound"] as? Bool == true
  }
}
