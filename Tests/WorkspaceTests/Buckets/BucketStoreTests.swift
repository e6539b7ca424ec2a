import BucketSupport
import Crypto
import Findings
import RemoteWire
import Foundation
import Statements
import Storage
import TestSupport
import Testing
import TreeLog
import Verification

@testable import Workspace

/// What people do with a store in a bucket.
struct BucketStoreTests {
  @Test func `a folder that was copied to a bucket is a copy, and goes on from there`() throws {
    let world = try BucketOffice()
    let folder = world.office.folder.path("store")
    #expect(
      failure {
        _ = try world.office.desk().submit(
          [try world.office.write("late", to: "late.txt")], EvidenceDetails(controls: ["1.1"]), to: world.office.store()
        )
      }?
      .code == .configuration)
    let result = try world.submit("first")
    #expect(try world.count("first") == 1)
    #expect(try world.isSound())
    _ = try world.desk().pull(from: BucketOffice.address, into: folder)
    #expect(try world.desk().verify(folder).checkpoint == result.checkpoint)
    // Nothing new is sent again.
    #expect(try world.desk().copy(from: folder, to: BucketOffice.address, isMirror: true).done.files == 0)
  }

  @Test func `a store that is new in a bucket takes no second one there`() throws {
    let world = try BucketOffice()
    let new = NewStore(client: "other", organization: "Other Works", person: "al")
    #expect(failure { _ = try world.desk("other/al").make(new, at: BucketOffice.address) }?.code == .cannotCreate)
    #expect(try world.isSound())
  }

  @Test func `a store that was begun in a bucket at any request is gone on with`() throws {
    let office = try Office()
    func make(_ bucket: MemoryBucket, _ name: String) throws -> MadeStore {
      let plain = office.desk("works/al")
      let desk = Desk(
        home: Home(path: office.folder.path("homes/\(name)")), person: "works/al", passphrase: nil, clock: plain.clock,
        consent: plain.consent, notices: plain.notices, hosts: StoreHosts { _ in bucket })
      return try desk.make(
        NewStore(client: "works", organization: "Works", person: "al"), at: BucketOffice.address)
    }
    let whole = MemoryBucket()
    _ = try make(whole, "whole")
    for at in 1...whole.count {
      let bucket = MemoryBucket()
      bucket.restart(deadFrom: at)
      #expect(failure { _ = try make(bucket, "dead\(at)") } != nil)
      bucket.restart()
      let made = try make(bucket, "dead\(at)")
      #expect(made.path == BucketOffice.address && bucket.bytes("checkpoint") != nil, "dead at \(at)")
      #expect(failure { _ = try make(bucket, "other\(at)") }?.code == .cannotCreate)
    }
  }

  @Test func `a store that its bucket refuses is not told as recorded, and goes there once it may`() throws {
    let office = try Office()
    let bucket = MemoryBucket()
    func make(_ answer: WireAnswer?) throws -> MadeStore {
      let plain = office.desk("works/al")
      let host = WatchedHost(bucket) { request, ask in
        guard let answer, request.line == "put checkpoint" else { return try ask() }
        return HostAnswer(answer)
      }
      let desk = Desk(
        home: plain.home, person: "works/al", passphrase: nil, clock: plain.clock, consent: plain.consent,
        notices: plain.notices, hosts: StoreHosts { _ in host })
      return try desk.make(
        NewStore(client: "works", organization: "Works", person: "al"), at: BucketOffice.address)
    }
    let before = office.notices.recordedEntries
    let told = failure { _ = try make(WireAnswer(id: 0, status: 403)) }
    #expect(told?.code == .configuration && office.notices.recordedEntries == before, "\(String(describing: told))")
    #expect(office.notices.warned.contains { $0.contains("the same 'custody init' again goes on") })
    let made = try make(nil)
    #expect(made.path == BucketOffice.address && office.notices.recordedEntries?.lowerBound == 0)
  }

  @Test func `a store without a checkpoint is seen by nobody, and is not told of nobody but nobody`() throws {
    let world = try BucketOffice()
    world.bucket.remove("checkpoint")
    let report = try world.desk().verify(BucketOffice.address)
    let history = try #require(report.checks.first { $0.name == .history })
    #expect(
      !report.isSound && history.summary.contains("no outside witness yet: nobody has signed"), "\(history.summary)")
  }

  @Test func `a look at a tree that was looked at takes two requests, and a submission its objects and eight`() throws {
    let world = try BucketOffice()
    try world.submit("first")
    _ = try world.store().soundness()
    world.bucket.restart()
    let store = try world.store()
    #expect(try store.soundness().faults.isEmpty)
    _ = try store.snapshot()
    #expect(world.bucket.log == ["get custody.json", "get checkpoint"])
    world.bucket.restart()
    try world.submit("second")
    #expect(world.bucket.count <= 1 + 8, "\(world.bucket.log)")
  }

  @Test func `who was slower takes the statements in anew, and numbers them as they are`() throws {
    let world = try BucketOffice()
    try world.office.join("acme/al", in: world)
    let opened = try world.store("acme/al")
    let first = try world.submit("first")
    let second = try world.submit("second", as: "acme/al", from: opened)
    #expect(second.entries == first.entries.map { $0 + 1 })
    #expect(try world.count("first") == 1 && world.count("second") == 1)
    #expect(try world.isSound())
  }

  @Test func `what was redacted while it was submitted again is not told as recorded`() throws {
    let world = try BucketOffice()
    try world.office.join("acme/al", in: world)
    try world.submit("names")
    let file = try world.office.write("names", to: "other.txt")
    let host = InterruptedBucket(world.bucket, at: { $0.verb == .put && $0.name == "checkpoint" }) {
      try world.redact("names")
    }
    let desk = world.desk("acme/al", host: host)
    let told = failure {
      _ = try desk.submit([file], EvidenceDetails(controls: ["2.1"]), to: desk.open(BucketOffice.address))
    }
    #expect(
      told?.code == .locked && told?.message.contains("redacted meanwhile") == true, "\(String(describing: told))")
    #expect(try world.isSound())
    _ = try world.desk("acme/al").submit([file], EvidenceDetails(controls: ["2.1"]), to: world.store("acme/al"))
    #expect(try world.isSound() && world.count("names") == 2)
  }

  @Test func `who removes what somebody brings again meanwhile is told that it has to come once more`() throws {
    let world = try BucketOffice()
    try world.office.join("acme/al", in: world)
    try world.submit("names")
    let host = InterruptedBucket(world.bucket, at: { $0.verb == .delete && $0.name.hasPrefix("object/") }) {
      let file = try world.office.write("names", to: "other.txt")
      _ = try world.desk("acme/al").submit([file], EvidenceDetails(controls: ["2.1"]), to: world.store("acme/al"))
    }
    try world.redact("names", host: host)
    #expect(
      world.office.notices.warned.contains { $0.contains("submit it once more") }, "\(world.office.notices.warned)")
    #expect(world.bucket.bytes(ObjectPath.path(SHA256.hash("names"))) == nil)
    try world.submit("names", as: "acme/al")
    #expect(try world.isSound())
  }

  @Test func `who may not wait ends as locked, and nothing of theirs is in the log`() throws {
    let world = try BucketOffice()
    try world.office.join("acme/al", in: world)
    let opened = try world.store("acme/al")
    let first = try world.submit("first")
    let told = failure { try world.submit("second", as: "acme/al", patience: 0, from: opened) }
    #expect(told?.code == .locked, "\(String(describing: told))")
    #expect(try world.store().checkpoint == first.checkpoint)
    #expect(try world.isSound())
  }

  @Test(arguments: MemoryBucket.Trouble.allCases)
  func `whatever goes wrong once, a submission goes in once`(_ trouble: MemoryBucket.Trouble) throws {
    let world = try BucketOffice()
    try world.submit("warm")
    world.bucket.restart()
    try world.submit("counted")
    for at in 1...world.bucket.count {
      world.bucket.restart([at: trouble])
      try world.submit("trouble \(at)")
      world.bucket.restart()
      #expect(try world.count("trouble \(at)") == 1, "\(trouble) at \(at)")
    }
    #expect(try world.isSound())
    #expect(world.bucket.rewritten == [])
  }

  @Test func `a writer that died at any request leaves a store that the next goes on with`() throws {
    let world = try BucketOffice()
    try world.office.join("acme/al", in: world)
    world.bucket.restart()
    try world.submit("counted")
    for at in 1...world.bucket.count {
      world.bucket.restart(deadFrom: at)
      // What comes after the commit may fail without a word: then it was done.
      let told = failure { try world.submit("dead \(at)") }
      world.bucket.restart()
      if told == nil { #expect(try world.count("dead \(at)") == 1) }
      try world.submit("after \(at)", as: "acme/al")
      #expect(try world.count("dead \(at)") <= 1 && world.count("after \(at)") == 1)
    }
    #expect(try world.isSound())
    #expect(world.bucket.rewritten == [])
  }

  @Test func `six writers at once each go in once`() async throws {
    let world = try BucketOffice()
    let people = (0..<6).map { "acme/w\($0)" }
    for person in people { try world.office.join(person, in: world) }
    let before = try world.store().checkpoint.size
    let desks = people.map { UncheckedBox(world.desk($0)) }
    let files = try (0..<18).map { try world.office.write("work \($0)", to: "work\($0).txt") }
    await withTaskGroup(of: Void.self) { group in
      for (index, desk) in desks.enumerated() {
        group.addTask {
          for file in files[(index * 3)..<(index * 3 + 3)] {
            var write = WriteOptions()
            write.patience = 60
            do {
              let store = try desk.value.open(BucketOffice.address)
              _ = try desk.value.submit([file], EvidenceDetails(controls: ["1.1"]), to: store, write)
            } catch {
              Issue.record(error)
            }
          }
        }
      }
    }
    #expect(try world.store().checkpoint.size == before + 18)
    for number in 0..<18 { #expect(try world.count("work \(number)") == 1) }
    #expect(try world.isSound())
    #expect(world.bucket.rewritten == [])
  }

  @Test func `what is not in the bucket, or not what it was, is found`() throws {
    let world = try BucketOffice()
    try world.submit("kept")
    try world.submit("lost")
    let object = ObjectPath.path(SHA256.hash("lost"))
    let bytes = try #require(world.bucket.bytes(object))
    world.bucket.remove(object)
    #expect(try world.desk().verify(BucketOffice.address).findings.map(\.code).contains(.objectMissing))
    world.bucket.put(bytes + [1], at: object)
    #expect(try world.desk().verify(BucketOffice.address).findings.map(\.code).contains(.objectCorrupt))
    world.bucket.put(bytes.map { $0 ^ 1 }, at: object)
    #expect(try world.desk().verify(BucketOffice.address).findings.map(\.code).contains(.objectCorrupt))
    world.bucket.put(bytes, at: object)
    #expect(try world.isSound())
    for name in world.bucket.names where name.hasPrefix("tile/") && !name.contains(".p/") || name == "checkpoint" {
      let right = try #require(world.bucket.bytes(name))
      var wrong = right
      wrong[wrong.count / 2] ^= 1
      world.bucket.put(wrong, at: name)
      #expect(try !world.desk().verify(BucketOffice.address).isSound, "\(name)")
      world.bucket.put(right, at: name)
    }
  }
}

/// A value that only one task uses.
struct UncheckedBox<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}

extension Office {
  /// Has a person make a key, and the administrator add them to the store in a bucket.
  func join(_ person: String, in world: BucketOffice) throws {
    let store = try world.store()
    let card = folder.path("\(person.replacing("/", with: "-")).card")
    _ = try desk(person).make(NewKey(owner: person, origin: store.origin), card: card)
    let place = SigningPlace(store, signer: try store.signer())
    let event = try Joining(role: .contributor).event(for: try KeyCard.read(card, origin: store.origin), at: place)
    _ = try Writing.perform(.member(event), at: place, WriteOptions())
  }
}
