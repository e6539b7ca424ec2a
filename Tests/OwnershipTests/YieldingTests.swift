import Findings
import Ownership
import Statements
import Testing
import TestSupport

/// Engagements side by side: which of their claims on one unit wins.
struct YieldingTests {
  /// A log in which each engagement gives the patches to its own provider, and both have accepted.
  ///
  /// - Parameter yields: The engagements that each one yields to, by its own number.
  private static func log(_ yields: [[Int]]) throws -> LogBuilder {
    let log = LogBuilder()
    try log.found()
    try log.adopt()
    for (index, others) in yields.enumerated() {
      try log.party(.join, "party-\(index)")
      try log.join("party-\(index)/al")
      let document = LogBuilder.agreement(
        id: "e-\(index)", providers: "party-\(index)",
        scope: "  - { domains: [patch-management], accountable: party-\(index) }",
        more: "yields-to: [\(others.map { "e-\($0)" }.joined(separator: ", "))]")
      let version = try log.version(document, id: "e-\(index)")
      try log.accept(version, document: document, by: ["acme/bo", "party-\(index)/al"])
    }
    return log
  }

  @Test(
    arguments: [
      // Alone; beside one another; one yields; both yield; a chain; two yield to a third.
      ([[]], "party-0"), ([[], []], nil), ([[1], []], "party-1"), ([[1], [0]], nil), ([[1], [2], []], "party-2"),
      ([[2], [2], []], "party-2"),
      // One of three yields, and two are left; a circle; a circle beside one that nobody yields to; a circle that does.
      ([[1], [], []], nil), ([[1], [2], [0]], nil), ([[1], [2], [0], []], nil), ([[1, 3], [2], [0], []], nil),
      ([[1, 3], [2, 3], [0, 3], []], "party-3"),
      // What yields to a circle is out of it, and the circle contests.
      ([[1], [2], [1]], nil),
    ] as [([[Int]], String?)])
  func `claims that yield leave the unit to the other`(_ yields: [[Int]], _ expected: String?) throws {
    let ownership = try Self.log(yields).ownership("demo/1.1[a]", on: "2026-02-01")
    #expect(ownership.accountable == expected)
    #expect(ownership.error == (expected == nil ? .contested : nil))
  }
}
