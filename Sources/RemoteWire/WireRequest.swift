/// One thing that is asked of the host of a store: of an S3-compatible bucket, or of any file host.
///
/// Names are those below the store's root, as `tile/0/000` and `checkpoint`; where that root is, only `custody-remote` knows.
package struct WireRequest: Codable, Sendable, Equatable {
  package enum Verb: String, Codable, Sendable, CaseIterable {
    /// The bytes of an object.
    case get
    /// Whether there is one, how long it is and which.
    case head
    /// Makes or replaces one.
    case put
    /// The names that begin with ``name``, up to a thousand, in byte order.
    case list
    case delete
    /// Lengthens for how long nobody may delete an object: PutObjectRetention. Its body comes with the request.
    case retain
    /// Sets or lifts a legal hold: PutObjectLegalHold. Its body comes with the request.
    case hold
    /// All versions of an object, those that are hidden among them, the newest first.
    case versions
  }

  /// What has to hold for a put; where it does not, the answer's status is 412 and nothing was written (RFC 9110, 13.1).
  package enum Condition: Codable, Sendable, Equatable {
    /// There is none of this name (`If-None-Match: *`).
    case absent
    /// It is still the one with this entity tag, as the answer gave it, without quotes (`If-Match`).
    case unchanged(String)
  }

  /// For how long nobody may delete or replace what is put.
  package struct Retention: Codable, Sendable, Equatable {
    package enum Mode: String, Codable, Sendable, CaseIterable {
      /// Nobody can.
      case compliance
      /// Who has the special right can.
      case governance
    }

    package var mode: Mode
    /// In seconds since 1970 in UTC.
    package var until: Int

    package init(mode: Mode, until: Int) {
      self.mode = mode
      self.until = until
    }
  }

  /// Which answer belongs to it; never used twice.
  package var id: Int
  package var verb: Verb
  /// Below the store's root; for a list what names begin with, which may be empty.
  package var name: String
  /// Get: a new file that the bytes are written to, and not into the answer. Put: the file whose bytes are sent.
  package var file: String?
  /// Get: no more bytes than this and one are given in the answer.
  package var limit: Int?
  /// Put: the SHA-256 of what is sent, in hex.
  package var digest: String?
  package var condition: Condition?
  package var retention: Retention?
  /// Put: under a legal hold.
  package var isHeld: Bool?
  /// Head, delete, retain, hold: which version is meant; nil for the newest.
  package var version: String?
  /// Delete: though it is kept in the mode `governance`, if the credentials have that right.
  package var bypassesGovernance: Bool?
  /// List: names after this one.
  package var after: String?
  /// List, versions: where to go on, as the answer before said it; then ``after`` says nothing.
  package var token: String?

  package init(_ verb: Verb, _ name: String, id: Int = 0) {
    self.id = id
    self.verb = verb
    self.name = name
  }
}
