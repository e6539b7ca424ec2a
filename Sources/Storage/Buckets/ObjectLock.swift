internal import Crypto
internal import FoundationEssentials
internal import RemoteWire

/// What a bucket keeps from being deleted, looked at and lengthened; nothing is ever shortened.
package struct ObjectLock: Sendable {
  private let host: PatientHost
  /// How what is not kept yet is kept from now on.
  package let mode: LockMode

  /// How an object is kept.
  package struct Kept: Sendable, Equatable {
    /// In bytes.
    package var size: Int?
    package var mode: LockMode?
    /// In seconds since 1970 in UTC; nil where nothing keeps it.
    package var until: Int?
    package var isHeld = false

    package init(size: Int? = nil, mode: LockMode? = nil, until: Int? = nil, isHeld: Bool = false) {
      self.size = size
      self.mode = mode
      self.until = until
      self.isHeld = isHeld
    }
  }

  /// What was changed.
  package struct Changes: Sendable, Equatable {
    package var lengthened = 0
    package var holdsSet = 0
    package var holdsLifted = 0
    /// Names that are not there.
    package var missing: [String] = []
    /// What the bucket refused, and why.
    package var refused: [Refused] = []

    package init() {}

    package static func += (all: inout Changes, more: Changes) {
      all.lengthened += more.lengthened
      all.holdsSet += more.holdsSet
      all.holdsLifted += more.holdsLifted
      all.missing += more.missing
      all.refused += more.refused
    }

    package struct Refused: Sendable, Equatable {
      package var name: String
      package var reason: String
    }
  }

  /// So many names are asked about together.
  package static let batch = 512

  package init(_ host: any StoreHost, mode: LockMode) {
    self.host = PatientHost(host)
    self.mode = mode
  }

  /// - Returns: For each name, in their order, how it is kept; nil for one that is not there.
  package func look(_ names: [String]) throws -> [Kept?] {
    var found: [Kept?] = []
    for start in stride(from: 0, to: names.count, by: ObjectLock.batch) {
      let some = names[start..<min(start + ObjectLock.batch, names.count)]
      for (name, answer) in zip(some, try host.perform(some.map { HostRequest(.head, $0) })) {
        guard answer.wire.status != 404 else {
          found.append(nil)
          continue
        }
        guard answer.wire.isDone else { throw StorageError(answer.wire, "look at '\(name)'", at: host.address) }
        found.append(Kept(answer.wire))
      }
    }
    return found
  }

  /// Has some things kept as they have to be: for longer where it is too short, under a legal hold or not.
  ///
  /// - Parameter lifts: Whether a legal hold goes that none asks for.
  package func keep(_ wanted: [(name: String, term: KeepingTerm)], lifts: Bool) throws -> Changes {
    var changes = Changes()
    for start in stride(from: 0, to: wanted.count, by: ObjectLock.batch) {
      let some = wanted[start..<min(start + ObjectLock.batch, wanted.count)]
      var requests: [HostRequest] = []
      for ((name, term), kept) in zip(some, try look(some.map(\.name))) {
        guard let kept else {
          changes.missing.append(name)
          continue
        }
        requests += self.requests(name, term, kept, lifts: lifts)
      }
      for (request, answer) in zip(requests, try host.perform(requests)) {
        guard answer.wire.isDone else {
          let reason = answer.wire.fault ?? "the answer has status \(answer.wire.status)"
          changes.refused.append(Changes.Refused(name: request.wire.name, reason: reason))
          continue
        }
        switch (request.wire.verb, request.wire.isHeld) {
        case (.retain, _): changes.lengthened += 1
        case (_, true?): changes.holdsSet += 1
        default: changes.holdsLifted += 1
        }
      }
    }
    return changes
  }

  /// What has to be asked so that something is kept as it has to be. A mode that is there stays: no bucket lets go of one
  /// without a special right.
  func requests(_ name: String, _ term: KeepingTerm, _ kept: Kept, lifts: Bool) -> [HostRequest] {
    var requests: [HostRequest] = []
    if let until = term.until, until > kept.until ?? .min {
      requests.append(LockBody.retain(name, kept.mode ?? mode, until: until))
    }
    if term.isHeld, !kept.isHeld { requests.append(LockBody.hold(name, isHeld: true)) }
    if lifts, !term.isHeld, kept.isHeld { requests.append(LockBody.hold(name, isHeld: false)) }
    return requests
  }
}

extension ObjectLock.Kept {
  init(_ answer: WireAnswer) {
    self.init(
      size: answer.size, mode: answer.retention.map { LockMode($0.mode) }, until: answer.retention?.until,
      isHeld: answer.isHeld ?? false)
  }
}

/// What PutObjectRetention and PutObjectLegalHold of the S3 API are sent.
enum LockBody {
  private static let space = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\""

  static func retain(_ name: String, _ mode: LockMode, until: Int) -> HostRequest {
    let text =
      "<Retention \(space)><Mode>\(mode.rawValue.uppercased())</Mode><RetainUntilDate>\(date(until))</RetainUntilDate></Retention>"
    var request = HostRequest(.retain, name, body: Array(text.utf8))
    request.wire.digest = SHA256.hash(request.body).hex
    request.wire.retention = WireRequest.Retention(mode: mode.wire, until: until)
    return request
  }

  static func hold(_ name: String, isHeld: Bool) -> HostRequest {
    let text = "<LegalHold \(space)><Status>\(isHeld ? "ON" : "OFF")</Status></LegalHold>"
    var request = HostRequest(.hold, name, body: Array(text.utf8))
    request.wire.digest = SHA256.hash(request.body).hex
    request.wire.isHeld = isHeld
    return request
  }

  /// As ISO 8601 has it, to the second.
  private static func date(_ seconds: Int) -> String {
    Date(timeIntervalSince1970: Double(seconds)).ISO8601Format()
  }
}
