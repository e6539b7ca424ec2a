import Findings
import Ownership
import Statements
import Testing

struct OwnershipCasesTests {
  @Test func `all cases are there`() {
    #expect(OwnershipCases.all.count == 20)
    #expect(OwnershipCases.all.map(\.ask.count).reduce(0, +) == 105)
  }

  @Test(arguments: OwnershipCases.all)
  func `the six rules answer as worked out by hand`(_ world: OwnershipCases.Case) throws {
    for question in world.ask {
      let resolver = Resolver(try world.input(knownAt: question.knownAt))
      let asOf = try day(question.asOf)
      let scope = resolver.scope(on: asOf)
      let unit = try control(question.unit)
      let facts = scope.units.first { $0.id == unit }
      let place = "\(world.id): \(question.unit) on \(question.asOf), known at \(question.knownAt)"
      if let state = question.answer.state {
        if state == "not adopted" { #expect(facts == nil, "\(place)") }
        if state == "not applicable" { #expect(try scope.applies(#require(facts)) == false, "\(place)") }
        continue
      }
      let ownership = resolver.ownership(try #require(facts, "\(place)"), on: asOf, in: scope)
      #expect(ownership.accountable == question.answer.accountable, "\(place)")
      #expect(ownership.findings.map(\.rawValue) == question.answer.findings ?? [], "\(place)")
    }
  }
}
