import Findings
import Testing

struct FindingRowTests {
  @Test(arguments: FindingCode.allCases)
  func `every kind says what it means and what to do`(_ code: FindingCode) {
    #expect(!code.meaning.isEmpty)
    #expect(!code.row.remedy.isEmpty)
    for text in [code.meaning, code.row.remedy] {
      #expect(text.last != "." && text.first?.isUppercase == false, "\(text)")
    }
  }

  @Test func `only an error about the store makes it unsound`() {
    for code in FindingCode.allCases where code.isIntegrityError {
      #expect(code.severity == .error)
      #expect(code.row.group == .store)
    }
    // Errors of status 3: the store is sound, and somebody has to act.
    #expect(!FindingCode.statementUnknown.isIntegrityError)
    #expect(!FindingCode.clockAhead.isIntegrityError)
  }

  @Test func `codes are what machines have read since the first release`() {
    #expect(FindingCode(rawValue: "sla-outside-scope") == .levelOutsideScope)
    #expect(Set(FindingCode.allCases.map(\.rawValue)).count == FindingCode.allCases.count)
  }
}
