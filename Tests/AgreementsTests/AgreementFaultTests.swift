@testable import Agreements
import Testing

/// One fault in the sample, and how it is told.
struct AgreementFault: Sendable, CustomTestStringConvertible {
  /// What stands in the sample.
  let good: String
  /// What is written instead.
  let bad: String
  /// All that is reported.
  let faults: [String]

  init(_ good: String, _ bad: String, _ faults: String...) {
    self.good = good
    self.bad = bad
    self.faults = faults
  }

  var testDescription: String { bad.isEmpty ? "without \(good)" : bad }

  static let all: [AgreementFault] = [
    // Keys.
    AgreementFault(
      "client: acme\n", "clinet: acme\n", "line 1, column 1: the document has no 'client', which it needs",
      "line 3, column 1: the document has no key 'clinet': did you mean 'client'"),
    AgreementFault(
      "yields-to: []", "overrules: []",
      """
      line 9, column 1: the document has no key 'overrules': its keys are id, model, client, providers, term, \
      effective, statement-of-work, frameworks, yields-to, scope, service-levels, duties, hours, escalation, papers, \
      notice, contacts, notes
      """),
    AgreementFault("id: acme-onsite  ", "#", "line 2, column 1: the document has no 'id', which it needs"),
    AgreementFault(
      "client: acme\n", "client: acme\nclient: beta\n", "line 4, column 1: the key 'client' stands here a second time"),
    // Identifiers, models and days.
    AgreementFault(
      "id: acme-onsite ", "id: Acme ",
      """
      line 1, column 5: 'Acme' in 'id' is not an identifier: 1 to 32 lower-case letters, digits and inner hyphens
      """),
    AgreementFault(
      "co-managed   ", "comanaged   ",
      "line 2, column 8: 'comanaged' in 'model' is not a model: managed, co-managed or in-house"),
    AgreementFault(
      "client: acme\n", "client:\n", "line 3, column 8: 'client' is empty: write its value, or leave the key out"),
    AgreementFault(
      "client: acme\n", "client: [acme]\n", "line 3, column 9: 'client' must be text, not a list or a mapping"),
    AgreementFault(
      "from: 2026-01-01", "from: 2026-02-30",
      "line 5, column 15: '2026-02-30' in 'from' is not a day of the calendar, written YYYY-MM-DD"),
    AgreementFault(
      "through: 2027-12-31", "through: 2025-12-31",
      "line 5, column 36: 'through' is 2025-12-31, which is before 'from', 2026-01-01"),
    AgreementFault(
      "term: { from: 2026-01-01, through", "term: { through", "line 5, column 7: the term has no 'from', which it needs"
    ),
    AgreementFault(
      "term: {", "term: 2026 #", "line 5, column 7: the term must be a mapping, written { key: value, … }"),
    AgreementFault(
      "from: 2026-03-01", "from: 2026-03-01, through: 2026-02-28",
      "line 13, column 110: 'through' is 2026-02-28, which is before 'from', 2026-03-01"),
    AgreementFault(
      "effective: 2026-07-01", "effective: July",
      "line 6, column 12: 'July' in 'effective' is not a day of the calendar, written YYYY-MM-DD"),
    // Providers, papers and frameworks.
    AgreementFault(
      "[onsite]  ", "[]", "line 4, column 12: a co-managed engagement needs at least one provider"),
    AgreementFault(
      "providers: [onsite]", "providers: onsite", "line 4, column 12: 'providers' must be a list: write [onsite]"),
    AgreementFault(
      "model: co-managed", "model: in-house",
      "line 4, column 12: an in-house engagement has no providers: leave 'providers' out, or choose another model"),
    AgreementFault(
      "providers: [onsite]", "#",
      "line 1, column 1: the document has no 'providers', which it needs unless its model is in-house"),
    AgreementFault(
      "sow-2026.pdf", "papers/sow-2026.pdf",
      """
      line 7, column 20: 'papers/sow-2026.pdf' in 'statement-of-work' is not the name of a file beside this one, \
      without folders
      """),
    // Lines of the scope.
    AgreementFault(
      "{ families: nist-800-171-r2/3.6, ", "{ ",
      "line 12, column 5: the scope line needs one of domains, families and controls"),
    AgreementFault(
      "{ families: nist-800-171-r2/3.6, ", "{ families: nist-800-171-r2/3.6, domains: help-desk, ",
      "line 12, column 5: the scope line has 'domains' and 'families': write one for each"),
    AgreementFault(
      "nist-800-171-r2/3.1.1,", "3.1.1 and 3.1.2,",
      "line 13, column 17: '3.1.1 and 3.1.2' in 'controls' is not an id, as in 3.1.1 or nist-800-171-r2/3.1.1"),
    AgreementFault(
      "[endpoint-security, patch-management]", "[]",
      "line 11, column 16: 'domains' is empty, so the line is about nothing"),
    AgreementFault(
      "patch-management]", "patch management]",
      "line 11, column 36: 'patch management' in 'domains' is not a domain's name, as in patch-management"),
    AgreementFault(
      "accountable: acme, responsible: [acme/bo]", "responsible: [acme/bo]",
      "line 13, column 5: the scope line has no 'accountable', which it needs"),
    AgreementFault(
      "accountable: acme, responsible: [acme/bo]", "accountable: [acme, onsite]",
      "line 13, column 53: exactly one party is accountable: write its name, not a list"),
    AgreementFault(
      "accountable: acme, responsible: [acme/bo]", "accountable: acme/bo",
      "line 13, column 53: 'acme/bo' is a member: a party is accountable, here 'acme'"),
    AgreementFault(
      "[onsite/soc]", "onsite/soc", "line 12, column 72: 'responsible' must be a list: write [onsite/soc]"),
    AgreementFault(
      "[onsite/soc]", "[onsite/soc/night]",
      """
      line 12, column 73: 'onsite/soc/night' in 'responsible' is not a party or a member, written onsite or onsite/jane
      """),
    AgreementFault(
      "evidence-every: quarter", "evidence-every: quarterly",
      """
      line 12, column 102: 'quarterly' in 'evidence-every' is not a cadence: day, week, month, quarter, half-year, \
      year, two-years, three-years or event
      """),
    // Service levels and duties.
    AgreementFault(
      "\">= 99.9\"", "\"99.9 or more\"",
      """
      line 16, column 73: '99.9 or more' in 'target' is not a comparison and a number, as in ">= 99.9"
      """),
    AgreementFault(
      "unit: \"%\", ", "", "line 16, column 5: the service level has no 'unit', which it needs"),
    AgreementFault(
      "Steering committee minutes", "\"Steering\\tcommittee\"",
      "line 18, column 38: 'title' has a tab, a line break or another control character in it"),
    AgreementFault(
      "within: 90 days", "within: three months",
      "line 19, column 103: 'three months' in 'within' is not a number of days, as in 90 days"),
    AgreementFault(
      ", within: 90 days", "", "line 19, column 5: the duty needs 'every' or 'within': when is it owed"),
    AgreementFault(
      "within: 90 days", "within: 90 days, every: year",
      "line 19, column 5: the duty has 'every' and 'within': one of them says when it is owed"),
    AgreementFault(
      "id: onboarding", "id: steering-committee",
      "line 19, column 11: there is another duty 'steering-committee' above"),
    AgreementFault(
      "duties:\n", "duties:\n  first:\n",
      "line 18, column 3: 'duties' must be a list: begin each item with '- ', or leave the key out"),
    // YAML that an agreement has no use for.
    AgreementFault(
      "client: acme\n", "client: &us acme\n", "line 3, column 9: anchors are not allowed: write the value itself"),
    AgreementFault(
      "client: acme\n", "client: *us\n", "line 3, column 9: aliases are not allowed: write the value itself"),
    AgreementFault(
      "client: acme\n", "client: !!str acme\n",
      "line 3, column 9: tags are not allowed: a value is what its field says"),
    AgreementFault(
      "client: acme\n", "client: acme\n? [a, [b]]\n: c\n",
      "line 4, column 3: a key must be text, not a list or a mapping"),
  ]
}

/// The faults of a text, each as it is told.
func faults(_ text: String) -> [String] { faults(Array(text.utf8)) }

func faults(_ bytes: [UInt8]) -> [String] {
  switch EngagementDocument.read(bytes) {
  case .read: []
  case .unreadable(let faults): faults.map(\.description)
  }
}

struct AgreementFaultTests {
  @Test(arguments: AgreementFault.all)
  func `a fault is told with line and column`(_ fault: AgreementFault) throws {
    try #require(sampleAgreement.contains(fault.good))
    let text = sampleAgreement.replacing(fault.good, with: fault.bad, maxReplacements: 1)
    #expect(faults(text) == fault.faults)
  }

  @Test func `all faults are told at once, in the order of the document`() {
    let text = """
      id: A
      model: none
      term: { from: tomorrow }
      scope: [{ domains: x y, accountable: [] }, 7]
      duties: [{}]
      """
    #expect(
      faults(text) == [
        "line 1, column 1: the document has no 'client', which it needs",
        "line 1, column 1: the document has no 'providers', which it needs unless its model is in-house",
        "line 1, column 5: 'A' in 'id' is not an identifier: 1 to 32 lower-case letters, digits and inner hyphens",
        "line 2, column 8: 'none' in 'model' is not a model: managed, co-managed or in-house",
        "line 3, column 7: the term has no 'through', which it needs",
        "line 3, column 15: 'tomorrow' in 'from' is not a day of the calendar, written YYYY-MM-DD",
        "line 4, column 20: 'x y' in 'domains' is not a domain's name, as in patch-management",
        "line 4, column 38: exactly one party is accountable: write its name, not a list",
        "line 4, column 44: the scope line must be a mapping, written { key: value, … }",
        "line 5, column 10: the duty has no 'id', which it needs",
        "line 5, column 10: the duty has no 'title', which it needs",
        "line 5, column 10: the duty has no 'party', which it needs",
        "line 5, column 10: the duty needs 'every' or 'within': when is it owed",
      ])
  }

  @Test func `a second document is told where it begins`() {
    #expect(
      faults(sampleAgreement + "---\nid: b\n") == [
        "line 31, column 1: a second document begins here: a file holds one agreement"
      ])
  }

  @Test func `what is no YAML is told where the parser stopped`() {
    #expect(
      faults("id: a\nscope: [\n  { domains: x\n") == [
        """
        line 4, column 1: this is not YAML: did not find expected ',' or '}', while parsing a flow mapping that \
        begins in line 3
        """
      ])
    #expect(
      faults("id: a\n\tclient: b\n") == [
        """
        line 2, column 1: this is not YAML: found a tab character that violates indentation, while scanning a plain \
        scalar that begins in line 1
        """
      ])
    #expect(
      faults("id: a\nclient: \u{7}\n") == ["line 2, column 9: this is not YAML: control characters are not allowed"])
    #expect(faults("") == ["line 1, column 1: the document is empty"])
    #expect(faults("# nothing\n") == ["line 1, column 1: the document is empty"])
    #expect(faults("[]") == ["line 1, column 1: the document must be a mapping, written { key: value, … }"])
  }

  @Test func `bytes that are not UTF-8 are told where they are`() {
    let message = "this is not UTF-8: save the file as UTF-8"
    #expect(faults(Array("id: ä\ncliént: ".utf8) + [0xff]) == ["line 2, column 9: \(message)"])
    #expect(faults([0xff, 0xfe, 0x69, 0x00]) == ["line 1, column 1: \(message)"])
    #expect(faults(Array("id: ".utf8) + [0xe2, 0x82]) == ["line 1, column 5: \(message)"])
  }

  @Test func `size and depth are bounded`() {
    #expect(
      faults([UInt8](repeating: UInt8(ascii: "#"), count: (1 << 20) + 1)) == [
        "the document has 1048577 bytes, and no more than 1048576 are read"
      ])
    #expect(faults(String(repeating: "[", count: 1 << 20)).count == 1)
    #expect(
      faults("id: " + String(repeating: "[", count: 40) + String(repeating: "]", count: 40)) == [
        "line 1, column 36: lists and mappings lie more than 32 deep here"
      ])
  }

  @Test(.timeLimit(.minutes(1)))
  func `a long list is read in time that grows with its length`() {
    #expect(faults("scope:\n" + String(repeating: "- 1\n", count: 60_000)).count == 60_005)
    #expect(faults((0..<30_000).map { "k\($0): 1\n" }.joined()).count > 30_000)
  }

  @Test(arguments: [
    (">= 99.9", true), (">=99.9", true), ("< 4", true), ("= -0.5", true), ("<= 1.", false), ("> .5", false),
    (">  1", false), ("=> 1", false), ("99", false), ("", false), (">", false), ("< 1e3", false), ("< ١", false),
  ])
  func `a target is a comparison and a decimal number`(text: String, isTarget: Bool) {
    #expect(SchemaReader.isTarget(text) == isTarget)
  }

  @Test(
    arguments: [
      ("90 days", 90), ("1 day", 1), ("1 days", 1), ("36525 days", 36_525), ("36526 days", nil), ("090 days", nil),
      ("0 days", nil), ("-1 days", nil), ("90", nil), ("90  days", nil), ("90 Days", nil), ("99999999999 days", nil),
      ("2 day", nil),
    ] as [(String, Int?)])
  func `within is a number of days`(text: String, days: Int?) {
    #expect(SchemaReader.days(text) == days)
  }
}
