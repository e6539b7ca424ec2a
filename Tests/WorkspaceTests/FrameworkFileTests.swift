import Agreements
import Catalogs
import Findings
import Foundation
import Spreadsheets
import Statements
import Testing
import TestSupport

@testable import Workspace

@Suite("A framework in a file")
struct FrameworkFileTests {
  private let today = Instant("2026-11-27T00:00:00.000Z")?.day

  private func table(_ text: String) throws -> FrameworkTable {
    let sheet = try #require(try Workbook(Array(text.utf8)).sheets.first)
    return FrameworkTable(sheet, domains: ["governance", "backup-recovery"])
  }

  @Test(
    "headings as people write them",
    arguments: [
      "id,title,domain\n1.10,Plan,governance\n", "Control ID;Name;Domain\n1.10;Plan;governance\n",
      "Domain\tNo.\tControl_Title\ngovernance\t1.10\tPlan\n",
      "title,House rules\n,\nID,Title,IT function\n1.10,Plan,governance\n",
    ])
  func headings(_ text: String) throws {
    let table = try table(text)
    #expect(table.faults == [])
    #expect(table.form.controls.map(\.id) == ["1.10"])
    #expect(table.form.controls.map(\.title) == ["Plan"])
    #expect(table.form.controls.map(\.domain) == ["governance"])
  }

  @Test(
    "what cannot stand is told with its row",
    arguments: [
      ("id,name\n,Plan,\n", "row 2 was left out"),
      ("id,title,domain\n,Plan,governance\n", "row 2: the control has no id"),
      ("id,title\na,A\na,B\n", "row 3: the id 'a' is in row 2 too"),
      ("id,title\na,\n", "row 2: the control 'a' has no title"),
      ("id,title,retained\na,A,yes\n", "row 2: what stays with the client needs its source"),
      ("id,title,every\na,A,now and then\n", "row 2: 'now and then' is no cadence"),
      ("name,words\na,A\n", "no row has the headings 'id' and 'title'"),
      ("id,title\n", "no control below the headings"),
    ])
  func faults(_ text: String, _ message: String) throws {
    let table = try table(text)
    #expect((table.faults + table.remarks).contains { $0.contains(message) }, "\(table.faults) \(table.remarks)")
  }

  @Test(
    "what is a catalog in another form is told as that, whatever its name says",
    arguments: [
      ("x.yaml", Array("# ours\n---\ncatalog:\n  uuid: x\n".utf8), "OSCAL in YAML"),
      ("x.yml", Array("profile:\n  uuid: x\n".utf8), "OSCAL in YAML"),
      ("x.yaml", Array("\"catalog\":\n  uuid: x\n".utf8), "OSCAL in YAML"),
      ("x.json", [0xff, 0xfe] + "{\"catalog\": {}}".utf16.flatMap { [UInt8($0), 0] }, "JSON in UTF-16"),
      ("x.csv", [0xfe, 0xff] + "{\"catalog\": {}}".utf16.flatMap { [0, UInt8($0)] }, "JSON in UTF-16"),
      ("x.zip", Array("PK\u{3}\u{4}\u{14}catalog.json{}".utf8), "zip archive with JSON"),
    ] as [(String, [UInt8], String)])
  func otherForms(_ name: String, _ bytes: [UInt8], _ message: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent(name)
    try Data(bytes).write(to: path)
    let read = try FrameworkFile(path.path).catalog(
      FrameworkFile.Details(), adopted: nil, today: try #require(today))
    #expect(!read.isForm)
    do throws(CatalogError) {
      _ = try Catalog(parsing: read.bytes, framework: "x")
      Issue.record("it was read")
    } catch {
      #expect(error.message.contains(message), "\(error.message)")
    }
  }

  @Test("the examples become OSCAL that is as it was, and the same again on another day")
  func examples() throws {
    let folder = URL(fileURLWithPath: Fixtures.path("frameworks"))
    for (name, controls) in [("23-nycrr-500.csv", 21), ("sec-reg-s-p.yaml", 9)] {
      let file = try FrameworkFile(folder.appendingPathComponent(name).path)
      let read = try file.catalog(FrameworkFile.Details(), adopted: nil, today: try #require(today))
      #expect(try Catalog(parsing: read.bytes, framework: "example").controls.count == controls)
      let golden = folder.appendingPathComponent(name.split(separator: ".")[0] + ".json")
      if ProcessInfo.processInfo.environment["RECORD"] == "1" { try Data(read.bytes).write(to: golden) }
      #expect(try read.bytes == Array(Data(contentsOf: golden)))
    }
  }

  @Test("a form that says no day gives the adopted bytes again, unless something else of it changed")
  func again() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("rules.csv").path
    var details = FrameworkFile.Details()
    details.title = "Rules"
    try Data("id,title\n1.1,Plan\n".utf8).write(to: URL(fileURLWithPath: path))
    let first = try FrameworkFile(path).catalog(details, adopted: nil, today: try #require(today))
    let later = try #require(Day("2027-01-01"))
    #expect(try FrameworkFile(path).catalog(details, adopted: first.bytes, today: later).bytes == first.bytes)
    try Data("id,title\n1.1,Another plan\n".utf8).write(to: URL(fileURLWithPath: path))
    #expect(try FrameworkFile(path).catalog(details, adopted: first.bytes, today: later).bytes != first.bytes)
    details.title = nil
    #expect(throws: Failure.self) { try FrameworkFile(path).catalog(details, adopted: nil, today: later) }
  }
}
