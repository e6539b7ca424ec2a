import Agreements
import Catalogs
import Spreadsheets
import Statements
import TestSupport
import Testing

@testable import Workspace

/// Matrices of several shapes, each with the reading that was worked out by hand.
struct MatrixTests {
  private static let parties = MatrixParties(
    client: MatrixParties.Named("acme", ["Acme"]), providers: [MatrixParties.Named("onsite", ["Onsite Services"])])

  private func read(_ bytes: [UInt8], _ parties: MatrixParties = parties) throws -> MatrixReading {
    let finder = try MatrixFile.builtIn(["cmmc-level-2"])
    let sheet = try #require(try Workbook(bytes).sheets.first)
    return try MatrixReader.read(sheet, finder: finder, MatrixReader.Options(parties: parties))
  }

  private func read(_ text: String, _ parties: MatrixParties = parties) throws -> MatrixReading {
    try read(Array(text.utf8), parties)
  }

  /// Each line as `domains a,b: accountable; responsible`.
  private func told(_ reading: MatrixReading) -> [String] {
    reading.lines.map { line in
      let names =
        switch line.scope.target {
        case .domains(let names), .families(let names), .controls(let names): names
        }
      return
        "\(names.joined(separator: ",")): \(line.scope.accountable); \(line.scope.responsible.joined(separator: ","))"
    }
  }

  @Test func `a customer responsibility matrix keeps both texts, and leaves what is shared open`() throws {
    let reading = try read(try Fixtures.bytes("field/responsibility-matrix/matrix.csv"))
    #expect(
      told(reading) == [
        "nist-800-171-r2/3.10.1: acme; acme",
        "nist-800-171-r2/3.13.8,nist-800-171-r2/3.13.11,nist-800-171-r2/3.7.3: onsite; onsite",
      ])
    #expect(reading.open.map(\.place.description) == ["A3"])
    #expect(reading.notApplicable.map(\.place.description) == ["C6"])
    #expect(reading.notes.count == 4)
    #expect(reading.notes[1].client == "Approves who may use it" && reading.notes[1].provider == "Runs the gateway")
  }

  @Test func `a workbook with merged headings names persons of both sides, and two A's are left open`() throws {
    let reading = try read(try Fixtures.bytes("field/responsibility-matrix/raci.xlsx"))
    #expect(
      told(reading) == [
        "patch-management: onsite; onsite/help-desk", "security-logging: onsite; onsite/soc",
        "help-desk: acme; onsite/help-desk",
      ])
    #expect(reading.open.map(\.place.description) == ["A8"])
    #expect(reading.unread.map(\.place.description) == ["A10"])
    #expect(reading.contacts.map(\.id) == ["acme/cfo", "acme/it-manager", "onsite/help-desk", "onsite/soc"])
  }

  @Test(arguments: [
    ("Function,Acme,Onsite Services\nPatching,I,A/R\n", "patch-management: onsite; onsite"),
    ("Function;Client;MSP\nPatching;C;ar\n", "patch-management: onsite; onsite"),
    ("Function\tClient\tMSP\nPatching\tR, A\t\n", "patch-management: acme; acme"),
    ("Control,Client,Provider\n3.1.1,X,\n", "nist-800-171-r2/3.1.1: acme; acme"),
    ("Control,Accountable,Responsible\n3_1_1,MSP,Client\n", "nist-800-171-r2/3.1.1: onsite; acme"),
    (
      "Matrix,,\n\nControl ID,Responsibility\n3.1.1 - 3.1.2,Inherited\n",
      "nist-800-171-r2/3.1.1,nist-800-171-r2/3.1.2: onsite; onsite"
    ),
    ("Control,Objective,Responsibility\n3.1.1,[a],Customer\n", "nist-800-171-r2/3.1.1[a]: acme; acme"),
    ("Control,Owner\n3.9.1,Client\n3.9.2,Client\n", "nist-800-171-r2/3.9: acme; acme"),
    // RASCI: who supports does work.
    ("Function,Client,MSP\nPatching,A,S\n", "patch-management: acme; onsite"),
    // RAPID, by its own letters, and by its name where one of them is not used.
    ("Function,Client,MSP\nPatching,D,P\nPatching,R,\n", "patch-management: acme; onsite"),
    ("RAPID,,\nFunction,Client,MSP\nPatching,A,D\n", "patch-management: onsite; "),
    // DACI, as letters and as columns of names.
    ("Function,Client,MSP\nPatching,A,D\n", "patch-management: acme; onsite"),
    ("Function,Driver,Approver\nPatching,MSP,Client\n", "patch-management: acme; onsite"),
    // RACI-VS and RACIO: no part in the work.
    (
      "Function,Client,MSP\nPatching,V/S,A/R\nBackup,I,A/R\n",
      "patch-management: onsite; onsite|backup-recovery: onsite; onsite"
    ),
    ("Function,Client,MSP\nPatching,O,A/R\n", "patch-management: onsite; onsite"),
  ])
  func `one row, one line`(text: String, line: String) throws {
    #expect(told(try read(text)) == line.split(separator: "|").map { String($0) })
  }

  @Test func `a cell that is none of the four letters is told with its place, and its row left open`() throws {
    let reading = try read("Function,Client,MSP\nPatching,I,A/Q\nBackup,,A\n")
    #expect(reading.unread.map(\.place.description) == ["C2"])
    #expect(reading.open.map(\.place.description) == ["A2"])
    #expect(told(reading) == ["backup-recovery: onsite; "])
  }

  @Test func `a D among R and A is of no scheme, and told`() throws {
    let reading = try read("Function,Client,MSP\nPatching,D,A/R\nBackup,I,A/R\n")
    #expect(reading.unread.map(\.place.description) == ["B2"])
    #expect(!reading.remarks.contains { $0.contains("letters are read as") })
  }

  @Test func `a column of remarks is nobody's, also where people are expected`() throws {
    var parties = Self.parties
    parties.peopleOf = "acme"
    let reading = try read("Function,IT lead,MSP,Remarks\nPatching,I,A/R,see SoW 4.2\nBackup,A,R,who?\n", parties)
    #expect(told(reading) == ["patch-management: onsite; onsite", "backup-recovery: acme; onsite"])
    #expect(reading.contacts.map(\.id) == ["acme/it-lead"])
  }

  @Test func `an id of no framework here is told where words are read in its place`() throws {
    let reading = try read("Control ID,Function,Owner\n3.1.1,Accounts,Client\n3.03.01x,Patching,MSP\n")
    #expect(reading.remarks.contains { $0.contains("'3.03.01x' is no id of a framework here") })
  }

  @Test func `whom something is inherited from is told where one provider alone is known`() throws {
    let reading = try read("Control,Responsibility\n3.1.1,Inherited\n3.1.2,Onsite Services\n")
    #expect(reading.remarks.filter { $0.contains("the only provider") }.count == 1)
  }

  @Test func `'rapid' in a sentence is no scheme`() throws {
    let reading = try read("Function,Client,MSP\nRapid response to an incident response call,I,A/R\n")
    #expect(told(reading) == ["incident-response: onsite; onsite"])
  }

  @Test func `what stays with the client is not handed over`() throws {
    let reading = try read("Control,Responsibility\n3.12.4,Provider\n3.12.1,Provider\n")
    #expect(reading.open.map(\.place.description) == ["A2"])
    #expect(told(reading) == ["nist-800-171-r2/3.12.1: onsite; onsite"])
  }

  @Test func `the agreement reads as the same document again`() throws {
    for name in ["matrix.csv", "raci.xlsx"] {
      let reading = try read(try Fixtures.bytes("field/responsibility-matrix/\(name)"))
      let day = try #require(Day("2026-01-01"))
      let draft = MatrixDraft(reading, parties: Self.parties, MatrixDraft.Head(from: day, source: name))
      guard case .read(var document, _) = EngagementDocument.read(Array(draft.text.utf8)) else {
        Issue.record("it cannot be read")
        continue
      }
      for index in document.scope.indices { document.scope[index].line = 0 }
      #expect(document == draft.document)
    }
  }

  @Test func `a sheet without a matrix is refused`() {
    #expect(throws: (any Error).self) { try read("one,two\nthree,four\n") }
  }
}
