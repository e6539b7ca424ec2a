import Foundation
import TestSupport
import Testing

/// The drop box of a store: what waits there goes into the log with every append.
@Suite struct InboxTests {
  private func names(_ place: Workplace, _ folder: String = "acme/inbox") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(place.desk)/\(folder)").filter { !$0.hasPrefix(".") }
      .sorted()
  }

  @Test("append without a file takes what waits, and the box is empty then") func empties() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell("cp accept.offer acme/inbox; custody append --format json")
    #expect(ended.status == 0, "\(ended.talk)")
    #expect((ended.object["entries"] as? [Int])?.count == 1)
    #expect(try names(place).isEmpty)
  }

  @Test("A command that appends something of its own takes what waits after it, and its results stay its own")
  func sweeps() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell("cp accept.offer acme/inbox; custody submit february.txt --control 1.1 --format json")
    #expect(ended.status == 0, "\(ended.talk)")
    #expect((ended.object["entries"] as? [Int])?.count == 1)
    #expect(ended.talk.contains("acceptance of onsite/jane is entry"))
    #expect(try names(place).isEmpty)
  }

  @Test("What the log has already is removed; the status is that of a success") func duplicate() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell("custody append accept.offer && cp accept.offer acme/inbox && custody append")
    #expect(ended.status == 0, "\(ended.talk)")
    #expect(ended.output.contains("the log has it"))
    #expect(try names(place).isEmpty)
  }

  @Test("What is refused is put aside with its reason; what may still be on its way stays") func refused() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell(
      """
      echo junk > acme/inbox/old.offer; touch -d '2 minutes ago' acme/inbox/old.offer
      echo half > acme/inbox/new.offer; cp accept.offer acme/inbox/good.offer
      custody append
      """)
    #expect(ended.status == 1)
    #expect(try names(place) == ["new.offer", "refused"])
    #expect(try names(place, "acme/inbox/refused") == ["old.offer", "old.offer.reason.txt"])
    let reason = try String(
      contentsOfFile: "\(place.desk)/acme/inbox/refused/old.offer.reason.txt", encoding: .utf8)
    #expect(reason.contains("is not an envelope"))
    #expect(try place.shell("custody log --format json").output.contains("acceptance"))
  }

  @Test("Where a refused file lies is told with its name; links and folders are told, and stay") func places() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell(
      """
      mkdir acme/inbox/month; ln -s /etc/hostname acme/inbox/link; mkdir acme/inbox/refused; echo > acme/inbox/refused/old.offer
      echo junk > acme/inbox/old.offer; touch -d '2 minutes ago' acme/inbox/old.offer; custody append
      """, merged: true)
    #expect(ended.flowing.contains("'inbox/refused/2-old.offer', and why in 'inbox/refused/2-old.offer.reason.txt'"))
    #expect(ended.flowing.contains("'link' and 'month' are no files"), "\(ended.output)")
    #expect(try names(place) == ["link", "month", "refused"])
    let swept = try place.shell("custody submit february.txt --control 1.1")
    #expect(swept.status == 0 && swept.talk.contains("'link' and 'month' are no files"), "\(swept.talk)")
  }

  @Test("An offer for another store is told as one") func otherStore() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("zed/ann", "custody init zed --organization Zed --effective 2026-01-01 --store zed"),
      (
        "zed/ann",
        "custody framework import three-controls.json --id house --effective 2026-01-01 --store zed; "
          + "custody submit updates.txt --control 1.1 --store zed --offer zed.offer"
      ))
    let refused = try place.shell("custody append zed.offer", merged: true)
    #expect(refused.status == 65 && refused.flowing.contains("it is for the store 'zed/"), "\(refused.output)")
    let held = try place.shell("custody verify --with zed.offer --fail-on never --format json")
    #expect(held.flowing.contains("an offer is for the log 'zed/"), "\(held.output)")
  }

  @Test("An offer that is still being written stays until its end is there") func cutShort() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell(
      """
      custody submit february.txt --control 1.1 --offer whole.offer
      head -c $(($(stat -c %s whole.offer) - 40)) whole.offer > acme/inbox/month.offer; custody append
      """)
    #expect(ended.status == 1)
    #expect(try names(place) == ["month.offer"])
    let again = try place.shell("cp whole.offer acme/inbox/month.offer; custody append")
    #expect(again.status == 0, "\(again.output)\(again.talk)")
    #expect(try names(place).isEmpty)
  }

  @Test("What a crash left between taking and removing is known for what it is, and goes") func crashed() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell(
      "custody append accept.offer; cp accept.offer acme/inbox/.taken-0123456789abcdef; custody append; ls -A acme/inbox"
    )
    #expect(!ended.output.contains(".taken-0123456789abcdef\n.") && ended.output.contains("the log has it"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(place.desk)/acme/inbox").isEmpty)
  }

  @Test("Links, pipes and folders are passed over, and objects under their digests stay") func strange() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell(
      """
      ln -s /etc/hostname acme/inbox/link; mkfifo acme/inbox/pipe; mkdir acme/inbox/folder
      cp updates.txt "acme/inbox/$(printf '%064d' 0)"; custody append; custody status --format json
      """)
    #expect(ended.output.contains("nothing waits"))
    #expect(ended.output.contains("\"offersWaiting\": 0"))
    #expect(try names(place).count == 4)
  }

  @Test("A dry run takes nothing") func dryRun() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell("cp accept.offer acme/inbox; custody append --dry-run")
    #expect(ended.output.contains("would become"))
    #expect(try names(place) == ["accept.offer"])
  }
}
