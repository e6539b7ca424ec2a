import Crypto
import Index
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

/// When keys last signed something.
struct SignatureTests {
  @Test func `a key signed last what counts and is known, be it evidence`() throws {
    let log = try TestLog()
    let index = try ProjectionIndex(inMemory: TestLog.origin)
    func lastSigned(upTo size: Int) throws -> Instant? {
      try index.lastSignatures(upTo: size)[log.key.verificationKey.keyID]
    }
    let before = log.size
    let payload = log.payload(
      .evidence(Evidence(controls: ["it-functions/governance"])), [log.object("a", Array("a".utf8))])
    let entry = try log.add(payload: payload)
    let counted = try #require(ParsedEntry(entry, library: log.library).statement).get().signedAt
    // The same statement once more counts for nothing, and neither does what nobody can read.
    try log.add(payload: payload)
    try log.add(payload: Array("{}".utf8))
    try log.commit()
    _ = try index.follow(log.store, to: log.checkpoint, library: log.library)
    let known = try #require(try lastSigned(upTo: before))
    #expect(try lastSigned(upTo: log.size) == counted && known < counted)
    #expect(try lastSigned(upTo: 0) == nil)
  }
}
