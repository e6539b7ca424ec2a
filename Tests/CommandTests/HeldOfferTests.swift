import Foundation
import TestSupport
import Testing

/// A party that kept its offers asks what became of them.
struct HeldOfferTests {
  private func offers(_ ended: Workplace.Ended) -> [[String: Any]] {
    ended.object["offers"] as? [[String: Any]] ?? []
  }

  @Test func `of a folder each offer is judged, and what else lies there is passed over`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      (
        "acme/bo",
        "mkdir -p sent/inbox/refused; cp accept.offer sent/one.offer; cp updates.txt sent/note.txt; "
          + "custody submit february.txt --control house/1.1 --offer sent/inbox/two.offer; "
          + "custody assess house/1.1 --status met --offer sent/inbox/refused/three.offer; "
          + "echo told > sent/inbox/refused/three.offer.reason.txt; custody append accept.offer"
      ))
    let ended = try place.shell("custody verify --with sent --fail-on never --format json")
    #expect(ended.status == 0 && ended.talk.contains("'sent/note.txt'"), "\(ended.talk)")
    let told = offers(ended)
    #expect(
      told.map { $0["file"] as? String } == [
        "sent/inbox/refused/three.offer", "sent/inbox/two.offer", "sent/one.offer",
      ])
    #expect(told.map { $0["state"] as? String } == ["withheld", "withheld", "entry"])
    #expect(told.last?["type"] as? String == "acceptance" && told.last?["signer"] as? String == "onsite/jane")
    let entry = try #require(told.last?["entry"] as? Int)
    #expect(told.last?["day"] is String && told.last?["counts"] as? Bool == true)
    let page = try place.shell("custody verify --with 'sent/*.offer' --with sent/inbox/two.offer --fail-on never")
    #expect(page.flowing.contains("is entry \(entry), recorded on "), "\(page.output)")
    #expect(page.flowing.contains("warning offer-withheld:") && page.flowing.contains("is not in this log"))
  }

  @Test func `of a store's folder the inbox is looked into`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "cp accept.offer acme/inbox/"))
    let ended = try place.shell("custody verify --with acme/ --fail-on never --format json")
    #expect(offers(ended).map { $0["file"] as? String } == ["acme/inbox/accept.offer"], "\(ended.talk)")
  }

  @Test(arguments: [
    ("updates.txt", Int32(65), "'updates.txt' is no offer"), ("nowhere.offer", 66, "'nowhere.offer'"),
    ("'nowhere/*.offer'", 66, "'nowhere/*.offer'"), ("'up*.txt'", 65, "'updates.txt' is no offer"),
  ])
  func `what is named and is no offer ends it`(_ file: String, _ status: Int32, _ told: String) throws {
    let ended = try SampleHouse.copy().shell("custody verify --with \(file)")
    #expect(ended.status == status && ended.talk.contains(told), "\(ended.talk)")
  }

  @Test func `a signer who has left since is told of`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/kim", "custody submit february.txt --control house/1.1 --offer in.offer"),
      ("acme/kim", "custody submit updates.txt --control house/2.1 --offer out.offer"),
      ("acme/bo", "custody append in.offer; custody member remove acme/kim --yes"))
    let ended = try place.shell("custody verify --with in.offer --with out.offer --fail-on never --format json")
    let told = offers(ended)
    #expect(told.map { $0["state"] as? String } == ["entry", "withheld"], "\(ended.output)\(ended.talk)")
    #expect((told.first?["now"] as? String)?.hasPrefix("acme/kim has left, by entry ") == true)
    #expect(told.last?["now"] as? String == "acme/kim had left")
  }
}
