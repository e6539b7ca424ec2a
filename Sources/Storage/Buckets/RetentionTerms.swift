package import Crypto
internal import RemoteWire

/// How a bucket keeps what nobody may delete.
package enum LockMode: String, Sendable, Hashable, CaseIterable {
  /// Who has the special right can delete it all the same.
  case governance
  /// Nobody can.
  case compliance
}

/// For how long one thing has to stay where it is.
package struct KeepingTerm: Sendable, Hashable {
  /// Nobody may delete it before this moment, in seconds since 1970 in UTC; nil where no rule names a day.
  package var until: Int?
  /// Whether a hold is on it, whatever the day.
  package var isHeld: Bool

  package init(until: Int? = nil, isHeld: Bool = false) {
    self.until = until
    self.isHeld = isHeld
  }

  /// What both ask: the longer, and the hold of either.
  package func joined(_ other: KeepingTerm) -> KeepingTerm {
    KeepingTerm(until: [until, other.until].compactMap(\.self).max(), isHeld: isHeld || other.isHeld)
  }
}

/// For how long what is written has to stay.
package struct RetentionTerms: Sendable, Equatable {
  /// The log itself, and all that is no evidence: catalogs, agreements, manifests, tiles, bundles. In seconds since 1970 in
  /// UTC; nil where no rule names a day.
  package var log: Int?
  /// What is evidence.
  package var evidence: [Digest: KeepingTerm]

  package init(log: Int? = nil, evidence: [Digest: KeepingTerm] = [:]) {
    self.log = log
    self.evidence = evidence
  }

  /// What an object of the store is kept by.
  package func term(of object: Digest) -> KeepingTerm { evidence[object] ?? KeepingTerm(until: log) }
}

extension HostRequest {
  /// Has what is put kept from its first moment on.
  mutating func keep(_ term: KeepingTerm, _ mode: LockMode) {
    wire.retention = term.until.map { WireRequest.Retention(mode: mode.wire, until: $0) }
    wire.isHeld = term.isHeld ? true : nil
  }
}

extension LockMode {
  var wire: WireRequest.Retention.Mode {
    switch self {
    case .governance: .governance
    case .compliance: .compliance
    }
  }

  init(_ wire: WireRequest.Retention.Mode) {
    switch wire {
    case .governance: self = .governance
    case .compliance: self = .compliance
    }
  }
}
