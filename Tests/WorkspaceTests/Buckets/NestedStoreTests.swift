import BucketSupport
import Findings
import RemoteWire
import Statements
import Storage
import TestSupport
import Testing
import Verification

@testable import Workspace

/// Places in a bucket in which another store lies, or that lie in another's.
struct NestedStoreTests {
  /// Somebody for whom every address leads to its place in one bucket.
  private struct World {
    let office: Office
    let bucket = MemoryBucket()

    init() throws { office = try Office() }

    func desk(_ watch: @escaping @Sendable (String, HostRequest) throws -> HostAnswer? = { _, _ in nil }) -> Desk {
      let plain = office.desk("works/al")
      let bucket = UncheckedBox(bucket)
      return Desk(
        home: plain.home, person: "works/al", passphrase: nil, clock: plain.clock, consent: plain.consent,
        notices: plain.notices,
        hosts: StoreHosts { address in
          WatchedHost(PrefixedHost(bucket.value, address: address)) { request, ask in
            try watch(address, request) ?? ask()
          }
        })
    }

    func make(_ address: String, at desk: Desk? = nil) throws -> MadeStore {
      try (desk ?? self.desk()).make(NewStore(client: "works", organization: "Works", person: "al"), at: address)
    }
  }

  @Test func `an address lies in those above it, which are asked the same way`() throws {
    func around(_ text: String) -> [String] { StoreAddress(text)?.around.map(\.text) ?? [] }
    #expect(
      around("s3://b/a/b/c?head=h/x&region=r") == [
        "s3://b/a/b?head=h/x&region=r", "s3://b/a?head=h/x&region=r", "s3://b?head=h/x&region=r",
      ])
    #expect(around("s3://b") == [] && around("https://host/a/b") == [])
  }

  @Test(arguments: ["s3://b", "s3://b/one", "s3://b/one/two"])
  func `no store is made in another`(_ outer: String) throws {
    let world = try World()
    _ = try world.make(outer)
    let before = world.bucket.names
    let told = failure { _ = try world.make("s3://b/one/two/three?region=r") }
    #expect(told?.code == .cannotCreate && told?.message.hasPrefix("there is a store at '\(outer)' already") == true)
    let folder = world.office.folder.path("store")
    let moved = failure { _ = try world.desk().copy(from: folder, to: "s3://b/one/two/three") }
    #expect(moved?.code == .cannotCreate && moved?.message == told?.message)
    #expect(world.bucket.names == before)
    #expect(try CopyMark.read(StoreLayout(root: folder)) == nil)
    #expect(try world.desk().verify(outer).isSound)
  }

  @Test func `no store is made around another`() throws {
    let world = try World()
    _ = try world.make("s3://b/one/two/three")
    let (before, folder) = (world.bucket.names, world.office.folder.path("store"))
    for place in ["s3://b", "s3://b/one", "s3://b/one/two"] {
      let told = failure { _ = try world.make(place) }
      #expect(told?.code == .cannotCreate && told?.message.contains("'s3://b/one/two/three'") == true, "\(place)")
      let moved = failure { _ = try world.desk().copy(from: folder, to: place, isMirror: true) }
      #expect(moved?.code == .cannotCreate, "\(place)")
    }
    #expect(world.bucket.names == before)
  }

  @Test func `stores beside each other are made, whatever their names begin with`() throws {
    let world = try World()
    for place in ["s3://b/one", "s3://b/one-two", "s3://b/o", "s3://b/three/one"] { _ = try world.make(place) }
    for place in ["s3://b/one", "s3://b/one-two", "s3://b/o", "s3://b/three/one"] {
      #expect(try world.desk().verify(place).isSound, "\(place)")
    }
  }

  @Test func `a place above that nobody may read, or that does not answer, says nothing`() throws {
    for status in [401, 403, 404, 503, 0] {
      let world = try World()
      let desk = world.desk { address, request in
        address == "s3://b/one/two" ? nil : HostAnswer(WireAnswer(id: 0, status: status))
      }
      _ = try world.make("s3://b/one/two", at: desk)
    }
    let world = try World()
    let desk = world.desk { address, _ in
      if address != "s3://b/one/two" { throw Failure(.usage, "that is no address") }
      return nil
    }
    _ = try world.make("s3://b/one/two", at: desk)
    #expect(try world.desk().verify("s3://b/one/two").isSound)
  }

  @Test func `a bucket of heads is looked at as that of the files is`() throws {
    let office = try Office()
    let plain = office.desk("works/al")
    let (files, heads) = (UncheckedBox(MemoryBucket()), UncheckedBox(MemoryBucket()))
    let desk = Desk(
      home: plain.home, person: "works/al", passphrase: nil, clock: plain.clock, consent: plain.consent,
      notices: plain.notices,
      hosts: StoreHosts { address in
        PrefixedHost(address.hasPrefix("s3://heads") ? heads.value : files.value, address: address)
      })
    func told(_ address: String) -> Failure? {
      failure { _ = try desk.make(NewStore(client: "works", organization: "Works", person: "al"), at: address) }
    }
    heads.value.put([1], at: "zed/checkpoint")
    heads.value.put([1], at: "deep/er/checkpoint")
    for (address, found) in [
      ("s3://files/zed/sub?head=heads", "s3://heads/zed"), ("s3://files/deep?head=heads", "s3://heads/deep/er"),
      ("s3://heads/deep", "s3://heads/deep/er"), ("s3://heads/zed/sub", "s3://heads/zed"),
    ] {
      let told = told(address)
      #expect(
        told?.code == .cannotCreate && told?.message.contains("'\(found)'") == true,
        "\(address): \(String(describing: told))")
    }
    #expect(told("s3://files/own?head=files")?.code == .usage)
    #expect(files.value.names == [])
  }

  @Test func `a store is new where nothing lies, and what shows as a folder is nothing`() throws {
    let world = try World()
    world.bucket.put([], at: "one/")
    world.bucket.put([], at: "one/object/")
    _ = try world.make("s3://b/one")
    #expect(try world.desk().verify("s3://b/one").isSound)
    world.bucket.put([1], at: "two/object/00/half-a-copy")
    let told = failure { _ = try world.make("s3://b/two") }
    #expect(told?.code == .cannotCreate && told?.message.contains("something lies at 's3://b/two'") == true)
  }

  @Test func `what is there already goes on, wherever it lies`() throws {
    let world = try World()
    let folder = world.office.folder.path("store")
    _ = try world.desk().copy(from: folder, to: "s3://b/one/two", isMirror: true)
    world.bucket.put([1], at: "custody.json")
    #expect(try world.desk().copy(from: folder, to: "s3://b/one/two", isMirror: true).done.files == 0)
  }
}
