import Testing

@testable import Spreadsheets

struct CSVRecordsTests {
  private func read(_ text: String) -> [[String]] { CSVRecords(Array(text.utf8)).records.map(\.fields) }

  @Test func `quotes hold commas, quotes and line breaks`() {
    #expect(read("a,\"b,c\",\"d\"\"e\",\"f\ng\"\r\nh,,i,\n") == [["a", "b,c", "d\"e", "f\ng"], ["h", "", "i", ""]])
    #expect(read("a") == [["a"]])
    #expect(read("a,") == [["a", ""]])
    #expect(read("\"\"\n") == [[""]])
    #expect(read("\n\r\na\n") == [["a"]])
    #expect(read("") == [])
    #expect(CSVRecords(Array("a\n\"b\nc\"\nd".utf8)).records.map(\.line) == [1, 2, 4])
  }

  @Test func `a fault names its line, once`() {
    #expect(CSVRecords(Array("a\nb\"c\"\nd".utf8)).faults.map(\.line) == [2])
    #expect(CSVRecords(Array("a\n\"b".utf8)).faults.map(\.line) == [2])
    #expect(CSVRecords([0x61, 0x0a, 0xff, 0x0a]).faults.map(\.line) == [2])
  }

  @Test func `no bytes make it fail otherwise`() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("a,\"\n\r;".utf8) + [0xff]
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0..<30, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      let read = CSVRecords(bytes)
      #expect(read.records.allSatisfy { !$0.fields.isEmpty })
    }
  }
}
