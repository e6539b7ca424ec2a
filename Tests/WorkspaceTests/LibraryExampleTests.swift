import Crypto
import TreeLog
import Foundation
import Statements
import TestSupport
import Testing

@testable import Workspace

/// The program in Fixtures/library, which sees nothing of the package but what is public.
struct LibraryExampleTests {
  private struct Ended {
    let status: Int32
    let output: String
  }

  private func run(_ words: String...) throws -> Ended {
    let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let process = Process()
    process.executableURL = folder.appending(path: "library-example")
    process.arguments = words
    // Nothing that the user of the library has not said reaches it.
    process.environment = [:]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Ended(status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
  }

  @Test func `another program opens a store, submits a file and prints a report`() throws {
    let office = try Office(at: WallClock.system.now())
    let file = try office.write("updates of September\n", to: "updates.txt")
    let size = try office.store().checkpoint.size
    let ended = try run(office.desk().home.path, office.folder.path("store"), "acme/bo", "1.1", file)
    #expect(ended.status == 0, "\(ended.output)")
    let lines = ended.output.split(separator: "\n")
    #expect(lines.first == "entry \(size)")
    #expect(lines.count > 10 && lines[1].hasSuffix("  updates.txt"))
    let store = try office.store()
    #expect(store.checkpoint.size == size + 1)
    #expect(try EntryListing(store).entry(size).signer == "acme/bo")
    #expect(ended.output.contains("\(store.origin)\n") && ended.output.contains(store.checkpoint.root.hex))
    #expect(try office.faults().isEmpty)
  }

  @Test func `what cannot be done is a failure with its kind, and the store is as it was`() throws {
    let office = try Office(at: WallClock.system.now())
    let file = try office.write("x", to: "x.txt")
    let (home, store) = (office.desk().home.path, office.folder.path("store"))
    let size = try office.store().checkpoint.size
    for (words, kind) in [
      ([home, store, "acme/bo", "9.9", file], "usage"), ([home, store, "acme/eve", "1.1", file], "not-entitled"),
      ([home, office.folder.path("gone"), "acme/bo", "1.1", file], "input-missing"),
    ] {
      let ended = try run(words[0], words[1], words[2], words[3], words[4])
      #expect(ended.status == 1 && ended.output.hasPrefix("\(kind): "), "\(ended.output)")
    }
    #expect(try office.store().checkpoint.size == size)
  }
}
