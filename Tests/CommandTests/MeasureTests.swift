import TestSupport
import Testing

/// Values of service levels go in by hand or from a system's rows.
struct MeasureTests {
  private func measure(_ words: String, in place: Workplace, as person: String = "onsite/jane") throws
    -> Workplace.Ended
  {
    try place.shell("custody measure \(words)", as: person)
  }

  private func value(_ words: String, in place: Workplace) throws -> String {
    let ended = try measure("\(words) --format json", in: place)
    try #require(ended.status == 0, "\(ended.talk)")
    let object = ended.object
    return "\(object["value"] ?? "") \(object["count"] ?? "") \(object["open"] ?? "") \(object["met"] ?? "")"
  }

  @Test func `a value by hand is recorded, and said to be met or missed`() throws {
    let place = try PromiseHouse.copy()
    let met = try measure("acme-onsite/uptime --period 2026-02 --value 99.90 --count 3", in: place)
    #expect(
      met.output == "acme-onsite/uptime, 2026-02-01 through 2026-02-28: 99.9 % of 3; promised >= 99.9: met: entry 8\n")
    let missed = try measure("uptime --period 2026-03 --value 99.89", in: place)
    #expect(missed.output.contains("promised >= 99.9: missed: entry 9"))
    let again = try measure("uptime --period 2026-03 --value 99.95", in: place)
    #expect(again.talk.contains("entry 9 says 99.89 for the same period; the newer counts, and both stay"))
    let report = try place.shell(
      "custody report levels --period 2026-q1 --format csv --quiet | cut -d, -f 4,10,13,15-17")
    #expect(report.output.contains("uptime,2026-02,99.9,met,8,onsite/jane"), "\(report.output)")
    #expect(report.output.contains("uptime,2026-03,99.95,met,10,onsite/jane"))
    #expect(report.output.contains("uptime,2026-01,,unmeasured,,"))
  }

  @Test(arguments: [
    ("uptime --period 2026-q1 --value 1", "'--period 2026-01', '--period 2026-02' or '--period 2026-03'", 64),
    ("patching --period 2026-02 --value 1", "write '--period 2026-q1'", 64),
    ("uptime --period 2025-12 --value 1", "does not hold on 2025-12-31", 64),
    ("uptime --period 2098-01 --value 1", "has not ended", 64),
    ("uptime --value 1", "the newest that has ended is", 64),
    ("uptime --period soon --value 1", "'soon' is not a period", 64),
    ("uptme --period 2026-01 --value 1", "no agreement has a service level 'uptme'", 66),
    ("uptime --period 2026-01 --value 99.9%", "without its unit", 64),
    ("uptime --period 2026-01", "there is nothing to record", 64),
    ("uptime --period 2026-01 --rows x.csv", "--rows needs --compute", 64),
    ("uptime --period 2026-01 --value 1 --column x", "--compute is missing", 64),
    ("reviews --period 2026-q1 --value 1", "is promised by 'acme'", 77),
  ])
  func `what cannot be meant is refused, with what can`(words: String, told: String, status: Int32) throws {
    let place = try PromiseHouse.copy()
    let ended = try measure(words, in: place)
    #expect(ended.talk.contains(told), "\(ended.talk)")
    #expect(ended.status == status)
  }

  // February 2026 has 40,320 minutes. 00:00 to 00:20 and 00:10 to 00:40.32 are 40.32 of them: a thousandth.
  @Test func `uptime is computed from outages, and the rows are kept as evidence`() throws {
    let place = try PromiseHouse.copy()
    try place.write(
      "id;Start;End\n1;2026-01-31T23:00:00Z;2026-02-01T00:20:00Z\n2;2026-02-01T01:10:00+01:00;2026-02-01 00:40:19.200\n",
      to: "outages.csv")
    let words = "uptime --period 2026-02 --rows outages.csv --compute uptime --source monitoring"
    let ended = try measure(words, in: place)
    #expect(
      ended.flowing
        == "acme-onsite/uptime, 2026-02-01 through 2026-02-28: 99.9 %, from 2 rows, uptime without the "
        + "time from 'Start' to 'End'; promised >= 99.9: met: entries 8 to 9",
      "\(ended.talk)")
    let evidence = try place.predicate(ofEntry: 8)
    #expect(evidence["controls"] as? [String] == ["it-functions/network-monitoring"])
    #expect(evidence["label"] as? String == "acme-onsite/uptime" && evidence["source"] as? String == "monitoring")
    #expect(evidence["from"] as? String == "2026-02-01" && evidence["count"] as? Int == 2)
    #expect(try place.shell("custody cat $(sha256sum < outages.csv | cut -c 1-64) | cmp - outages.csv").status == 0)
    let report = try place.shell("custody report levels --period 2026-02 --quiet")
    #expect(report.output.contains("rows of entry 8"), "\(report.output)")
    #expect(evidence["query"] as? String == "uptime without the time from 'Start' to 'End'")
    // A value that is said by hand afterwards does not rest on them.
    _ = try measure("uptime --period 2026-02 --value 100", in: place)
    let again = try place.shell("custody report levels --period 2026-02 --quiet")
    #expect(again.output.contains("asserted") && !again.output.contains("rows of entry"), "\(again.output)")
    #expect(try place.shell("custody verify --fail-on never --quiet").output.contains("the store is sound"))
  }

  // Tickets of February: 1 hour; 3 hours; one opened on the 28th at 18:00 and answered in March: 6 hours up to the end;
  // one never answered, from 22:00: 2 hours. The mean is 12 / 4.
  @Test func `response times are computed from tickets, those that are open among them`() throws {
    let place = try PromiseHouse.copy()
    let tickets = """
      {"total": 4, "issues": [
        {"key": "A", "fields": {"created": "2026-02-02T10:00:00.000+0000", "answered": "2026-02-02T11:00:00Z"}},
        {"key": "B", "fields": {"created": "2026-02-03T10:00:00Z", "answered": "2026-02-03T13:00:00Z"}},
        {"key": "C", "fields": {"created": "2026-02-28T18:00:00Z", "answered": "2026-03-02T09:00:00Z"}},
        {"key": "D", "fields": {"created": "2026-02-28T22:00:00Z", "answered": null}}
      ]}
      """
    try place.write(tickets, to: "tickets.json")
    let words = "response --period 2026-02 --rows tickets.json --end fields.answered --dry-run"
    #expect(try value("\(words) --compute mean", in: place) == "3 4 2 1")
    #expect(try value("\(words) --compute percentile:50", in: place) == "2 4 2 1")
    #expect(try value("\(words) --compute percentile:95", in: place) == "6 4 2 0")
    let said = try measure("\(words) --compute mean", in: place)
    #expect(
      said.flowing.contains("3 hours, from 4 rows, 2 of them still open at its end, mean of the time"), "\(said.talk)")
  }

  // 19 of 20 are 95 per cent; the row of April lies in another quarter.
  @Test func `a share is counted in the rows of the period`() throws {
    let place = try PromiseHouse.copy()
    let rows = (1...20).map { "host\($0),2026-03-\($0 < 10 ? "0" : "")\($0),\($0 == 7 ? "no" : "yes"),\($0)" }
    try place.write(
      (["host,date,patched,days"] + rows + ["host21,2026-04-01,no,99"]).joined(separator: "\n"), to: "hosts.csv")
    let words = "patching --period 2026-q1 --rows hosts.csv --compute share --dry-run"
    #expect(try value("\(words) --column patched", in: place) == "95 20 0 1")
    #expect(try value("\(words) --column days --within 10", in: place) == "50 20 0 0")
    #expect(try value("\(words) --column days --at-least 2", in: place) == "95 20 0 1")
    // 75 per cent are no 75 hours.
    let hours = "response --period 2026-03 --rows hosts.csv --compute share --column patched --dry-run"
    let refused = try measure(hours, in: place)
    #expect(refused.status == 64 && refused.talk.contains("a share is a percentage"), "\(refused.talk)")
  }

  @Test func `rows that cannot be read are told by line, all at once, and nothing goes in`() throws {
    let place = try PromiseHouse.copy()
    try place.write(
      "start,end\nyesterday,2026-02-01T00:20:00Z\n2026-02-02T00:00:00Z,2026-02-01T00:00:00Z\n,2026-02-01\n",
      to: "outages.csv")
    let ended = try measure("uptime --period 2026-02 --rows outages.csv --compute uptime", in: place)
    #expect(ended.status == 65)
    for told in [
      "line 2: start: 'yesterday' is not an instant", "line 3: it ends at 2026-02-01T00:00:00.000Z, before it begins",
      "line 4: 'start' is empty",
    ] {
      #expect(ended.talk.contains(told), "\(ended.talk)")
    }
    try place.write("a,b\n1,2\n", to: "other.csv")
    let other = try measure("uptime --period 2026-02 --rows other.csv --compute uptime", in: place)
    #expect(other.talk.contains("give --start COLUMN") && other.status == 64, "\(other.talk)")
    #expect(try place.shell("custody log --format json").output.contains("\"measurement\"") == false)
  }

  @Test func `gaps and status name what nobody measured, and what would close it`() throws {
    let place = try PromiseHouse.copy()
    let gaps = try place.shell("custody report gaps --quiet")
    #expect(gaps.output.contains("sla-unmeasured"), "\(gaps.output)")
    #expect(
      gaps.output.contains("custody measure acme-onsite/uptime --period 2026-01 --value VALUE --as onsite/jane"))
    #expect(try place.shell("custody status").output.contains("sla-unmeasured"))
    // What is proposed can be typed, by whoever's home it is.
    let typed = try place.shell(
      "custody measure acme-onsite/uptime --period 2026-01 --value 99.95 --as onsite/jane", as: "onsite/jane")
    #expect(typed.status == 0, "\(typed.talk)")
  }

  @Test func `without the store a value can be signed, and rows cannot be measured`() throws {
    let place = try PromiseHouse.copy()
    let far = "--checkpoint acme/checkpoint --offer far.offer"
    let signed = try measure("acme-onsite/uptime --period 2026-02 --value 99.95 \(far)", in: place)
    #expect(signed.status == 0, "\(signed.talk)")
    #expect(try place.shell("custody append far.offer").status == 0)
    try place.write("start,end\n", to: "outages.csv")
    let rows = try measure("acme-onsite/uptime --period 2026-02 --rows outages.csv --compute uptime \(far)", in: place)
    #expect(rows.status == 64 && rows.talk.contains("rows cannot be measured"))
  }
}
