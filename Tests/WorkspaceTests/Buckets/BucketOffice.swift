import BucketSupport
import Crypto
import Findings
import RemoteWire
import Index
import Ownership
import Statements
import Storage
import TestSupport
import Testing
import TreeLog
import Verification

@testable import Workspace

/// A store in a bucket in memory, and hosts that each have a home of their own.
final class BucketOffice {
  let office: Office
  let bucket = MemoryBucket()
  static let address = "s3://memory/acme"

  /// A store of three controls, moved from a folder to the bucket; the folder is a copy of it from then on.
  init() throws {
    office = try Office()
    let desk = desk()
    try desk.endMove(desk.copy(from: office.folder.path("store"), to: Self.address))
  }

  /// Where somebody works from; each host has a folder for what it keeps, and a home for who uses it.
  ///
  /// - Parameter host: Who holds the bucket; the bucket itself unless stated.
  func desk(_ person: String = "acme/bo", host: (any StoreHost)? = nil) -> Desk {
    let plain = office.desk(person), host = UncheckedBox(host ?? bucket)
    return Desk(
      home: plain.home, person: person, passphrase: nil, clock: plain.clock, consent: plain.consent,
      notices: plain.notices, hosts: StoreHosts { _ in host.value })
  }

  /// Has the administrator redact a file, and remove it.
  func redact(_ text: String, host: (any StoreHost)? = nil) throws {
    let desk = desk(host: host)
    let store = try desk.open(Self.address)
    let place = SigningPlace(store, signer: try store.signer())
    let digest = SHA256.hash(Array(text.utf8))
    let redaction = Redaction(event: .redact, objects: [digest], reason: "names", authority: "privacy officer")
    _ = try Writing.perform(.redaction(redaction), at: place, WriteOptions())
    _ = try ObjectRemoval.remove([digest], from: store.layout, at: desk)
  }

  func store(_ person: String = "acme/bo") throws -> OpenedStore { try desk(person).open(Self.address) }

  /// Submits a file of its own for control 1.1.
  @discardableResult
  func submit(
    _ text: String, as person: String = "acme/bo", patience: Int = 30, from opened: OpenedStore? = nil
  ) throws -> Submission.Result {
    let file = try office.write(text, to: "\(text).txt")
    var write = WriteOptions()
    write.patience = patience
    return try desk(person).submit([file], EvidenceDetails(controls: ["1.1"]), to: opened ?? store(person), write)
  }

  /// How many entries bring a file of this text.
  func count(_ text: String) throws -> Int {
    var count = 0
    let store = try store()
    try store.index.forEachEvidence { record, _ in
      let bytes = try record.artifacts.map { try store.contents.smallObject($0, limit: 1 << 16) }
      if bytes.contains(Array(text.utf8)) { count += 1 }
    }
    return count
  }

  func isSound() throws -> Bool {
    let report = try desk().verify(Self.address)
    #expect(report.findings.filter { $0.code.isIntegrityError }.map(\.message) == [])
    return report.isSound
  }
}

/// A bucket in which something happens just before the first request of a kind.
final class InterruptedBucket: StoreHost {
  private let bucket: MemoryBucket
  private let isMoment: (WireRequest) -> Bool
  private var between: (() throws -> Void)?
  var address: String { bucket.address }

  init(_ bucket: MemoryBucket, at isMoment: @escaping (WireRequest) -> Bool, between: @escaping () throws -> Void) {
    self.bucket = bucket
    self.isMoment = isMoment
    self.between = between
  }

  func perform(_ requests: [HostRequest]) throws -> [HostAnswer] {
    if requests.contains(where: { isMoment($0.wire) }), let between {
      self.between = nil
      try between()
    }
    return try bucket.perform(requests)
  }
}

extension InterruptedBucket: @unchecked Sendable {}
