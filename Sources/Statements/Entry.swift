package import Crypto

/// A statement as the log holds it.
///
///     {"by":"<keyid>","envelope":{…},"previous":"<64 hex>","sequence":9,"time":"2026-02-01T08:05:00.000Z"}
package struct Entry: Sendable, Equatable {
  /// The key of whoever appended it.
  package var by: Digest
  package var envelope: Envelope
  /// The RFC 6962 leaf hash of the entry before it; zeros in entry 0.
  package var previous: Digest
  /// Counts from 0.
  package var sequence: Int
  package var time: Instant

  /// The longest entry, in bytes: what a bundle's 16-bit length can say.
  package static let sizeLimit = 65_535

  package init(by: Digest, envelope: Envelope, previous: Digest, sequence: Int, time: Instant) {
    self.by = by
    self.envelope = envelope
    self.previous = previous
    self.sequence = sequence
    self.time = time
  }

  /// Reads an entry's one spelling.
  package init(parsing bytes: [UInt8]) throws(StatementSyntaxError) {
    guard bytes.count <= Entry.sizeLimit else {
      throw StatementSyntaxError(path: "", reason: "the entry has more than \(Entry.sizeLimit) bytes")
    }
    if let entry = EntryShape.read(bytes) {
      self = entry
      return
    }
    let value: JSONValue
    do {
      value = try JSONValue(canonical: bytes)
    } catch {
      throw StatementSyntaxError(path: "", reason: "the entry is not canonical JSON: \(error)")
    }
    var fields = try FieldReader(value, path: "", lists: ListLoader { _ in nil })
    by = try fields.digest("by")
    envelope = try Envelope(try fields.value("envelope"))
    previous = try fields.digest("previous")
    sequence = try fields.integer("sequence")
    time = try fields.instant("time")
    try fields.finish()
  }

  /// The entry's one spelling.
  package var bytes: [UInt8] {
    JSONValue.object(
      JSONObject([
        ("by", .string(by.hex)), ("envelope", envelope.object), ("previous", .string(previous.hex)),
        ("sequence", .integer(sequence)), ("time", .string(time.description)),
      ])
    ).canonicalBytes
  }
}
