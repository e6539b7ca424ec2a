import Crypto
import Findings
import Index
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

/// What was found sound before is not checked a second time, and nothing else is taken for it.
struct VerifiedEntriesTests {
  /// A log of two runs of entries; in each, one whose signature does not hold.
  private let log: TestLog
  private let forged: [Int]

  init() throws {
    log = try TestLog()
    var forged: [Int] = []
    for number in 0..<2100 {
      guard number % 1000 == 500 else {
        try log.addEvidence("\(number).txt", "\(number)")
        continue
      }
      forged.append(log.size + number)
      let payload = log.payload(
        .evidence(Evidence(controls: ["it-functions/governance"])), [log.object("x", Array("x\(number)".utf8))])
      var envelope = try Envelope(signing: Array("another".utf8), with: log.key)
      envelope.payload = payload
      try log.add(envelope: envelope)
    }
    try log.commit()
    self.forged = forged
  }

  /// The entries whose signatures were found not to hold.
  private func refused(verified: (size: Int, root: Digest)?) throws -> [Int] {
    let index = try ProjectionIndex(inMemory: TestLog.origin)
    _ = try index.follow(log.store, to: log.checkpoint, library: log.library, verified: { verified })
    return try index.rejected().filter { $0.code == .signatureInvalid }.compactMap(\.entry)
  }

  private func tree(_ size: Int) throws -> (size: Int, root: Digest) {
    (size, try LogReader(contents: log.store, size: log.size, root: log.root).root(at: size))
  }

  @Test func `nothing is passed over where nothing was verified`() throws {
    #expect(try refused(verified: nil) == forged)
  }

  @Test func `the entries of a tree that was verified are, and those after it are not`() throws {
    #expect(try refused(verified: tree(log.size)) == [])
    #expect(try refused(verified: tree(1500)) == [forged[1]])
    #expect(try refused(verified: tree(400)) == forged)
  }

  @Test func `the root says whether it is that tree`() throws {
    let other = try tree(1400).root
    #expect(try refused(verified: (1500, other)) == forged)
    #expect(try refused(verified: (log.size + 1, log.root)) == forged)
  }
}
