import Foundation
import TestSupport
import Testing

/// Whom a party names for its work, and how far that word reaches.
struct StaffTests {
  /// A client that gives its provider one function of two; the third party has nothing to do with them.
  private func place() throws -> Workplace {
    let place = try Workplace()
    let agreement = """
      id: acme-onsite
      model: co-managed
      client: acme
      providers: [onsite]
      term: { from: 2026-01-01, through: 2099-12-31 }
      frameworks: [it-functions, nist-800-171-r2]
      scope:
        - { domains: [patch-management], accountable: onsite, responsible: [onsite/desk] }
      contacts:
        - { id: onsite/desk, name: Service desk }

      """
    try place.folder.write(Array(agreement.utf8), to: "desk/agreement.yaml")
    try place.prepare(
      ("acme/bo", "custody init acme --organization 'Acme Manufacturing' --effective 2026-01-01"),
      ("acme/bo", "custody framework adopt nist-800-171-r2 --effective 2026-01-01"),
      ("onsite/jane", "custody key new --name Jane --output jane.card"),
      ("acme/bo", "custody party add onsite --name 'Onsite Services' --card jane.card"),
      ("newco/nia", "custody key new --name Nia --output nia.card"),
      ("acme/bo", "custody party add newco --name 'Newco' --card nia.card"),
      ("acme/bo", "custody engagement apply agreement.yaml --yes"),
      ("onsite/jane", "custody accept --yes"))
    return place
  }

  /// Who does the work of a control's objectives.
  private func people(_ place: Workplace, _ control: String) throws -> Set<String> {
    let controls = try place.shell("custody report ownership --format json").object["controls"] as? [[String: Any]]
    let own = (controls ?? []).filter { ($0["control"] as? String)?.hasSuffix("/\(control)") == true }
    return Set(own.flatMap { $0["responsible"] as? [String] ?? [] })
  }

  @Test func `a function is one control unless the whole domain is meant`() throws {
    let place = try place()
    let plain = try place.shell(
      "custody staff acme-onsite patch-management --responsible onsite/jane", as: "onsite/jane")
    #expect(plain.status == 0 && plain.talk.contains("--whole-domain"), "\(plain.talk)")
    #expect(try people(place, "3.14.1") == ["onsite/desk"])
    let whole = try place.shell(
      "custody staff acme-onsite patch-management --whole-domain --responsible onsite/jane", as: "onsite/jane")
    #expect(whole.status == 0 && !whole.talk.contains("--whole-domain"), "\(whole.talk)")
    #expect(try people(place, "3.14.1") == ["onsite/jane"])
    let none = try place.shell(
      "custody staff acme-onsite 3.14.1 --whole-domain --responsible onsite/jane", as: "onsite/jane")
    #expect(none.status == 64, "\(none.talk)")
  }

  @Test func `people for another party's units are told to count for nothing, for the own they are not`() throws {
    let place = try place()
    let idle = try place.shell("custody staff acme-onsite 3.3.1 --responsible onsite/jane", as: "onsite/jane")
    #expect(idle.status == 0 && idle.talk.contains("nothing to do today"), "\(idle.talk)")
    let own = try place.shell("custody staff acme-onsite 3.14.1 --responsible onsite/jane", as: "onsite/jane")
    #expect(own.status == 0 && !own.talk.contains("nothing to do today"), "\(own.talk)")
  }

  @Test func `who is no party to the agreement is refused`() throws {
    let ended = try place().shell("custody staff acme-onsite 3.14.1 --responsible newco/nia", as: "newco/nia")
    #expect(ended.status == 64 && ended.talk.contains("no party to 'acme-onsite'"), "\(ended.talk)")
  }

  @Test func `a contact of the agreement does the work as a member does, and who is neither does not`() throws {
    let place = try place()
    #expect(
      try place.shell("custody staff acme-onsite 3.14.1 --responsible onsite/desk", as: "onsite/jane").status == 0)
    let unknown = try place.shell("custody staff acme-onsite 3.14.1 --responsible onsite/tom", as: "onsite/jane")
    #expect(unknown.status == 64 && unknown.talk.contains("neither a member nor a contact"), "\(unknown.talk)")
  }
}
