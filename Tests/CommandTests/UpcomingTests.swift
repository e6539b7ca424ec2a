import Foundation
import TestSupport
import Testing

/// A version that speaks from a later day on waits for its acceptances before that day, and not on it.
struct UpcomingTests {
  private func waiting(_ place: Workplace) throws -> [[String: Any]] {
    try place.shell("custody status --format json").object["waiting"] as? [[String: Any]] ?? []
  }

  @Test func `status says what a later version waits for`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "custody append accept.offer"))
    #expect(try waiting(place).isEmpty)
    let text = String(decoding: place.folder.read("desk/agreement.yaml") ?? [], as: UTF8.self)
    let later = text.replacing("duties:", with: "effective: 2098-01-01\nscope:\n  - LINE\nduties:").replacing(
      "LINE", with: "{ controls: house/1.1, accountable: acme, responsible: [acme/bo] }")
    try place.folder.write(Array(later.utf8), to: "desk/later.yaml")
    try place.prepare(("acme/bo", "custody engagement apply later.yaml --yes"))
    let found = try waiting(place)
    #expect(found.count == 1 && found[0]["party"] as? String == "onsite", "\(found)")
    #expect(found[0]["from"] as? String == "2098-01-01" && found[0]["declined"] as? Bool == false)
    #expect(try place.shell("custody status").output.contains("from 2098-01-01 on"))
    try place.prepare(("onsite/jane", "custody accept --decline 1.1 --reason 'not now' --yes"))
    #expect(try waiting(place).map { $0["declined"] as? Bool } == [true])
    try place.prepare(("onsite/jane", "custody accept --engagement acme-onsite --yes"))
    #expect(try waiting(place).isEmpty)
  }
}
