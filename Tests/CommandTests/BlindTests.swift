import TestSupport
import Testing

/// Evidence whose digest gives nothing away.
struct BlindTests {
  @Test func `a file lies beside random bytes, opens by hand, and is another object each time`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "echo yes > answer.txt"))
    let submit = "custody submit answer.txt --control house/1.1 --blind --format json"
    let digests = try (0..<2).map { _ in
      let ended = try place.shell(submit)
      #expect(ended.status == 0, "\(ended.talk)")
      let artifacts = ended.object["artifacts"] as? [[String: Any]]
      #expect(artifacts?.first?["name"] as? String == "answer.txt.blind.tar")
      return artifacts?.first?["sha256"] as? String ?? ""
    }
    #expect(Set(digests).count == 2)
    #expect(try place.shell("custody cat \(digests[0]) | tar xOf - answer.txt").output == "yes\n")
    let salts = try digests.map { try place.shell("custody cat \($0) | tar xOf - salt").output }
    #expect(Set(salts).count == 2 && salts.allSatisfy { $0.utf8.count == 65 })
    #expect(try place.shell("custody verify --format json").object["sound"] as? Bool == true)
  }

  @Test(arguments: [
    "echo yes | custody submit - --blind", "sha256sum february.txt > l; custody submit --manifest l --blind",
  ])
  func `what cannot be blind is refused`(_ line: String) throws {
    let ended = try SampleHouse.copy().shell("\(line) --control house/1.1")
    #expect(ended.status == 64 && ended.talk.contains("--blind is for files"), "\(ended.talk)")
  }
}
