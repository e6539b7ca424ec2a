import Foundation
import TestSupport
import Testing

/// A version that changes lines, papers or persons alone is not said to change nothing.
struct AgreementChangeShownTests {
  private func house(_ old: String, _ new: String) throws -> Workplace {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "custody append accept.offer"))
    let text = String(decoding: place.folder.read("desk/agreement.yaml") ?? [], as: UTF8.self)
    try #require(text.contains(old), "\(text)")
    try place.folder.write(Array(text.replacing(old, with: new).utf8), to: "desk/changed.yaml")
    return place
  }

  @Test func `the same again changes nothing`() throws {
    let place = try house("duties:", "duties:")
    #expect(try place.shell("custody engagement check changed.yaml").output.contains("nothing changes"))
  }

  @Test func `a duty that is added is shown by check and by apply, and awaited by show`() throws {
    let place = try house("duties:", "duties:\n  - { id: reviews, title: Reviews, party: onsite, every: quarter }")
    let checked = try place.shell("custody engagement check changed.yaml")
    #expect(checked.output.contains("no control changes hands; 1 duty is new: reviews"), "\(checked.output)")
    #expect(checked.output.contains("duty reviews") && checked.output.contains("every quarter"), "\(checked.output)")
    let machine = try place.shell("custody engagement check changed.yaml --format json").object
    let lines = machine["lineChanges"] as? [[String: Any]] ?? []
    #expect(lines.map { $0["line"] as? String } == ["duty reviews"])
    #expect(lines.first?["was"] as? [String] == [])
    #expect(lines.first?["willBe"] as? [String] == ["duty\treviews\tonsite\tevery quarter\tReviews"])
    #expect((machine["changes"] as? [Any])?.isEmpty == true && (machine["personChanges"] as? [Any])?.isEmpty == true)
    let applied = try place.shell("custody engagement apply changed.yaml --yes")
    #expect(applied.output.contains("duty reviews"), "\(applied.output)")
    #expect(try place.shell("custody engagement show").output.contains("'duty reviews' awaits acceptance by 'onsite'"))
  }

  @Test func `an end of days that hold nothing says that it changes nothing`() throws {
    let place = try house("duties:", "duties:")
    let ended = try place.shell("custody engagement end acme-onsite --on 2199-01-01 --dry-run")
    #expect(ended.status == 0 && ended.talk.contains("changes nothing"), "\(ended.talk)")
    #expect(!(try place.shell("custody engagement end acme-onsite --dry-run").talk.contains("changes nothing")))
  }

  @Test func `many changes are told by family, and one by one where all are asked for`() throws {
    let place = try house("frameworks: [house]", "frameworks: [house, nist-800-171-r2]")
    try place.prepare(("acme/bo", "custody framework adopt nist-800-171-r2 --effective 2026-01-01"))
    let folded = try place.shell("custody engagement check changed.yaml")
    #expect(folded.output.contains("'onsite' takes over "), "\(folded.output)")
    #expect(folded.output.contains("nist-800-171-r2/3.14") && !folded.output.contains("3.14.2"), "\(folded.output)")
    #expect(folded.output.split(separator: "\n").count < 60, "\(folded.output)")
    #expect(folded.talk.contains("--full"))
    let full = try place.shell("custody engagement check changed.yaml --full")
    #expect(full.output.contains("3.14.2") && !full.talk.contains("--full"))
  }

  @Test func `few changes are told one by one`() throws {
    let place = try house(
      "duties:", "scope:\n  - { controls: house/1.1, accountable: acme, responsible: [acme/bo] }\nduties:")
    let checked = try place.shell("custody engagement check changed.yaml")
    #expect(checked.output.contains("house/1.1") && !checked.talk.contains("--full"), "\(checked.output)")
    #expect(checked.output.contains("'onsite' hands over 2 units to 'acme'"), "\(checked.output)")
  }

  @Test func `what is to be signed stands in the catalog's order`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      (
        "acme/bo",
        """
        custody framework adopt nist-800-171-r2
        printf '%s\\n' 'id: acme-nist' 'model: managed' 'client: acme' 'providers: [onsite]' \\
          'term: { from: 2026-01-01, through: 2099-12-31 }' 'frameworks: [nist-800-171-r2]' > nist.yaml
        custody engagement apply nist.yaml --yes
        """
      ))
    let shown = try place.shell("custody accept --engagement acme-nist --dry-run", as: "onsite/jane").output
    let second = try #require(shown.firstRange(of: "nist-800-171-r2/3.1.2[a]"), "\(shown)")
    let tenth = try #require(shown.firstRange(of: "nist-800-171-r2/3.1.10[a]"))
    let next = try #require(shown.firstRange(of: "nist-800-171-r2/3.2.1[a]"))
    #expect(second.lowerBound < tenth.lowerBound && tenth.lowerBound < next.lowerBound)
  }
}
