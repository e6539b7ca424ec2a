import Rendering
import Foundation
import Testing

struct RenderingTests {
  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"no\"", "\"say \"\"no\"\"\""), ("=1+1", "'=1+1"), ("+1", "'+1"),
    ("-1", "-1"), ("-A1", "'-A1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "\"'\t=1\""), ("\r=1", "\"'\r=1\""),
    ("a\nb", "\"a\nb\""),
    ("\u{ff1d}1", "'\u{ff1d}1"), ("x\u{1b}[2Jy", "x\\u{1b}[2Jy"), ("a;=1", "\"a;=1\""), ("", ""),
    ("\u{202e}=1", "\\u{202e}=1"),
  ])
  func `a cell is text and nothing else`(_ value: String, _ written: String) {
    #expect(CSVOutput.cell(value) == written)
  }

  @Test func `every row has as many cells as there are columns`() {
    var output = CSVOutput(columns: ["a", "b"])
    output.add(["1"])
    output.add(["1", "2", "3"])
    #expect(output.text == "a,b\n1,\n1,2\n")
  }

  @Test func `JSON keeps the order of its members and survives a reader`() throws {
    let json: JSONOutput = [
      "z": 1, "a": [true, nil, "q\"\\\n\u{7}\u{202e}\u{1F600}"], "empty": [:], "none": [],
    ]
    let text = json.pretty
    #expect(text.hasPrefix("{\n  \"z\": 1,\n  \"a\": [\n    true,"))
    let read = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect((read["a"] as? [Any])?.last as? String == "q\"\\\n\u{7}\u{202e}\u{1F600}")
    #expect(json.compact.hasPrefix("{\"z\":1,\"a\":[true,null,"))
  }

  @Test func `a shell reads a control's name as it is`() {
    #expect(ShellWord.quoted("plant/A.1") == "plant/A.1")
    #expect(ShellWord.quoted("plant/A.1[a]") == "'plant/A.1[a]'")
    #expect(ShellWord.quoted("164.308(a)(1)") == "'164.308(a)(1)'")
    #expect(ShellWord.quoted("o'clock") == "'o'\\''clock'")
    #expect(ShellWord.quoted("") == "''")
  }

  @Test func `a long command goes on in the next line as a shell expects`() {
    let command = "custody submit --control nist-800-171-r2/3.1.1 --as onsite/jane FILE"
    let lines = TextWrapping.command(command, width: 40)
    #expect(lines.allSatisfy { $0.count <= 40 })
    #expect(lines.joined(separator: "\n").replacingOccurrences(of: " \\\n ", with: "") == command)
  }

  @Test func `tables keep to the width even with words that are longer`() {
    var table = TextTable(["one", "two", .init("three", isRightAligned: true)])
    table.add([String(repeating: "x", count: 300), "漢字漢字漢字漢字漢字漢字 " + String(repeating: "é", count: 90), "1"])
    table.addHeading(String(repeating: "word ", count: 40))
    for width in [30, 50, 100] {
      for line in table.lines(width: width) { #expect(DisplayWidth.of(line) <= width, "\(line)") }
    }
  }
}
