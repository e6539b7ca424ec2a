import Crypto
import Foundation
import Statements
import Storage
import TestSupport
import TreeLog

/// A copy of the foreign store that a test may read with the program and damage.
struct ReadStore {
  let folder: TemporaryFolder

  /// A key of the store that signs checkpoints.
  static let key = "acme/fd110d30+cf52a912+AYE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: Fixtures.path("stores/foreign"), toPath: folder.path("store"))
  }

  /// What the program printed, and how it ended.
  struct Result: Equatable {
    var status: Int32
    var output: [UInt8]
    var talk: String

    var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// Runs the program in the folder.
  func custody(_ words: String...) throws -> Result { try custody(words) }

  func custody(_ words: [String]) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "custody")
    process.arguments = words
    process.environment = ["CUSTODY_HOME": folder.path("home"), "CUSTODY_STORE": folder.path("store")]
    process.currentDirectoryURL = URL(filePath: folder.path)
    let output = Pipe()
    process.standardOutput = output
    let talk = folder.path("talk")
    _ = FileManager.default.createFile(atPath: talk, contents: nil)
    process.standardError = FileHandle(forWritingAtPath: talk)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: [UInt8](printed),
      talk: String(decoding: folder.read("talk") ?? [], as: UTF8.self))
  }

  /// Puts evidence into the log whose signature is a key's, whether the fold will count it or not.
  func append(
    _ evidence: Evidence, bringing bytes: [UInt8], name: String, signedBy seed: UInt8
  ) throws {
    let jane = try SigningKey(ed25519Seed: [UInt8](repeating: 2, count: 32))
    let signer = try SigningKey(ed25519Seed: [UInt8](repeating: seed, count: 32))
    let layout = StoreLayout(root: folder.path("store"))
    let writer = try LogWriter(layout: layout)
    let before = try UnverifiedCheckpoint(parsing: try writer.contents.checkpoint() ?? [])
    let checkpoint = Checkpoint(origin: before.origin, size: before.size, root: before.root)
    let reader = LogReader(contents: writer.contents, size: before.size, root: before.root)
    let time = Instant(millisecondsSinceEpoch: 1_770_000_000_000)
    let payload = Statement.payload(
      .evidence(evidence), store: before.origin, signedAt: time,
      seen: Statement.Seen(root: before.root, size: before.size),
      subjects: [Subject(name: name, digest: SHA256.hash(bytes), size: bytes.count, mediaType: "text/plain")],
      placeholder: before.root)
    let entry = Entry(
      by: jane.verificationKey.keyID, envelope: try Envelope(signing: payload, with: signer),
      previous: try reader.leafHash(before.size - 1), sequence: before.size, time: time)
    let stored = try writer.objects.publish([writer.objects.stage(bytes: bytes)])
    try writer.append([entry.bytes], to: checkpoint, bringing: stored) { size, root in
      try SignedNote.sign(
        Checkpoint(origin: before.origin, size: size, root: root).text, name: before.origin, with: jane
      ).bytes
    }
  }
}
