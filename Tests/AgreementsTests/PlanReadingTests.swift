import Agreements
import Foundation
import Statements
import TestSupport
import Testing

struct PlanReadingTests {
  private let domains = ["help-desk", "governance"]

  private func faults(_ text: String) -> [String] {
    Plan.read(Array(text.utf8), domains: domains).faults.map(\.description)
  }

  @Test func `every fault is told at once, in the document's order`() throws {
    let read = Plan.read(try Fixtures.bytes("plans/wrong.yaml"), domains: domains)
    let lines = [2, 3, 4, 6, 7, 8, 8, 10, 12, 12, 15, 16, 17]
    #expect(read.faults.map(\.line) == lines)
  }

  @Test(arguments: [
    ("users: 40", "users: 4O"), ("months: 1", "months: 0"), ("users: unknown", "users: Unknown"),
    ("currency: no", "currency: []"),
    ("domains: [{ domain: help-desk, skills: 4 }]", "domains: [{ domain: help-desk, skills: 5 }]"),
    ("costs: { managed: [{ kind: tier, amount: 1.2345 }] }", "costs: { managed: [{ kind: tier, amount: 1.23456 }] }"),
    ("costs: { managed: [{ kind: tier, amount: 0 }] }", "costs: { managed: [{ kind: tier, amount: -0 }] }"),
    ("costs: { managed: [{ kind: tier, every: month }] }", "costs: { managed: [{ kind: tier, every: year }] }"),
    ("criteria: [{ id: a, weight: 100 }]", "criteria: [{ id: a, weight: 100.1 }]"),
  ])
  func `a plan with the one is read, and with the other is not`(_ good: String, _ bad: String) {
    #expect(faults("organization: Acme\n\(good)\n") == [])
    #expect(faults("organization: Acme\n\(bad)\n").count == 1)
  }

  @Test func `what is unknown is nil, and text stays text`() throws {
    let text = "organization: no\ncurrency: 1e3\nusers: unknown\ndevices: 0\n"
    let plan = try #require(Plan.read(Array(text.utf8), domains: domains).plan)
    #expect(plan.organization == "no")
    #expect(plan.currency == "1e3")
    #expect(plan.users == nil)
    #expect(plan.devices == 0)
  }

  @Test(arguments: ["acme-2026.yaml", "acme-2027.yaml"])
  func `a plan that is written reads as the same plan`(_ name: String) throws {
    let names = ["help-desk", "patch-management", "backup-recovery", "security-logging", "governance"]
    let (plan, _, faults) = Plan.read(try Fixtures.bytes("plans/\(name)"), domains: names)
    #expect(faults == [])
    let first = try #require(plan)
    let text = PlanText(functions: names.map { PlanText.Function(id: $0, title: "T") }).text(of: first)
    let again = Plan.read(Array(text.utf8), domains: names)
    #expect(again.faults == [])
    #expect(again.plan == first)
  }

  @Test func `the template is a plan that knows nothing`() {
    let text = PlanText(functions: [.init(id: "help-desk", title: "Help desk")]).text(of: Plan(organization: "A: b"))
    let read = Plan.read(Array(text.utf8), domains: domains)
    #expect(read.faults == [])
    #expect(read.plan?.organization == "A: b")
    #expect(read.plan?.domains == [Plan.Domain(id: "help-desk")])
  }

  @Test func `bytes from anywhere are faults, and end nothing`() throws {
    let bytes = try Fixtures.bytes("plans/acme-2026.yaml")
    var random = SeededRandom(seed: 20_261_127)
    for _ in 0..<500 {
      var broken = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        broken[Int.random(in: 0..<broken.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = Plan.read(broken, domains: domains)
    }
  }
}
