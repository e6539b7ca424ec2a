import Foundation
import TestSupport
import Testing

/// What whoever appends sends back, and what is told far from any store or framework.
struct ReceiptTests {
  @Test func `of offers that went in, now or before, a receipt is written`() throws {
    let place = try SampleHouse.copy()
    let first = try place.shell("custody append accept.offer --receipt first.zip --format json")
    #expect(first.status == 0 && first.object["receipt"] as? String == "first.zip", "\(first.talk)")
    let entry = try #require((first.object["entries"] as? [Int])?.first)
    let again = try place.shell("custody append accept.offer --receipt again.zip")
    #expect(again.status == 1)
    for file in ["first.zip", "again.zip"] {
      let checked = try place.shell("custody check-proof \(file) --format json")
      let proven = (checked.object["entries"] as? [[String: Any]] ?? []).filter { $0["role"] as? String == "proven" }
      #expect(checked.status == 0 && proven.map { $0["entry"] as? Int } == [entry], "\(checked.output)\(checked.talk)")
    }
  }

  @Test func `there is no receipt for what did not go in`() throws {
    let place = try SampleHouse.copy()
    #expect(try place.shell("custody append accept.offer --receipt r.zip --dry-run").status == 64)
    try place.prepare(("acme/bo", "custody submit february.txt --control house/1.1 --offer own.offer"))
    let none = try place.shell("custody append --receipt r.zip")
    #expect(none.status == 0 && none.talk.contains("no receipt was written"), "\(none.talk)")
    #expect(!FileManager.default.fileExists(atPath: "\(place.desk)/r.zip"))
  }

  @Test func `far from any store a witness is shown its verifier key`() throws {
    let place = try SampleHouse.copy()
    let key = try place.shell("cat one.vkey").output.split(separator: "\n").first.map(String.init)
    let away = "cd / && env -u CUSTODY_STORE -u CUSTODY_AS custody key show witness.example/one"
    let shown = try place.shell(away)
    #expect(shown.status == 0 && shown.output.contains("verifier key \(key ?? "?")\n"), "\(shown.output)\(shown.talk)")
    let json = try place.shell("\(away) --format json").json as? [[String: Any]]
    #expect(
      json?.first?["verifierKey"] as? String == key && json?.first?["keyName"] as? String == "witness.example/one")
  }

  @Test func `a control of a framework that is not adopted is told as one`() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell("custody prove 3.1.1 --output 3.1.1.zip")
    #expect(ended.status == 64 && ended.talk.contains("no framework that is adopted today has a control '3.1.1'"))
    #expect(
      ended.talk.contains("custody framework adopt ") && ended.talk.contains("'nist-800-171-r2'"), "\(ended.talk)")
    // What is nothing at all is told as before.
    #expect(try place.shell("custody prove elephant --output x.zip").talk.contains("neither an entry's number"))
  }
}
