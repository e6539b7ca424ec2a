import Catalogs
import Foundation
import Testing

@Suite struct ControlIDTests {
  @Test(arguments: [
    "nist-800-171-r2/3.1.1", "hipaa-security/164.308(a)(1)(ii)(A)", "a/3.1.1[a]", "0/_", "cmmc-level-1/AC.L1-B.1.IX",
    "a/Prüfung", "abcdefghijklmnopqrstuvwxyz012345/x",
  ])
  func `what is written as framework and id is read and written back`(text: String) throws {
    let id = try #require(ControlID(parsing: text))
    #expect(id.description == text)
    let coded = try JSONDecoder().decode([ControlID].self, from: JSONEncoder().encode([id]))
    #expect(coded == [id])
  }

  @Test(arguments: [
    "", "/", "3.1.1", "a/", "/1", "A/1", "-a/1", "a-/1", "a b/1", "a/1 2", "a/1/2", "a/1\n", "a/1\t", "a/\u{202E}1",
    "abcdefghijklmnopqrstuvwxyz0123456/x", "ä/1", "a/e\u{301}", "a/1,2", "a/§1",
  ])
  func `what could be read otherwise is no identifier`(text: String) {
    #expect(ControlID(parsing: text) == nil)
  }

  @Test func `identifiers are compared by their bytes`() throws {
    // The sign for angstrom is canonically the letter A with a ring, but other bytes.
    let sign = try #require(ControlID(parsing: "a/\u{212B}"))
    let letter = try #require(ControlID(parsing: "a/\u{C5}"))
    #expect("\u{212B}" == "\u{C5}")
    #expect(sign != letter)
    #expect(Set([sign, letter]).count == 2)
    #expect(letter < sign)
  }

  @Test func `identifiers are in the order of the bytes that are written`() throws {
    let texts = ["a-b/1", "a/1", "a/10", "a/2", "a/B", "a/a", "a0/1", "b/1"]
    let ids = try texts.map { try #require(ControlID(parsing: $0)) }
    #expect(ids.shuffled().sorted().map(\.description) == texts)
    for left in ids {
      for right in ids {
        let inBytes = left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
        #expect((left < right) == inBytes)
      }
    }
  }

  @Test func `cadences grow from a day to three years, and an event comes last`() {
    let names = ["day", "week", "month", "quarter", "half-year", "year", "two-years", "three-years", "event"]
    #expect(Cadence.allCases.map(\.rawValue) == names)
    #expect(Cadence.allCases.shuffled().sorted() == Cadence.allCases)
  }
}
