@testable import Agreements
import Testing

/// Hours, escalation, papers, notice, contacts and notes: what is wrong with them is told, all of it at once.
struct ClauseFaultTests {
  /// The faults of a document that is right but for one key, which stands in line 7: the column, and what is said.
  private static func told(_ key: String) -> [String] {
    let head = """
      id: a
      model: co-managed
      client: acme
      providers: [onsite]
      term: { from: 2026-01-01, through: 2026-12-31 }
      statement-of-work: sow.pdf

      """
    return faults(head + key).map { $0.replacing("line 7, column ", with: "") }
  }

  @Test func `hours are a number, given now and then, and go forward for a while`() {
    #expect(
      Self.told("hours: [{ id: a, party: onsite, domains: [], hours: 0, every: often, rollover: 3 moons, x: 1 }]") == [
        "42: 'domains' is empty, so the block of hours is about nothing",
        "53: '0' in 'hours' is not a number of hours, as in \"20\" or \"7.5\"",
        """
        63: 'often' in 'every' is not a cadence: day, week, month, quarter, half-year, year, two-years, three-years or \
        event
        """,
        "80: '3 moons' in 'rollover' is not a number of days, weeks, months or years, as in 3 days",
        "89: the block of hours has no key 'x': its keys are id, party, domains, hours, every, rollover",
      ])
    #expect(
      Self.told("hours: [{ id: a }, { id: a, party: onsite, domains: help-desk, hours: 1e3 }]") == [
        "9: the block of hours has no 'party', which it needs",
        "9: the block of hours has no 'domains', which it needs",
        "9: the block of hours has no 'hours', which it needs", "26: there is another block of hours 'a' above",
        "71: '1e3' in 'hours' is not a number of hours, as in \"20\" or \"7.5\"",
      ])
  }

  @Test(arguments: [
    ("20", true), ("7.5", true), ("0.25", true), ("0", false), ("0.0", false), ("-1", false), ("1.", false),
    (".5", false), ("1e3", false), ("1234567", false), ("", false), ("1.2.3", false),
  ])
  func `a number of hours is a decimal above zero`(_ text: String, _ isHours: Bool) {
    #expect(SchemaReader.isHours(text) == isHours)
  }

  @Test func `an escalation has steps, each with somebody and a time`() {
    #expect(
      Self.told(
        "escalation: [{ id: a, steps: [] }, { id: b, domains: [], steps: [{ who: acme/, within: 4 months }, { who: a }] }]"
      ) == [
        "30: 'steps' must be a list of at least one step, each { who: …, within: … }",
        "54: 'domains' is empty, so the escalation is about nothing",
        "73: 'acme/' in 'who' is not a party or a member, written onsite or onsite/jane",
        "88: '4 months' in 'within' is not a number of minutes, hours or days, as in 3 minutes",
        "100: the step has no 'within', which it needs",
      ])
  }

  @Test func `a paper is a file beside the document, named once, with a kind and days`() {
    #expect(
      Self.told("papers: [{ file: a/b, kind: SOW }, { file: sow.pdf, kind: statement-of-work }, { file: document }]")
        == [
          "18: 'a/b' in 'file' is not the name of a file beside this one, without folders",
          "29: 'SOW' in 'kind' is not an identifier: 1 to 32 lower-case letters, digits and inner hyphens; reports know "
            + "'business-associate-agreement', 'responsibility-matrix' and 'service-credits'",
          "44: there is another paper 'sow.pdf' above",
          "59: the statement of work has a key of its own: write 'statement-of-work: FILE' instead",
          "80: the paper has no 'kind', which it needs",
          "88: the name 'document' stands for the agreement itself: name the file otherwise",
        ])
    #expect(
      Self.told("papers: [{ file: a, kind: x, from: 2026-02-01, through: 2026-01-01 }, { file: a, kind: x }]") == [
        "57: 'through' is 2026-01-01, which is before 'from', 2026-02-01", "79: there is another paper 'a' above",
      ])
  }

  @Test(arguments: [
    ("notice: 3 hours", "9: '3 hours' in 'notice' is not a number of days, weeks or months, as in 3 days"),
    ("notice: [90]", "9: 'notice' must be text, not a list or a mapping"),
    ("contacts: [{ id: acme, name: x }]", "18: 'acme' in 'id' is not a person of a party, written acme/plant-manager"),
    ("contacts: [{ id: acme/z }]", "12: the contact has no 'name', which it needs"),
    (
      "contacts: [{ id: acme/z, name: Z }, { id: acme/z, name: Y }]", "43: there is another contact 'acme/z' above"
    ),
    ("notes: acme", "8: 'notes' must be a list: begin each item with '- ', or leave the key out"),
    ("notes: [{ controls: demo/1.1 }]", "9: the note needs 'client' or 'provider': what does which side do"),
    ("notes: [{ client: x }]", "9: the note needs one of domains, families and controls"),
    (
      "notes: [{ controls: demo/1.1, domains: help-desk, client: x }]",
      "9: the note has 'domains' and 'controls': write one for each"
    ),
  ])
  func `what else may be written is held against what it must be`(_ key: String, _ expected: String) {
    #expect(Self.told(key) == [expected])
  }
}
