import Foundation
import TestSupport
import Testing

/// What a line of the log says, so that one entry can be told from the next.
struct LogLineTests {
  private func newest(_ place: Workplace) throws -> String {
    let listed = try place.shell("custody log -n 1 --format json").json as? [[String: Any]]
    return listed?.first?["summary"] as? String ?? ""
  }

  @Test func `a run is told by its command and how it ended`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "custody exec --control house/1.1 -- sh -c 'exit 3'"))
    #expect(try newest(place).contains("ran 'sh -c exit 3', status 3"))
  }

  @Test func `a recovery key is not told as any other change`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody key new --as acme --use recovery --output spare.card"),
      ("acme/bo", "custody member add spare.card"))
    #expect(try newest(place) == "acme gets a recovery key")
    try place.prepare(("acme/bo", "custody member change acme/kim --role administrator"))
    #expect(try newest(place) == "acme/kim changes, administrator now")
  }

  @Test func `a proof without a key is not judged, and one that was changed does not hold`() throws {
    let place = try SampleHouse.copy()
    let fresh = ["CUSTODY_HOME": place.folder.path("fresh")]
    let open = try place.shell("custody check-proof entry.proof", environment: fresh)
    #expect(open.status == 1 && open.output.hasPrefix("the proof cannot be judged"), "\(open.output)")
    let judged = try place.shell("custody check-proof entry.proof --key \"$(cat verifier)\"", environment: fresh)
    #expect(judged.status == 0 && judged.output.hasPrefix("the proof holds"))
    try place.prepare(("acme/bo", "custody show 4 --format json > /dev/null; custody prove 4 --output other.proof"))
    try place.shell(
      "sed -n '/^index/p' other.proof > index; sed \"s/^index .*/$(cat index)/\" entry.proof > mixed.proof")
    let mixed = try place.shell("custody check-proof mixed.proof", environment: fresh)
    #expect(mixed.status == 1 && mixed.output.hasPrefix("the proof does not hold"), "\(mixed.output)")
  }
}
