import Foundation
import TestSupport
import Testing

/// What `engagement check` remarks on: it keeps nothing from being applied, and is rarely meant.
struct AgreementRemarkTests {
  private func remarks(_ text: String, in place: Workplace) throws -> [String] {
    try place.folder.write(Array(text.utf8), to: "desk/other.yaml")
    let checked = try place.shell("custody engagement check other.yaml --format json")
    #expect(checked.status == 0, "\(checked.output)\(checked.talk)")
    return (checked.object["remarks"] as? [[String: Any]] ?? []).compactMap { $0["message"] as? String }
  }

  private func agreement(model: String, from day: String) -> String {
    """
    id: other
    model: \(model)
    client: acme
    providers: [onsite]
    term: { from: \(day), through: 2099-12-31 }

    """
  }

  @Test func `a managed term that begins before the functions are adopted`() throws {
    // The sample's functions are adopted from 2026-01-01.
    let place = try SampleHouse.copy()
    let early = try remarks(agreement(model: "managed", from: "2025-12-31"), in: place)
    #expect(early.count == 1 && early[0].contains("--effective 2025-12-31"), "\(early)")
    #expect(try remarks(agreement(model: "managed", from: "2026-01-01"), in: place) == [])
    #expect(try remarks(agreement(model: "co-managed", from: "2025-12-31"), in: place) == [])
    try place.prepare(("acme/bo", "custody framework adopt it-functions --effective 2025-12-31"))
    #expect(try remarks(agreement(model: "managed", from: "2025-12-31"), in: place) == [])
  }

  @Test func `a term that is over, and a line that nobody does`() throws {
    let place = try SampleHouse.copy()
    let over = agreement(model: "co-managed", from: "2026-01-01").replacing("2099-12-31", with: "2026-01-02")
    #expect(try remarks(over, in: place).contains { $0.contains("ended already") })
    let line = "scope:\n  - { domains: [help-desk], accountable: acme }\n"
    let open = try remarks(agreement(model: "co-managed", from: "2026-01-01") + line, in: place)
    #expect(open.contains { $0.contains("nobody is named as responsible") })
    let named = line.replacing("acme }", with: "acme, responsible: [acme/kim] }")
    #expect(try remarks(agreement(model: "co-managed", from: "2026-01-01") + named, in: place) == [])
  }

  @Test func `a new agreement shows lines of what is adopted here`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "custody engagement new new.yaml"))
    let text = String(decoding: place.folder.read("desk/new.yaml") ?? [], as: UTF8.self)
    #expect(text.contains("controls: house/") && !text.contains("nist"), "\(text)")
    try place.prepare(("acme/bo", "custody engagement check new.yaml"))
  }

  @Test func `a fault of form hides no fault of names, in the head or in a line`() throws {
    let place = try SampleHouse.copy()
    let text = """
      id: Not An Id
      model: manged
      client: acmee
      providers: [onsite, foo, Not Good]
      term: { from: 2026-13-25, through: 2027-12-31 }
      frameworks: [nowhere, Bad Name]
      scope:
        - { domains: [no-such-domain], acountable: onsite }
        - { domains: [help-desk], accountable: [onsite, acme], responsible: [onsite/nobody] }
        - { controls: house/9.9, accountable: stranger, evidence-every: fortnight }

      """
    try place.folder.write(Array(text.utf8), to: "desk/bad.yaml")
    let checked = try place.shell("custody engagement check bad.yaml --format json")
    #expect(checked.status == 1)
    let faults = (checked.object["faults"] as? [[String: Any]] ?? []).map { fault in
      "\(fault["line"] ?? 0):\(fault["column"] ?? 0) \(fault["message"] ?? "")"
    }
    let expected = [
      "1:5 'Not An Id'", "2:8 'manged'", "3:9 the client of this store is 'acme'", "4:21 no party 'foo'",
      "4:26 'Not Good'", "5:15 '2026-13-25'", "6:14 no framework 'nowhere'", "6:23 'Bad Name'",
      "8:5 the scope line has no 'accountable'", "8:17 there is no domain 'no-such-domain'",
      "8:34 the scope line has no key 'acountable'", "9:42 exactly one party", "9:72 no member 'onsite/nobody'",
      "10:17 no adopted framework has the control 'house/9.9'", "10:41 no party 'stranger'", "10:67 'fortnight'",
    ]
    for (fault, wanted) in zip(faults, expected) { #expect(fault.hasPrefix(wanted), "\(faults)") }
    #expect(faults.count == expected.count, "\(faults)")
    #expect(try place.shell("custody engagement apply bad.yaml --yes").status == 65)
  }

  @Test func `a term that began years ago is remarked, and one of this year is not`() throws {
    let place = try SampleHouse.copy()
    let old = try remarks(agreement(model: "co-managed", from: "2019-01-01"), in: place)
    #expect(old.contains { $0.contains("began on 2019-01-01") }, "\(old)")
    #expect(
      try !remarks(agreement(model: "co-managed", from: "2026-01-01"), in: place).contains { $0.contains("began on") })
  }
}
