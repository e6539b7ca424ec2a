package import RemoteWire

/// Who holds a store that lies elsewhere: a bucket, or a file host.
///
/// What is asked may come to nothing, or come to something of which nobody hears: see ``WireAnswer``.
package protocol StoreHost: Sendable {
  /// Asks for several things at once, and waits for all answers.
  ///
  /// - Returns: The answers in the order of the requests.
  /// - Throws: `unavailable` where nothing can be asked at all.
  func perform(_ requests: [HostRequest]) throws -> [HostAnswer]
  /// Where the store is, for people.
  var address: String { get }
  /// What tells the place from any other: the same address leads elsewhere in another environment. It is compared, not read.
  var place: String { get }
}

extension StoreHost {
  package var place: String { address }
}

/// A request, with what is sent with it.
package struct HostRequest: Sendable {
  package var wire: WireRequest
  package var body: [UInt8]

  package init(_ verb: WireRequest.Verb, _ name: String, body: [UInt8] = []) {
    wire = WireRequest(verb, name)
    self.body = body
  }
}

/// An answer, with what came with it.
package struct HostAnswer: Sendable {
  package var wire: WireAnswer
  package var body: [UInt8]

  package init(_ wire: WireAnswer, body: [UInt8] = []) {
    self.wire = wire
    self.body = body
  }
}

extension StoreHost {
  package func perform(_ request: HostRequest) throws -> HostAnswer {
    guard let answer = try perform([request]).first else { throw StorageError.silent(address) }
    return answer
  }
}

extension StorageError {
  /// Nobody answered.
  static func silent(_ address: String) -> StorageError {
    StorageError(.unavailable, "'\(address)' does not answer", hint: "look the address up again, or try later")
  }

  /// What a host's answer means that is neither what was asked for nor a plain no.
  ///
  /// - Parameter what: What was to be done, as in "read 'checkpoint'".
  init(_ answer: WireAnswer, _ what: String, at address: String) {
    let said = answer.fault.map { ": \($0)" } ?? ""
    switch answer.status {
    case 0:
      self.init(
        .unavailable, "cannot \(what) at '\(address)'\(said)", hint: answer.hint ?? "look at the network, or try later")
    case 401, 403:
      self.init(
        .notConfigured, "'\(address)' does not let these credentials \(what)\(said)",
        hint: answer.hint ?? "look at the credentials and at what they are allowed to do")
    default:
      self.init(
        .unavailable, "cannot \(what) at '\(address)': it answered with status \(answer.status)\(said)",
        hint: answer.hint)
    }
  }
}
