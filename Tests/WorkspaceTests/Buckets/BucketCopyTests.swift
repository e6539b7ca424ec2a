import BucketSupport
import Crypto
import Findings
import Foundation
import Statements
import Storage
import Synchronization
import TestSupport
import Testing
import Verification

@testable import Workspace

/// What becomes of a store that is copied to a bucket, and of where it came from.
struct BucketCopyTests {
  private static let other = "s3://memory/other"

  /// A desk for which each address leads to a host of its own.
  private func desk(_ office: Office, _ hosts: [String: any StoreHost]) -> Desk {
    let plain = office.desk()
    return Desk(
      home: plain.home, person: plain.person, passphrase: nil, clock: plain.clock, consent: plain.consent,
      notices: plain.notices,
      hosts: StoreHosts { address in
        guard let host = hosts[address] else { throw Failure(.usage, "nobody is at \(address)") }
        return host
      })
  }

  @Test func `a folder is a copy before anybody else has its lock`() throws {
    let office = try Office()
    let folder = office.folder.path("store")
    let seen = Mutex<[Bool]>([])
    let bucket = WatchedHost(MemoryBucket()) { request, ask in
      if request.line == "put checkpoint" {
        let isFree: Bool
        do {
          _ = try StoreLock(layout: StoreLayout(root: folder))
          isFree = true
        } catch {
          isFree = false
        }
        seen.withLock { $0.append(isFree) }
      }
      return try ask()
    }
    _ = try desk(office, [BucketOffice.address: bucket]).copy(from: folder, to: BucketOffice.address)
    #expect(seen.withLock(\.self) == [false])
    // Nothing is done after that: who waited for the lock has it now.
    #expect(try CopyMark.read(StoreLayout(root: folder)) == CopyMark(source: BucketOffice.address))
    let late = try office.write("late", to: "late.txt")
    #expect(
      failure {
        _ = try office.desk().submit([late], EvidenceDetails(controls: ["1.1"]), to: office.store(), WriteOptions())
      }?.code == .configuration)
  }

  @Test func `what was redacted and brought again goes along, and what was not stays behind`() throws {
    let office = try Office()
    let folder = office.folder.path("store")
    func submit(_ text: String, _ control: String) throws {
      let file = try office.write(text, to: "\(text).txt")
      _ = try office.desk().submit([file], EvidenceDetails(controls: [control]), to: office.store(), WriteOptions())
    }
    try submit("again", "1.1")
    try submit("gone", "1.1")
    let digests = ["again", "gone"].map { SHA256.hash($0) }
    let store = try office.store()
    let redaction = Redaction(event: .redact, objects: digests.sorted(), reason: "names", authority: "privacy officer")
    _ = try Writing.perform(
      .redaction(redaction), at: SigningPlace(store, signer: store.signer()), WriteOptions())
    _ = try ObjectRemoval.remove(digests, from: store.layout, at: office.desk())
    try submit("again", "1.2")
    let bucket = MemoryBucket()
    _ = try desk(office, [BucketOffice.address: bucket]).copy(from: folder, to: BucketOffice.address)
    #expect(
      digests.map { bucket.bytes("object/" + $0.hex.prefix(2) + "/" + $0.hex.dropFirst(2)) } == [
        Array("again".utf8), nil,
      ])
    #expect(try desk(office, [BucketOffice.address: bucket]).verify(BucketOffice.address).isSound)
  }

  @Test func `a copy of a store becomes no second store without a question`() throws {
    let office = try Office()
    let copy = office.folder.path("copy")
    _ = try office.desk().pull(from: office.folder.path("store"), into: copy)
    let bucket = MemoryBucket()
    let desk = desk(office, [Self.other: bucket])
    office.consent.answer = false
    #expect(failure { _ = try desk.copy(from: copy, to: Self.other) }?.code == .answerNo)
    #expect(office.consent.asked.last?.contains(office.folder.path("store")) == true)
    #expect(bucket.names == [])
    _ = try desk.copy(from: copy, to: Self.other, isMirror: true)
    #expect(office.consent.asked.count == 1)
    // One that was moved before, and goes on, is asked nothing.
    let moved = office.folder.path("store")
    _ = try desk.copy(from: moved, to: Self.other)
    _ = try desk.copy(from: moved, to: Self.other)
    #expect(office.consent.asked.count == 1)
  }

  @Test func `a copy that is moved is a copy of where it went from then on, and goes on from there`() throws {
    let office = try Office()
    let (store, copy) = (office.folder.path("store"), StoreLayout(root: office.folder.path("copy")))
    _ = try office.desk().pull(from: store, into: copy.root)
    let mark = try CopyMark.read(copy)
    #expect(mark == CopyMark(source: store))
    let bucket = MemoryBucket()
    let desk = desk(office, [Self.other: bucket])
    // A mirror is for reading; the copy stays what it is.
    _ = try desk.copy(from: copy.root, to: Self.other, isMirror: true)
    #expect(try CopyMark.read(copy) == mark)
    office.consent.answer = true
    let copied = try desk.copy(from: copy.root, to: Self.other)
    try desk.endMove(copied)
    #expect(copied.isMarked)
    let bytes = try #require(office.folder.read("copy/lock"))
    #expect(String(decoding: bytes, as: UTF8.self) == "copy of \(Self.other)\n")
    #expect(try !desk.copy(from: copy.root, to: Self.other).isMarked)
    #expect(office.consent.asked.count == 1)

    let file = try office.write("there", to: "there.txt")
    let result = try desk.submit([file], EvidenceDetails(controls: ["1.1"]), to: desk.open(Self.other), WriteOptions())
    #expect(try desk.pull(from: nil, into: copy.root).checkpoint == result.checkpoint)
  }

  @Test func `one address that leads elsewhere has another folder at hand, and two to one place have the same`() throws
  {
    let office = try Office()
    let bucket = MemoryBucket()
    func root(_ text: String, _ place: String) throws -> String {
      let desk = Desk(
        home: office.desk().home, person: nil, passphrase: nil, consent: NoConsent(), notices: NoNotices(),
        hosts: StoreHosts { _ in WatchedHost(bucket, place: place) })
      return try desk.layout(of: try #require(StoreAddress(text))).root
    }
    let one = try root("s3://evidence/acme", "https://one evidence acme/")
    #expect(try one != root("s3://evidence/acme", "https://two evidence acme/"))
    #expect(try one == root("s3://evidence/acme?region=us-east-1", "https://one evidence acme/"))
    #expect(try one != root("s3://evidence/acme?lock=governance", "https://one evidence acme/"))
    for text in ["s3://evidence//acme", "s3://evidence/acme/", "S3://evidence/acme//", "s3://evidence/acme//"] {
      #expect(StoreAddress(text)?.text == "s3://evidence/acme")
    }
    #expect(StoreAddress("s3://evidence/acme/?head=heads")?.text == "s3://evidence/acme?head=heads")
    #expect(StoreAddress("HTTPS://Host/a//b/")?.text == "https://Host/a//b")
  }

  @Test func `a store that is not in its bucket yet outlasts what is at hand, and goes on from another endpoint`()
    throws
  {
    let office = try Office()
    let bucket = MemoryBucket()
    func make(_ host: any StoreHost) throws -> MadeStore {
      let plain = office.desk("works/al")
      let desk = Desk(
        home: plain.home, person: "works/al", passphrase: nil, clock: plain.clock, consent: plain.consent,
        notices: plain.notices, hosts: StoreHosts { _ in host })
      return try desk.make(NewStore(client: "works", organization: "Works", person: "al"), at: BucketOffice.address)
    }
    let refusing = WatchedHost(bucket) { request, ask in
      guard request.line != "put checkpoint" else { throw Failure(.unavailable, "nobody answers") }
      return try ask()
    }
    #expect(failure { _ = try make(refusing) }?.code == .unavailable)
    #expect(bucket.bytes("custody.json") != nil)
    try FileManager.default.removeItem(atPath: office.desk("works/al").home.path + "/cache")
    let made = try make(WatchedHost(bucket, place: "the same by another way"))
    #expect(made.path == BucketOffice.address && bucket.bytes("checkpoint") != nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: office.desk("works/al").home.path + "/begun") == [])
  }

  @Test func `what only passes through is its user's alone`() throws {
    let world = try BucketOffice()
    try world.submit("first")
    let elsewhere = world.desk().home.path + "/cache/elsewhere"
    let names = try FileManager.default.subpathsOfDirectory(atPath: elsewhere)
    #expect(!names.isEmpty)
    for name in [""] + names {
      let found = try FileManager.default.attributesOfItem(atPath: "\(elsewhere)/\(name)")
      let mode = try #require(found[.posixPermissions] as? Int)
      #expect(mode & 0o077 == 0, "\(name)")
    }
  }

  @Test func `a store whose checkpoint is not found leads to the bucket that has it`() throws {
    let world = try BucketOffice()
    world.bucket.remove("checkpoint")
    let told = failure { _ = try world.store() }
    #expect(told?.hint?.contains("?head=") == true, "\(String(describing: told))")
    _ = try world.desk().verify(BucketOffice.address)
    #expect(world.office.notices.warned.last?.contains("?head=") == true)
  }
}
