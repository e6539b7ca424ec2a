import Crypto
import Findings
import Index
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

/// What the index has counted of evidence is what going through all of it gives.
struct IndexedEvidenceTests {
  let log: TestLog
  let index: ProjectionIndex
  private let controls = ["it-functions/patch-management", "it-functions/governance", "it-functions/backup-recovery"]

  init() throws {
    log = try TestLog()
    index = try ProjectionIndex(inMemory: TestLog.origin)
  }

  private func follow() throws {
    try log.commit()
    _ = try index.follow(log.store, to: log.checkpoint, library: log.library)
  }

  /// Adds evidence on some controls over some days.
  @discardableResult
  private func add(
    _ name: String, _ controls: [String], from: String? = nil, through: String? = nil, replaces: [Digest] = []
  ) throws -> Digest {
    var evidence = Evidence(controls: controls)
    evidence.from = from.flatMap { Day($0) }
    evidence.through = through.flatMap { Day($0) }
    evidence.replaces = replaces
    let entry = try log.add(.evidence(evidence), [log.object(name, Array(name.utf8))])
    return try #require(ParsedEntry(entry, library: log.library).statement).get().id
  }

  private func view(_ text: String, upTo size: Int? = nil) throws -> any EvidenceView {
    try IndexedEvidence(index, upTo: size ?? log.size).view(
      on: #require(Day(text)), redacted: [:], library: log.library)
  }

  /// Holds what both say against each other, for every pair of controls, on days around the log's.
  private func compare(redacted: [Digest: Day] = [:]) throws {
    for text in ["2025-12-01", "2026-01-03", "2026-01-05", "2026-06-01"] {
      let day = try #require(Day(text))
      let counted = try IndexedEvidence(index, upTo: log.size).view(on: day, redacted: redacted, library: log.library)
      let all = try index.evidenceBook().view(on: day, redacted: redacted, library: log.library)
      for unit in controls {
        for control in controls {
          let left = try counted.summary(unit: unit, control: control)
          let right = try all.summary(unit: unit, control: control)
          #expect(left == right, "\(unit) of \(control) on \(text)")
        }
      }
    }
  }

  @Test func `of evidence on one control, on several, and on the same ones in another order`() throws {
    try add("a", [controls[0]], through: "2026-01-02")
    try add("b", [controls[0], controls[1]], from: "2026-01-01", through: "2026-01-04")
    try add("c", [controls[1], controls[0]], from: "2026-01-04", through: "2026-01-04")
    try add("d", [controls[2]])
    try follow()
    try compare()
    #expect(try view("2026-06-01").summary(unit: controls[0], control: controls[1]).count == 3)
  }

  @Test func `evidence that was replaced is counted no more, and the next newest takes its place`() throws {
    let first = try add("a", [controls[0]], through: "2026-01-02")
    try follow()
    let second = try add("b", [controls[0]], through: "2026-01-04")
    try follow()
    try add("c", [controls[1]], replaces: [second])
    try follow()
    try compare()
    #expect(
      try view("2026-06-01").summary(unit: controls[0], control: controls[0]).newest?.statement == first)
    // Twice replaced is once gone.
    try add("d", [controls[1]], replaces: [second, first])
    try follow()
    try compare()
    #expect(try view("2026-06-01").summary(unit: controls[0], control: controls[0]).count == 0)
  }

  @Test func `evidence whose objects are redacted shows nothing from that day on`() throws {
    try add("a", [controls[0]], through: "2026-01-02")
    try add("b", [controls[0]], through: "2026-01-04")
    try add("c", [controls[1]])
    try follow()
    let (fifth, sixth) = (try #require(Day("2026-01-05")), try #require(Day("2026-01-06")))
    try compare(redacted: [Digest(of: "b"): fifth])
    try compare(redacted: [Digest(of: "b"): fifth, Digest(of: "c"): sixth])
  }

  @Test func `of an earlier tree all evidence is gone through`() throws {
    try add("a", [controls[0]])
    try follow()
    let size = log.size
    try add("b", [controls[0]])
    try follow()
    #expect(try view("2026-06-01", upTo: size).summary(unit: controls[0], control: controls[0]).count == 1)
  }
}
