import Foundation
import TestSupport
import Testing

/// Standards and specifications of the Security Rule, as the command line takes and tells them.
struct HIPAASpecificationTests {
  private func clinic(_ words: String = "") throws -> Workplace {
    let place = try Workplace()
    try place.prepare(
      ("acme/bo", "custody init acme --organization 'Acme Clinic'"),
      ("acme/bo", "custody framework adopt hipaa-security \(words)"))
    return place
  }

  private func excluded(_ place: Workplace) throws -> [String] {
    let controls = try place.shell("custody report ownership --format json").object["controls"] as? [[String: Any]]
    return (controls ?? []).filter { $0["applies"] as? Bool == false }.compactMap { $0["control"] as? String }
  }

  private func specifications(_ place: Workplace) throws -> [String: [String: Any]] {
    let report = try place.shell("custody report assessment --format json").object
    let frameworks = report["frameworks"] as? [[String: Any]] ?? []
    let found = frameworks.flatMap { $0["specifications"] as? [[String: Any]] ?? [] }
    return Dictionary(found.map { ($0["control"] as? String ?? "", $0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `a standard that does not apply takes its specifications with it, and brings them back`() throws {
    let place = try clinic(
      "--not-applicable '164.314(b)(1)' --not-applicable '164.314(b)(2)(i)' --reason 'no health plan'")
    #expect(
      try excluded(place) == ["i", "ii", "iii", "iv"].map { "hipaa-security/164.314(b)(2)(\($0))" })
    try place.prepare(("acme/bo", "custody framework adopt hipaa-security --applies '164.314(b)(1)' --yes"))
    #expect(try excluded(place) == [])
  }

  @Test(arguments: ["administrative", "164.999(a)"])
  func `a family that is no standard, and what is not there, is refused`(name: String) throws {
    let place = try clinic()
    let line = "custody framework adopt hipaa-security --not-applicable '\(name)' --reason x"
    let ended = try place.shell(line)
    #expect(ended.status == 64 && ended.talk.contains("has no control '\(name)'"))
  }

  @Test func `what is required and not met has nothing in its place`() throws {
    let place = try clinic()
    try place.prepare(
      ("acme/bo", "custody assess '164.308(a)(1)(ii)(A)' --status not-met --note 'not yet'"),
      ("acme/bo", "custody assess '164.308(a)(1)(ii)(B)' --status planned"),
      ("acme/bo", "custody assess '164.308(a)(2)' --status met"))
    let told = try specifications(place)
    #expect(told.count == 2)
    for each in told.values { #expect((each["fault"] as? String)?.contains("164.306(d)(2)") == true) }
  }

  @Test func `an alternative to what is required is refused, to what is addressable it is taken`() throws {
    let place = try clinic()
    let alternative = "--status not-met --note 'too small for it' --alternative 'a locked room'"
    for words in [alternative, "--status not-met --note 'alternative: a locked room'"] {
      let refused = try place.shell("custody assess '164.308(a)(1)(ii)(B)' \(words)")
      #expect(refused.status == 64 && refused.talk.contains("45 CFR 164.306(d)(2)"), "\(refused.talk)")
    }
    #expect(try place.shell("custody assess '164.312(a)(2)(iv)' \(alternative)").status == 0)
  }

  @Test func `an alternative with its reason is in order and no open item, without the reason it is one`() throws {
    let place = try clinic()
    func open() throws -> [String] {
      let items = try place.shell("custody poam --format json").object["items"] as? [[String: Any]] ?? []
      return items.compactMap { $0["control"] as? String }
    }
    let line = "custody assess '164.312(a)(2)(iv)' --status not-met --alternative 'a locked room'"
    let bare = try place.shell(line)
    #expect(bare.status == 0 && bare.talk.contains("(d)(3)(ii)(B)(1)"), "\(bare.talk)")
    let told = { try specifications(place)["hipaa-security/164.312(a)(2)(iv)"] }
    #expect(try open() == ["164.312(a)(2)(iv)"])
    #expect((try told()?["fault"] as? String)?.contains("(d)(3)(ii)(B)(1)") == true)
    try place.prepare(("acme/bo", "sleep 0.01; \(line) --note 'nobody carries it out'"))
    #expect(try open() == [])
    #expect(try told()?["state"] as? String == "alternative" && told()?["fault"] is NSNull)
  }

  @Test func `what nobody assessed is listed`() throws {
    let place = try clinic()
    try place.prepare(("acme/bo", "custody assess '164.312(a)(2)(iv)' --status met"))
    let report = try place.shell("custody report assessment --format json").object
    let frameworks = report["frameworks"] as? [[String: Any]] ?? []
    let left = frameworks.compactMap { $0["unassessed"] as? [String] }.first ?? []
    #expect(left.contains("hipaa-security/164.308(a)(1)(ii)(A)") && !left.contains("hipaa-security/164.312(a)(2)(iv)"))
  }

  @Test func `what is addressable is planned, replaced with a reason, or lacks one`() throws {
    let place = try clinic()
    try place.prepare(
      ("acme/bo", "custody assess '164.312(a)(2)(iii)' --status not-applicable --note why --alternative 'a door'"),
      ("acme/bo", "custody assess '164.312(a)(2)(iv)' --status not-applicable"),
      ("acme/bo", "custody assess '164.312(c)(2)' --status not-applicable --note why"),
      ("acme/bo", "custody assess '164.312(e)(2)(i)' --status planned"))
    let told = try specifications(place)
    let name = { (id: String) in told["hipaa-security/164.312\(id)"] }
    #expect(name("(a)(2)(iii)")?["alternative"] as? String == "a door" && name("(a)(2)(iii)")?["fault"] is NSNull)
    #expect((name("(a)(2)(iv)")?["fault"] as? String)?.contains("(d)(3)(ii)(B)(1)") == true)
    #expect((name("(c)(2)")?["fault"] as? String)?.contains("(d)(3)(ii)(B)(2)") == true)
    #expect(name("(e)(2)(i)")?["fault"] is NSNull)
  }
}
