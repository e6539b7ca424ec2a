import Crypto
import Findings
import Rendering
import Reports
import Statements
import TestSupport
import Testing
import Verification

struct VerificationPageTests {
  private func page(_ change: (LogBuilder) throws -> Void = { _ in }) throws -> VerificationPage {
    let log = LogBuilder()
    try log.found()
    try log.adopt()
    try change(log)
    try log.seal()
    let day = try #require(Day("2026-11-24"))
    return VerificationPage(try Verifier(log.store, options: VerificationOptions(asOf: day)).verify())
  }

  @Test func `six questions have a line each, and the verdict comes after them`() throws {
    let lines = try page().text().split(separator: "\n").map(String.init)
    for name in ["chain", "tree", "statements", "objects", "history"] {
      #expect(lines.contains { $0.hasPrefix("\(name) ") && $0.contains(" ok  ") }, "\(name)")
    }
    #expect(lines.contains { $0.hasPrefix("ownership   NO  ") })
    #expect(lines.contains("the store is sound"))
  }

  @Test func `findings on units stand together, with how many there are`() throws {
    let text = try page().text()
    #expect(text.contains("error unowned:  5 of them: demo/1.1[a], demo/1.1[b], demo/1.2, demo/2.1, demo/2.2"))
    for line in text.split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= 100, "\(line)") }
  }

  @Test func `a machine and a spreadsheet get every finding`() throws {
    let page = try page()
    let object = try parsed(page.json())
    let findings = try #require(object["findings"] as? [[String: Any]])
    #expect(findings.count == page.records?.rows.count)
    #expect(object["sound"] as? Bool == true)
    #expect(Set(findings.compactMap { $0["code"] as? String }).contains("unowned"))
  }

  @Test func `colours stand around lines, never within what comes from a store`() throws {
    let page = try page()
    let coloured = try #require(try page.rendered(as: .text, usesColour: true))
    #expect(coloured.contains("\u{1b}[32mthe store is sound\u{1b}[0m"))
    #expect(try page.text().unicodeScalars.allSatisfy { $0 != "\u{1b}" })
  }
}
