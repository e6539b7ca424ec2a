import BucketSupport
import Crypto
import Foundation
import RemoteWire
import TestSupport
import Testing
import TreeLog

@testable import Storage

struct ObjectLockTests {
  private static let object = Array("evidence".utf8)
  private static let digest = SHA256.hash(object)
  private static let path = ObjectPath.path(digest)

  /// A writer at the head of a store in a bucket that keeps things, and the checkpoint that it goes on from.
  private static func writer(
    _ world: BucketBuilder, _ mode: LockMode? = .compliance, _ terms: RetentionTerms
  ) throws -> (BucketWriter, Checkpoint) {
    let contents = try world.contents(keeps: true)
    let head = try #require(try contents.checkpoint())
    let writer = try BucketWriter(contents, host: world.bucket, layout: world.layout(), lock: mode)
    writer.terms = terms
    return (writer, try UnverifiedCheckpoint(parsing: head).tree)
  }

  @discardableResult
  private static func append(
    _ world: BucketBuilder, _ terms: RetentionTerms, objects: [[UInt8]] = [object], entry: [UInt8] = [9]
  ) throws -> Int {
    let (writer, previous) = try writer(world, terms)
    let stored = try writer.publish(objects.map { try writer.objects.stage(bytes: $0) })
    return try writer.append(
      [entry], to: previous, bringing: stored, relyingOn: [], willCommit: {}, didSync: { _ in },
      makeCheckpoint: world.builder.sign
    ).size
  }

  private static func writer(_ world: BucketBuilder, _ terms: RetentionTerms) throws -> (BucketWriter, Checkpoint) {
    try writer(world, .compliance, terms)
  }

  private static func locked() throws -> BucketBuilder {
    let world = try BucketBuilder(MemoryBucket(locks: true))
    try world.create(entries: 3)
    return world
  }

  // MARK: What is written

  @Test func `evidence is kept as long as it has to be, and the log as long as the longest law`() throws {
    let world = try Self.locked()
    let terms = RetentionTerms(log: 900, evidence: [Self.digest: KeepingTerm(until: 500, isHeld: true)])
    #expect(try Self.append(world, terms, objects: [Self.object, [1]]) == 4)
    let evidence = try #require(world.bucket.versions(Self.path).first)
    #expect(evidence.retention == .init(mode: .compliance, until: 500) && evidence.isHeld)
    let other = try #require(world.bucket.versions(ObjectPath.path(SHA256.hash([1]))).first)
    #expect(other.retention == .init(mode: .compliance, until: 900) && !other.isHeld)
    for coordinate in TileDelta.files(for: 4) {
      let file = try #require(world.bucket.versions(coordinate.path).first, "\(coordinate.path)")
      #expect(file.retention == .init(mode: .compliance, until: 900), "\(coordinate.path)")
    }
    // What was staged is scratch, and kept by nobody.
    let staged = world.bucket.names.filter { $0.hasPrefix("inbox/") }
    #expect(staged == [])
    try world.checkPublished()
  }

  @Test func `evidence for which no rule names a day is kept by nobody, whatever the log is`() throws {
    let world = try Self.locked()
    try Self.append(world, RetentionTerms(log: 900, evidence: [Self.digest: KeepingTerm()]))
    #expect(world.bucket.versions(Self.path).first?.retention == nil)
  }

  @Test func `a store whose address asks for no lock asks for none`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 3)
    let (writer, _) = try Self.writer(
      world, nil, RetentionTerms(log: 900, evidence: [Self.digest: KeepingTerm(until: 500, isHeld: true)]))
    // The bucket refuses whatever asks for a retention.
    _ = try writer.publish([try writer.objects.stage(bytes: Self.object)])
    #expect(!writer.keepsThings && world.bucket.bytes(Self.path) == Self.object)
  }

  @Test func `an object that is there is not written again, is kept for longer, and never for less`() throws {
    let world = try Self.locked()
    func kept(_ until: Int?, isHeld: Bool = false) throws -> MemoryBucket.Version {
      let (writer, _) = try Self.writer(
        world, RetentionTerms(evidence: [Self.digest: KeepingTerm(until: until, isHeld: isHeld)]))
      let stored = try writer.publish([try writer.objects.stage(bytes: Self.object)])
      #expect(stored.map(\.digest) == [Self.digest])
      #expect(world.bucket.versions(Self.path).count == 1)
      return try #require(world.bucket.versions(Self.path).first)
    }
    #expect(try kept(nil).retention == nil)
    #expect(try kept(500).retention?.until == 500)
    #expect(try kept(400, isHeld: true).retention?.until == 500)
    // An append sets legal holds, and lifts none.
    let last = try kept(600)
    #expect(last.retention == .init(mode: .compliance, until: 600) && last.isHeld)
  }

  @Test func `what a store brings to a bucket is kept there, what lay there before among it`() throws {
    let world = try BucketBuilder(MemoryBucket(locks: true))
    let source = StoreLayout(root: world.folder.path("source"))
    try world.builder.create(source, entries: 300, objects: [Self.object, [1]])
    var put = HostRequest(.put, Self.path, body: Self.object)
    put.wire.digest = Self.digest.hex
    _ = try world.bucket.perform(put)
    let terms = RetentionTerms(log: 900, evidence: [Self.digest: KeepingTerm(until: 500)])
    _ = try BucketUpload(
      DirectoryContents(layout: source), to: world.bucket, layout: world.layout(),
      keeping: .init(mode: .governance, terms: terms)
    ).run { _, _ in }
    for name in world.bucket.names where name != "checkpoint" {
      let until = world.bucket.versions(name).first?.retention
      #expect(until == .init(mode: .governance, until: name == Self.path ? 500 : 900), "\(name)")
    }
    #expect(world.bucket.names.count > 5)
  }

  // MARK: What is kept later

  /// Whatever is there and whatever is asked for: what is kept afterwards is the longer of both, and holds are as asked.
  @Test func `lengthening never shortens`() throws {
    var generator = SeededRandom(seed: 20_261_128)
    var count = (lengthened: 0, same: 0)
    for _ in 0..<400 {
      let bucket = MemoryBucket(locks: true)
      let before = Int.random(in: 0...5, using: &generator) == 0 ? nil : Int.random(in: 1...9, using: &generator)
      let wanted = Int.random(in: 0...5, using: &generator) == 0 ? nil : Int.random(in: 1...9, using: &generator)
      let own: LockMode = Bool.random(using: &generator) ? .compliance : .governance
      let mode: LockMode = Bool.random(using: &generator) ? .compliance : .governance
      let (wasHeld, isHeld, lifts) = (
        Bool.random(using: &generator), Bool.random(using: &generator), Bool.random(using: &generator)
      )
      var put = HostRequest(.put, Self.path, body: Self.object)
      put.wire.digest = Self.digest.hex
      put.keep(KeepingTerm(until: before, isHeld: wasHeld), own)
      _ = try bucket.perform(put)
      let changes = try ObjectLock(bucket, mode: mode).keep(
        [(Self.path, KeepingTerm(until: wanted, isHeld: isHeld))], lifts: lifts)
      let after = try #require(bucket.versions(Self.path).first)
      #expect(changes.refused == [] && changes.missing == [])
      #expect(after.retention?.until == [before, wanted].compactMap(\.self).max())
      if before != nil { #expect(after.retention?.mode == own.wire) }
      #expect(after.isHeld == (isHeld || wasHeld && !lifts))
      #expect(changes.lengthened == (wanted ?? .min > before ?? .min && wanted != nil ? 1 : 0))
      if changes.lengthened > 0 { count.lengthened += 1 } else { count.same += 1 }
    }
    #expect(count.lengthened > 50 && count.same > 50)
  }

  @Test func `what is refused and what is missing is told, and the rest is done`() throws {
    let bucket = MemoryBucket(locks: true)
    for (name, body) in [("object/a", [UInt8(1)]), ("object/b", [2])] {
      var put = HostRequest(.put, name, body: body)
      put.wire.digest = SHA256.hash(body).hex
      _ = try bucket.perform(put)
    }
    let wanted = ["object/a", "object/none", "object/b"].map { ($0, KeepingTerm(until: 7)) }
    let changes = try ObjectLock(bucket, mode: .compliance).keep(wanted, lifts: true)
    #expect(changes.lengthened == 2 && changes.missing == ["object/none"] && changes.refused == [])
  }

  // MARK: What is removed

  @Test func `where the address speaks of no lock, a bucket with versions is noticed, and all of them go`() throws {
    let world = try Self.locked()
    let (writer, _) = try Self.writer(world, nil, RetentionTerms())
    _ = try writer.publish([try writer.objects.stage(bytes: Self.object)])
    #expect(try writer.remove(Self.digest) == .gone)
    #expect(world.bucket.versions(Self.path).allSatisfy { $0.bytes == nil })
    #expect(world.bucket.bytes(Self.path) == nil)
  }

  @Test func `a redaction removes every version, and what is kept is hidden with the day that it is kept to`() throws {
    let world = try Self.locked()
    let (writer, _) = try Self.writer(
      world, RetentionTerms(evidence: [Self.digest: KeepingTerm(until: 500)]))
    world.bucket.setClock(100)
    _ = try writer.publish([try writer.objects.stage(bytes: Self.object)])
    #expect(try writer.remove(Self.digest) == .hidden(until: 500, isHeld: false))
    #expect(try world.contents().objectSize(Self.digest) == nil)
    #expect(world.bucket.versions(Self.path).contains { $0.bytes == Self.object })
    let marks = world.bucket.versions(Self.path).count
    // A second try hides nothing twice, and nobody passes by compliance.
    #expect(try writer.remove(Self.digest, bypassesGovernance: true) == .hidden(until: 500, isHeld: false))
    #expect(world.bucket.versions(Self.path).count == marks)
    world.bucket.setClock(500)
    #expect(try writer.remove(Self.digest) == .gone)
    #expect(world.bucket.versions(Self.path) == [])
  }

  @Test func `however many versions there are, a redaction removes them all`() throws {
    let world = try Self.locked()
    let (writer, _) = try Self.writer(world, RetentionTerms())
    for _ in 0..<30 {
      var put = HostRequest(.put, Self.path, body: Self.object)
      put.wire.digest = Self.digest.hex
      _ = try world.bucket.perform(put)
      _ = try world.bucket.perform(HostRequest(.delete, Self.path))
    }
    #expect(world.bucket.versions(Self.path).count == 60)
    #expect(try writer.remove(Self.digest) == .gone)
    #expect(world.bucket.versions(Self.path) == [])
  }

  @Test func `what was hidden by its name is removed, also by an address that speaks of no lock`() throws {
    let world = try Self.locked()
    var put = HostRequest(.put, Self.path, body: Self.object)
    put.wire.digest = Self.digest.hex
    _ = try world.bucket.perform(put)
    _ = try world.bucket.perform(HostRequest(.delete, Self.path))
    let (writer, _) = try Self.writer(world, nil, RetentionTerms())
    #expect(try writer.remove(Self.digest) == .gone)
    #expect(world.bucket.versions(Self.path) == [])
  }

  @Test func `where not all versions are shown, nothing is told as gone`() throws {
    let world = try Self.locked()
    for _ in 0..<9 {
      var put = HostRequest(.put, Self.path, body: Self.object)
      put.wire.digest = Self.digest.hex
      _ = try world.bucket.perform(put)
    }
    let host = WatchedHost(world.bucket) { request, ask in
      var asked = request
      asked.wire.token = nil
      // The first page for ever.
      return request.wire.verb == .versions ? try world.bucket.perform(asked) : try ask()
    }
    let remover = ObjectRemover(host: PatientHost(host), bypassesGovernance: false)
    let error = #expect(throws: StorageError.self) { _ = try remover.remove(Self.digest) }
    #expect(error?.code == .unavailable && error?.message.contains("list the versions") == true)
    #expect(world.bucket.versions(Self.path).count == 9)
  }

  @Test func `what is kept in governance goes for who may and says so, and for nobody under a legal hold`() throws {
    for isHeld in [false, true] {
      let world = try Self.locked()
      let (writer, _) = try Self.writer(
        world, .governance, RetentionTerms(evidence: [Self.digest: KeepingTerm(until: 500, isHeld: isHeld)]))
      _ = try writer.publish([try writer.objects.stage(bytes: Self.object)])
      #expect(try writer.remove(Self.digest) == .hidden(until: 500, isHeld: isHeld))
      let again = try writer.remove(Self.digest, bypassesGovernance: true)
      #expect(again == (isHeld ? .hidden(until: 500, isHeld: true) : .gone))
    }
  }

  // MARK: The trial

  @Test func `a bucket that keeps nothing is told from one that does`() throws {
    let now = Int(Date().timeIntervalSince1970)
    let good = MemoryBucket(locks: true)
    good.setClock(now)
    try BucketProbe.run(good, lock: .compliance)
    // What is left of a try goes with a later one.
    #expect(good.versions(LockProbe.name).count == 1)
    good.setClock(now + 3600)
    try LockProbe.run(good, .compliance, now: now + 3600)
    #expect(good.versions(LockProbe.name).count == 1)

    for (bucket, word) in [
      (MemoryBucket(), "does not take"), (MemoryBucket(locks: true, forgetsRetention: true), "is kept for none"),
    ] {
      let error = try #require(throws: StorageError.self) { try BucketProbe.run(bucket, lock: .governance) }
      #expect(error.code == .notConfigured && error.message.contains(word), "\(error)")
      try BucketProbe.run(bucket)
    }
  }
}
