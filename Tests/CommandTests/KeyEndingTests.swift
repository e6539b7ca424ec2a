import Foundation
import TestSupport
import Testing

/// Keys that sign nothing any more: what is told of them, and who is told it.
struct KeyEndingTests {
  @Test func `the verifier keys of those who left are listed for what they signed before`() throws {
    let place = try SampleHouse.copy()
    let key = try place.shell("custody key show acme/kim | sed -n 's/.*verifier key //p'").output
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let before = try place.shell("custody key list").output
    #expect(before.contains(key) && !before.contains("sign nothing any more"))
    try place.prepare(("acme/bo", "custody member remove acme/kim"))
    let after = try place.shell("custody key list").output
    let parts = after.components(separatedBy: "sign nothing any more")
    #expect(parts.count == 2 && !parts[0].contains(key) && parts[1].contains(key), "\(after)")
    let json = try place.shell("custody key list --format json").json as? [[String: Any]] ?? []
    let kim = json.first { $0["member"] as? String == "acme/kim" }
    #expect(kim?["verifierKey"] as? String == key && (kim?["state"] as? String)?.hasPrefix("has left") == true)
  }

  @Test func `who may not revoke is refused before anybody is warned`() throws {
    let place = try SampleHouse.copy()
    for line in ["custody key revoke acme/bo --reason lost", "custody member remove acme/bo"] {
      let refused = try place.shell(line, as: "acme/kim")
      #expect(refused.status == 77 && !refused.talk.contains("last administrator"), "\(line): \(refused.talk)")
    }
    let warned = try place.shell("custody key revoke acme/bo --reason lost --dry-run --yes")
    #expect(warned.talk.contains("last administrator"), "\(warned.talk)")
  }

  @Test func `who signs with a key that has a successor is told which`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/kim", "cp -r \"$CUSTODY_HOME\" \"$CUSTODY_HOME-2\""),
      ("acme/kim", "CUSTODY_HOME=$CUSTODY_HOME-2 custody key new --output kim2.card --origin \"$(origin)\""),
      ("acme/bo", "custody member add kim2.card && custody key revoke \"$(keyid acme/kim)\" --reason superseded"))
    let ids = (try place.shell("custody key list --format json").json as? [[String: Any]] ?? [])
      .filter { $0["member"] as? String == "acme/kim" }.compactMap { $0["keyid"] as? String }
    let newer = try #require(ids.last)
    let refused = try place.shell("custody submit february.txt --control 1.1", as: "acme/kim")
    #expect(refused.status == 77 && refused.talk.contains("the newer key \(newer.prefix(8))"), "\(refused.talk)")
  }

  @Test func `a witness whom only the reader's policy names speaks for what is disputed`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/kim", "custody submit february.txt --control 1.1"),
      (
        "acme/bo",
        "custody cosign --witness witness.example/one --output cosigned.note; "
          + "custody append cosigned.note --witness \"$(cat one.vkey)\""
      ), ("acme/bo", "custody key revoke \"$(keyid acme/kim)\" --reason stolen --suspect-since 5"),
      (
        "acme/bo",
        "{ echo \"log $(cat verifier)\"; echo \"witness one $(cat one.vkey)\"; echo 'quorum one'; } > one.policy"
      ))
    let word = "the witness 'witness.example/one' had seen"
    let without = try place.shell("custody verify --fail-on never")
    #expect(without.output.contains("disputed") && !without.flowing.contains(word), "\(without.output)")
    let with = try place.shell("custody verify --fail-on never --policy one.policy")
    #expect(with.flowing.contains(word), "\(with.output)")
  }
}
