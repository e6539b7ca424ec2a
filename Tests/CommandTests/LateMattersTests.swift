import Foundation
import TestSupport
import Testing

/// What is late and stands in no agreement: items of a plan of action, and auditors' requests.
struct LateMattersTests {
  /// A client that answers for all itself, and in whose store nothing is late.
  private static func house() throws -> Workplace {
    let place = try Workplace()
    try FileManager.default.copyItem(
      atPath: Fixtures.path("catalogs/three-controls.json"), toPath: "\(place.desk)/three-controls.json")
    let agreement = """
      id: house
      model: in-house
      client: acme
      term: { from: 2026-01-01, through: 2099-12-31 }
      frameworks: [house]
      scope:
        - { controls: [house/1.1, house/1.2, house/2.1], accountable: acme, responsible: [acme/bo] }

      """
    try place.folder.write(Array(agreement.utf8), to: "desk/agreement.yaml")
    try place.folder.write(Array("rota\n".utf8), to: "desk/rota.txt")
    try place.prepare(
      ("acme/bo", "custody init acme --organization 'Acme Manufacturing' --effective 2026-01-01"),
      ("acme/bo", "custody framework import three-controls.json --id house --effective 2026-01-01"),
      ("acme/bo", "custody engagement apply agreement.yaml --yes"))
    return place
  }

  private func list(_ place: Workplace, _ rows: String) throws {
    try place.folder.write(Array("No,Request,Control,Due,Owner\n\(rows)".utf8), to: "desk/asked.csv")
    try place.prepare(("acme/bo", "custody requests import asked.csv"))
  }

  private func late(_ place: Workplace, _ key: String) throws -> [[String: Any]] {
    let ended = try place.shell("custody status --format json")
    #expect(ended.status == 0, "\(ended.talk)")
    return ended.object[key] as? [[String: Any]] ?? []
  }

  private func gaps(_ place: Workplace) throws -> String { try place.shell("custody report gaps --format csv").output }

  @Test func `an item of a plan of action is late the day after its day, and not before`() throws {
    let place = try Self.house()
    #expect(try place.shell("custody status --fail-on overdue").status == 0)
    try place.prepare(("acme/bo", "custody assess house/1.1 --status planned --owner acme/bo --due 2099-12-31"))
    #expect(try late(place, "lateActions").isEmpty && !gaps(place).contains("action-late"))
    #expect(try place.shell("custody status --fail-on overdue").status == 0)

    try place.prepare(
      ("acme/bo", "sleep 0.01; custody assess house/1.1 --status planned --owner acme/bo --due 2026-01-31"))
    let items = try late(place, "lateActions")
    #expect(
      items.map { $0["item"] as? String } == ["house/1.1"] && items.map { $0["due"] as? String } == ["2026-01-31"])
    #expect(items.map { $0["act"] as? String } == ["custody poam"])
    let text = try place.shell("custody status").output
    #expect(text.contains("1 item late ('custody poam'): house/1.1, due 2026-01-31, acme/bo"), "\(text)")
    #expect(try gaps(place).contains("action-late"))
    #expect(try place.shell("custody status --fail-on overdue").status == 3)
    #expect(try place.shell("custody status --fail-on due").status == 3)
    #expect(try place.shell("custody status --fail-on error").status == 0)
    // A late item makes no store unsound.
    #expect(try place.shell("custody verify").status == 0)

    try place.prepare(("acme/bo", "sleep 0.01; custody assess house/1.1 --status met"))
    #expect(try late(place, "lateActions").isEmpty && place.shell("custody status --fail-on overdue").status == 0)
  }

  @Test func `a request is overdue the day after its day, until it is answered`() throws {
    let place = try Self.house()
    try list(place, "PBC-1,Doors,2.1,2099-12-31,Kim\n")
    #expect(try late(place, "overdueRequests").isEmpty && !gaps(place).contains("request-overdue"))
    #expect(try place.shell("custody status --fail-on overdue").status == 0)

    try list(place, "PBC-1,Doors,2.1,2026-01-31,Kim\nPBC-2,Keys,1.2,2099-12-31,\n")
    let requests = try late(place, "overdueRequests")
    #expect(
      requests.map { $0["request"] as? String } == ["PBC-1"] && requests.map { $0["owner"] as? String } == ["Kim"])
    #expect(requests.map { $0["list"] as? String } == ["asked.csv"])
    let text = try place.shell("custody status").output
    #expect(
      text.contains("1 overdue ('custody requests list --open'): PBC-1, due 2026-01-31, Kim"), "\(text)")
    #expect(try gaps(place).contains("request-overdue"))
    #expect(try place.shell("custody status --fail-on overdue").status == 3)
    #expect(try place.shell("custody agenda operations --format json").output.contains("\"request\": \"PBC-1\""))

    try place.prepare(("acme/bo", "custody submit rota.txt --control 2.1"))
    #expect(try late(place, "overdueRequests").isEmpty && !gaps(place).contains("request-overdue"))
    #expect(try place.shell("custody status --fail-on overdue").status == 0)
    #expect(try place.shell("custody agenda operations --format json").output.contains("\"requests\": []"))
  }

  @Test func `a report as of a day knows what was late then, by what the log said by then`() throws {
    let place = try Self.house()
    try list(place, "PBC-1,Doors,2.1,2026-01-31,Kim\n")
    #expect(try gaps(place).contains("request-overdue"))
    // The list came in today.
    #expect(try !place.shell("custody report gaps --as-of 2026-02-10 --format csv").output.contains("request-overdue"))
    let size = try place.shell("custody log --all").output.split(separator: "\n").count
    try place.prepare(("acme/bo", "custody submit rota.txt --control 2.1"))
    #expect(try !gaps(place).contains("request-overdue"))
    let known = try place.shell("custody report gaps --known-at \(size) --format csv").output
    #expect(known.contains("request-overdue"), "\(known)")
  }

  @Test func `ownership shows what was assessed where something was, and no column where nothing was`() throws {
    let place = try Self.house()
    func page() throws -> String { try place.shell("custody report ownership --full").output }
    #expect(try !page().contains("assessed"))
    try place.prepare(("acme/bo", "custody assess house/1.2 --status not-met"))
    let lines = try page().split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix("control") && $0.contains("ok") && $0.contains("assessed") })
    #expect(lines.contains { $0.hasPrefix("1.2") && $0.contains("not-met") })
    #expect(lines.contains { $0.hasPrefix("1.1") && $0.contains("none") })
    // The functions that are adopted beside it were not assessed.
    #expect(lines.filter { $0.hasPrefix("control ") && $0.contains("assessed") }.count == 1)
  }
}
