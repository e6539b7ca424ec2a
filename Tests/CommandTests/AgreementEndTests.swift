import Foundation
import TestSupport
import Testing

/// Early ends from the command line: what is said is what the fold makes of them.
struct AgreementEndTests {
  private func house() throws -> Workplace {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "custody append accept.offer"))
    return place
  }

  private func ended(_ place: Workplace) throws -> String? {
    try place.shell("custody engagement show --format json").object["ended"] as? String
  }

  @Test func `of several ends the earliest is the one that shows, and a later one is refused, for it changes nothing`()
    throws
  {
    let place = try house()
    try place.prepare(("acme/bo", "custody engagement end acme-onsite --on 2098-02-01 --yes"))
    let later = try place.shell("custody engagement end acme-onsite --on 2098-03-01 --yes")
    #expect(later.status >= 64 && later.talk.contains("changes nothing"), "\(later.talk)")
    #expect(try ended(place) == "2098-02-01")
    let earlier = try place.shell("custody engagement end acme-onsite --on 2098-01-01 --yes")
    #expect(!earlier.talk.contains("warning"), "\(earlier.talk)")
    #expect(try ended(place) == "2098-01-01")
  }

  @Test func `a day that is past ends nothing today by a slip of the pen`() throws {
    let place = try house()
    let past = try place.shell("custody engagement end acme-onsite --on 2020-01-01 --yes")
    #expect(past.status == 64 && past.talk.contains("2020-01-01 has passed"), "\(past.talk)")
    #expect(try ended(place) == nil)
  }

  @Test func `whoever names what they replace is told where it is not the newest`() throws {
    let place = try house()
    let other = String(repeating: "0", count: 64)
    for line in ["engagement end acme-onsite", "engagement apply agreement.yaml"] {
      let refused = try place.shell("custody \(line) --yes --replaces \(other)")
      #expect(refused.status == 64 && refused.talk.contains("the newest version"), "\(refused.talk)")
    }
    for options in ["--since 1", "--since 999 --request x.request"] {
      let refused = try place.shell("custody engagement show acme-onsite \(options)")
      #expect(refused.status == 64, "\(options): \(refused.talk)")
    }
  }
}
