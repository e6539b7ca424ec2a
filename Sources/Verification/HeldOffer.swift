package import Crypto
public import Statements

/// A signed statement that somebody holds, whether or not it ever went into the log.
package struct HeldOffer: Sendable {
  package var envelope: Envelope
  /// The file that it came in; nil where it came in none.
  package var file: String?

  package init(_ envelope: Envelope, file: String? = nil) {
    self.envelope = envelope
    self.file = file
  }
}

/// What became of a signed statement that somebody holds.
public struct JudgedOffer: Sendable, Equatable {
  /// Whether it is in the log, and whether it could have been.
  public enum Fate: Sendable, Equatable {
    /// It is this entry, recorded at that time; the time is nil where the entry was not read. Whether it counts there.
    case entry(Int, time: Instant?, counts: Bool)
    /// It is not in the log, and whoever appends could have put it there.
    case withheld
    /// It is not in the log and never could have been, for a reason: a clause.
    case refused(String)
    /// Nothing can be said of it, for a reason: a clause.
    case unknown(String)
  }

  /// The file that it came in; nil where it came in none.
  public var file: String?
  /// The statement's id.
  package var statement: Digest
  /// The id of the key that signed it.
  package var keyID: Digest
  /// The `<type>` of `urn:custody:<type>:v1`; nil where no statement of this log could be read.
  public var type: String?
  /// Whose key signed it; nil where it is nobody's.
  public var signer: String?
  /// When it says that it was signed.
  public var signedAt: Instant?
  /// What became of it.
  public var fate: Fate
  /// Why it could not go in now, or, of an entry, why its key does not speak any more: a clause.
  public var now: String?
}
