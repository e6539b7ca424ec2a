import Foundation
import TestSupport
import Testing

/// A store that goes on from one whose keys are lost says so wherever it is looked at.
struct SuccessorTests {
  private func place() throws -> Workplace {
    let place = try SampleHouse.copy()
    try place.prepare(
      (
        "acme/bo",
        "custody checkpoint --output old.txt; "
          + "custody init next --organization 'Acme Manufacturing' --effective 2026-01-01 --successor-of acme --yes"
      ))
    return place
  }

  @Test func `verify and status say which log it succeeds`() throws {
    let place = try place()
    let lines = try place.shell("head -n 3 old.txt").output.split(separator: "\n").map(String.init)
    let verified = try place.shell("custody verify next --fail-on never --format json")
    let told = try #require(verified.object["succeeds"] as? [String: Any], "\(verified.output)\(verified.talk)")
    #expect(told["origin"] as? String == lines[0] && told["size"] as? Int == Int(lines[1]))
    let status = try place.shell("custody status --store next --format json")
    #expect((status.object["succeeds"] as? [String: Any])?["root"] as? String == told["root"] as? String)
    let sentence =
      "This store says that it succeeds \(lines[0]) at size \(lines[1]), root \(told["root"] as? String ?? "?")"
    for line in ["custody verify next --fail-on never", "custody status --store next"] {
      #expect(try place.shell(line).flowing.contains(sentence), "\(line)")
    }
    #expect(try place.shell("custody verify --fail-on never --format json").object["succeeds"] == nil)
  }

  @Test func `nothing goes on unasked from a store in which somebody can act, nor from one that is not sound`() throws {
    let place = try SampleHouse.copy()
    let line = "custody init next --organization 'Acme Manufacturing' --effective 2026-01-01 --successor-of"
    let live = try place.shell("\(line) acme")
    #expect(live.status == 64 && live.talk.contains("acme/bo signs with the key"), "\(live.talk)")
    #expect(live.talk.contains("which you hold") && live.talk.contains("give '--yes'"), "\(live.talk)")
    let damaged = try place.shell(
      "cp -r acme bad; rm $(find bad/object -type f | sort | head -n 1); \(line) bad --yes")
    #expect(
      damaged.status == 1 && damaged.talk.contains("is not sound, and nothing goes on from it"), "\(damaged.talk)")
    #expect(try place.shell("test -e next").status != 0)
    // One in which nobody can act is gone on from without a question.
    try place.prepare(("acme/bo", "custody key revoke acme/bo --reason lost --yes"))
    let dead = try place.shell("\(line) acme")
    #expect(dead.status == 0, "\(dead.talk)")
  }

  @Test func `a checkpoint of the old log is held against what the new one says, and is no fork`() throws {
    let place = try place()
    let same = try place.shell("custody verify next --trust old.txt --fail-on never")
    #expect(same.status == 0 && same.flowing.contains("the checkpoint 'old.txt' is of that very tree"), "\(same.talk)")
    try place.prepare(
      ("acme/bo", "custody submit february.txt --control house/1.1; custody checkpoint --output newer.txt"),
      ("acme/bo", "head -n 3 old.txt | sed '3s/.*/'\"$(sed -n 3p newer.txt | sed 's:[/&]:\\\\&:g')\"'/' > other.txt"))
    for (file, told) in [("newer.txt", "which this store succeeds at size"), ("other.txt", "is of another tree of")] {
      let ended = try place.shell("custody verify next --trust \(file) --fail-on never --format json")
      #expect(ended.status == 3 && ended.object["sound"] as? Bool == true, "\(file): \(ended.output)\(ended.talk)")
      let findings = (ended.object["findings"] as? [[String: Any]] ?? []).filter {
        $0["code"] as? String == "witness-unknown"
      }
      #expect(findings.count == 1 && (findings.first?["message"] as? String)?.contains(told) == true, "\(file)")
    }
    // The old store knows nothing of a log that comes after it.
    #expect(try place.shell("custody verify acme --trust next/checkpoint").status == 65)
  }
}
