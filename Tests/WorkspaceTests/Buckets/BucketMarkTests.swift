import BucketSupport
import Crypto
import Findings
import RemoteWire
import Storage
import TestSupport
import Testing
import Verification

@testable import Workspace

/// What a bucket says of the store in it: where its checkpoint lies, and that what it has is kept.
struct BucketMarkTests {
  private static let plain = "s3://memory/acme"

  private func desk(_ office: Office, _ bucket: MemoryBucket) -> Desk {
    let plain = office.desk()
    // Each address is a place of its own, as it is for the helper.
    return Desk(
      home: plain.home, person: plain.person, passphrase: nil, clock: plain.clock, consent: plain.consent,
      notices: plain.notices, hosts: StoreHosts { address in WatchedHost(bucket, place: address) })
  }

  private func submit(_ office: Office, at desk: Desk, _ address: String) throws -> Submission.Result {
    let file = try office.write("first", to: "first.txt")
    return try desk.submit([file], EvidenceDetails(controls: ["1.1"]), to: desk.open(address))
  }

  @Test func `a bucket says where its checkpoint lies, and nobody begins a second one`() throws {
    let office = try Office()
    let bucket = MemoryBucket()
    let desk = desk(office, bucket)
    let folder = office.folder.path("store")
    _ = try desk.copy(from: folder, to: Self.plain + "?region=eu-1&head=heads", isMirror: true)
    #expect(bucket.bytes("lock") == Array("copy of \(Self.plain)?head=heads\n".utf8))
    // To this bucket in memory all addresses lead, also to the checkpoint.
    let told = failure { _ = try submit(office, at: desk, Self.plain) }
    #expect(told?.code == .configuration && told?.message.contains("'\(Self.plain)?head=heads'") == true)
    let checkpoint = try #require(bucket.bytes("checkpoint"))
    bucket.remove("checkpoint")
    #expect(failure { _ = try desk.copy(from: folder, to: Self.plain, isMirror: true) }?.code == .configuration)
    #expect(bucket.bytes("checkpoint") == nil)
    for address in [Self.plain, Self.plain + "?head=other"] {
      for told in [
        failure { _ = try desk.open(address) }, failure { _ = try desk.verify(address) },
        failure { _ = try desk.pull(from: address, into: office.folder.path("pulled")) },
      ] {
        #expect(told?.code == .configuration && told?.message.contains("'\(Self.plain)?head=heads'") == true)
      }
    }
    #expect(failure { _ = try desk.open(Self.plain + "?head=heads") }?.hint?.contains("'head=heads'") == true)
    #expect(try !desk.verify(Self.plain + "?head=heads").isSound)
    #expect(office.notices.warned.last?.contains("'head=heads'") == true)
    bucket.put(checkpoint, at: "checkpoint")
    #expect(try submit(office, at: desk, Self.plain + "?head=heads").entries.count == 1)
  }

  @Test func `a store whose checkpoint lies beside its files gets no other`() throws {
    let office = try Office()
    let bucket = MemoryBucket()
    let desk = desk(office, bucket)
    let folder = office.folder.path("store")
    _ = try desk.copy(from: folder, to: Self.plain, isMirror: true)
    #expect(bucket.bytes("lock") == nil)
    let hosts = StoreHosts { _ in HeadElsewhere(bucket) }
    let other = Desk(
      home: desk.home, person: desk.person, passphrase: nil, clock: desk.clock, consent: desk.consent,
      notices: desk.notices, hosts: hosts)
    let told = failure { _ = try other.copy(from: folder, to: Self.plain + "?head=heads", isMirror: true) }
    #expect(told?.hint?.contains("leave 'head=' out") == true, "\(String(describing: told))")
    for told in [
      failure { _ = try other.open(Self.plain + "?head=heads") },
      failure { _ = try other.verify(Self.plain + "?head=heads") },
    ] {
      #expect(told?.code == .configuration && told?.hint?.contains("leave 'head=heads' out") == true)
    }
  }

  @Test func `who leaves out that a bucket keeps things is told before they write`() throws {
    let office = try Office()
    let bucket = MemoryBucket(locks: true)
    let desk = desk(office, bucket)
    let address = Self.plain + "?lock=governance"
    _ = try desk.copy(from: office.folder.path("store"), to: address)
    #expect(bucket.bytes("lock") == Array("copy of \(address)\n".utf8))
    for wrong in [Self.plain, Self.plain + "?lock=compliance"] {
      #expect(failure { _ = try submit(office, at: desk, wrong) }?.code == .configuration, "\(wrong)")
    }
    #expect(try submit(office, at: desk, address).entries.count == 1)
    // Who only reads needs not say it.
    #expect(try desk.verify(Self.plain).isSound)
    // A mirror of the bucket in a folder is a copy.
    let folder = office.folder.path("mirror")
    try office.folder.write(try #require(bucket.bytes("lock")), to: "mirror/lock")
    #expect(try CopyMark.read(StoreLayout(root: folder)) == CopyMark(source: address))
  }

  @Test func `a mark leads to no other bucket`() throws {
    let office = try Office()
    let bucket = MemoryBucket()
    let desk = desk(office, bucket)
    _ = try desk.copy(from: office.folder.path("store"), to: Self.plain)
    bucket.put(Array("copy of s3://elsewhere/x?head=heads\n".utf8), at: "lock")
    bucket.remove("checkpoint")
    let told = failure { _ = try desk.open(Self.plain) }
    #expect(
      told?.message.contains("'\(Self.plain)?head=heads'") == true && told?.message.contains("elsewhere") == false)
  }

  @Test func `a mark that is none says nothing`() throws {
    let office = try Office()
    let bucket = MemoryBucket()
    let desk = desk(office, bucket)
    _ = try desk.copy(from: office.folder.path("store"), to: Self.plain)
    let long = String(repeating: "0", count: 4000)
    for text in [
      "", "whatever", "copy of /srv/acme\n", "copy of s3://other/place\n", "\u{0}\u{1}",
      "copy of s3://a/b?head=\(long)\n",
      "copy of s3://a/b?head=x\u{1b}[31m\n",
    ] {
      bucket.put(Array(text.utf8), at: "lock")
      let wrong = failure { _ = try desk.open(Self.plain) }
      #expect(wrong == nil)
    }
    #expect(try submit(office, at: desk, Self.plain).entries.count == 1)
  }
}

/// A store whose checkpoint lies in another bucket, which is empty.
private final class HeadElsewhere: StoreHost {
  private let bucket: MemoryBucket
  private let heads = MemoryBucket()
  var address: String { bucket.address + "?head=heads" }

  init(_ bucket: MemoryBucket) { self.bucket = bucket }

  func perform(_ requests: [HostRequest]) throws -> [HostAnswer] {
    try requests.flatMap { request in
      let isHead = request.wire.name == "checkpoint" || request.wire.name.hasPrefix(BucketProbe.prefix)
      return try (isHead && request.wire.verb != .list ? heads : bucket).perform([request])
    }
  }
}
