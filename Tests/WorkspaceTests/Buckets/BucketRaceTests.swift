import BucketSupport
import Crypto
import Findings
import Index
import RemoteWire
import Statements
import Storage
import TestSupport
import Testing
import TreeLog

@testable import Workspace

/// Two hosts that say the same at once: the log has it once.
struct BucketRaceTests {
  /// A bucket into which somebody appends while another is about to.
  private func overtaken(_ world: BucketOffice, _ between: @escaping () throws -> Void) -> InterruptedBucket {
    InterruptedBucket(world.bucket, at: { $0.verb == .put && $0.name == "checkpoint" }, between: between)
  }

  /// Submits files for control 1.1.
  private func submit(_ files: [String], at desk: Desk) throws -> Submission.Result {
    try desk.submit(files, EvidenceDetails(controls: ["1.1"]), to: desk.open(BucketOffice.address))
  }

  private func files(_ world: BucketOffice, _ texts: [String]) throws -> [String] {
    try texts.map { try world.office.write($0, to: "\($0).txt") }
  }

  @Test func `a file that somebody of the same party has submitted meanwhile is there already`() throws {
    let world = try BucketOffice()
    try world.office.join("acme/al", in: world)
    let files = try files(world, ["one"])
    var first: Submission.Result?
    let late = try submit(
      files, at: world.desk("acme/al", host: overtaken(world) { first = try submit(files, at: world.desk()) }))
    #expect(late.entries == [] && late.statements == [])
    #expect(late.artifacts.map(\.earlierEntry) == first.map { $0.entries } ?? [])
    #expect(late.checkpoint == first?.checkpoint)
    #expect(try world.count("one") == 1 && world.isSound())
  }

  @Test(arguments: [2, 80]) func `what is new beside it goes in all the same`(count: Int) throws {
    let world = try BucketOffice()
    try world.office.join("acme/al", in: world)
    let texts = (0..<count).map { "text-\($0)" }
    let files = try files(world, texts)
    var first: [Int] = []
    let result = try submit(
      files,
      at: world.desk("acme/al", host: overtaken(world) { first = try submit([files[0]], at: world.desk()).entries }))
    #expect(result.entries == first.map { $0 + 1 })
    #expect(result.artifacts.map(\.earlierEntry) == first + Array(repeating: nil, count: count - 1))
    #expect(result.checkpoint.size == result.entries.last.map { $0 + 1 })
    #expect(try world.isSound())
    let store = try world.store()
    // In a statement's own subjects, or in its manifest.
    let uses = try store.index.objectUses(of: texts.map { SHA256.hash($0) })
    #expect(texts.allSatisfy { uses[SHA256.hash($0)]?.count == 1 }, "\(uses)")
  }

  @Test func `what others have said of other files changes nothing`() throws {
    let world = try BucketOffice()
    try world.office.join("acme/al", in: world)
    let files = try files(world, ["mine", "yours"])
    var first: [Int] = []
    let result = try submit(
      [files[0]],
      at: world.desk("acme/al", host: overtaken(world) { first = try submit([files[1]], at: world.desk()).entries }))
    #expect(result.entries == first.map { $0 + 1 })
    #expect(try world.count("mine") == 1 && world.count("yours") == 1 && world.isSound())
  }

  @Test func `an offer that two hosts take in at once goes in once, and those beside it too`() throws {
    let world = try BucketOffice()
    try world.office.join("acme/al", in: world)
    func offer(_ text: String) throws -> String {
      var write = WriteOptions()
      write.offer = world.office.folder.path("\(text).offer")
      let desk = world.desk()
      _ = try desk.submit(
        files(world, [text]), EvidenceDetails(controls: ["1.1"]), to: desk.open(BucketOffice.address), write)
      return world.office.folder.path("\(text).offer")
    }
    let (both, one) = (try offer("both"), try offer("one"))
    var first: TakenOffers?
    let host = overtaken(world) { first = try world.desk().append([both], to: world.store()) }
    let desk = world.desk("acme/al", host: host)
    let late = try desk.append([both, one], to: desk.open(BucketOffice.address))
    let entry = try #require(first?.taken.first?.entry)
    #expect(late.taken.map(\.duplicateOf) == [entry, nil])
    #expect(late.taken.map(\.entry) == [nil, entry + 1])
    #expect(late.checkpoint.size == entry + 2)
    #expect(try world.count("both") == 1 && world.count("one") == 1 && world.isSound())
  }

  @Test func `a cosignature that two hosts append at once is anchored once`() throws {
    let world = try BucketOffice()
    try world.office.join("acme/al", in: world)
    let witness = world.desk("elsewhere").signing(as: nil)
    let key = try witness.makeWitness(named: "witness.example/one", output: world.office.folder.path("one.vkey"))
    let cosigned = try Cosigning(at: witness).cosign(witness.open(BucketOffice.address))
    let note = world.office.folder.path("cosigned")
    try OutputFile.write(note, cosigned.note.bytes)
    var first: TakenOffers?
    let host = overtaken(world) { first = try world.desk().append([note], to: world.store(), witnesses: [key]) }
    let desk = world.desk("acme/al", host: host)
    let late = try desk.append([note], to: desk.open(BucketOffice.address), witnesses: [key])
    let entry = try #require(first?.taken.first?.entry)
    #expect(late.taken.map(\.entry) == [nil])
    #expect(late.taken.first?.refusal?.message.contains("in the log already, as entry \(entry)") == true)
    #expect(try world.store().checkpoint.size == entry + 1 && world.isSound())
  }
}
