import Statements
import Storage
import Testing

@testable import Workspace

struct BucketKeepingTests {
  @Test func `an address says how its bucket keeps things, in one spelling`() {
    func lock(_ text: String) -> LockMode? { StoreAddress(text).flatMap(\.lock) }
    #expect(lock("s3://bucket/acme?lock=compliance") == .compliance)
    #expect(lock("s3://bucket/acme?head=heads&lock=governance&region=x") == .governance)
    // The helper refuses each of these but the first two and the last.
    for text in [
      "s3://bucket/acme", "s3://bucket/lock=compliance", "s3://bucket/acme?lock=Compliance", "s3://bucket/acme?lock=",
      "s3://bucket/acme?%6Cock=compliance", "https://host/acme?lock=compliance",
    ] {
      #expect(lock(text) == nil, "\(text)")
    }
  }

  @Test func `a day is kept to its end, and a moment within it is of the day before`() {
    for number in [-1, 0, 1, 20_000, 22_000] {
      let day = Day(daysSinceEpoch: number)
      #expect(Day(lastBefore: day.endInSeconds) == day)
      #expect(Day(lastBefore: day.endInSeconds - 1) == day.adding(days: -1))
      #expect(Day(lastBefore: day.endInSeconds + 86_399) == day)
    }
  }

  @Test func `each way in which a bucket differs has a word, and to be kept for longer is none`() {
    func differences(_ until: Int?, _ isHeld: Bool, _ kept: Int?, _ wasHeld: Bool) -> [String] {
      BucketKeeping.differences(
        KeepingTerm(until: until, isHeld: isHeld), ObjectLock.Kept(until: kept, isHeld: wasHeld)
      ).map(\.rawValue)
    }
    #expect(differences(nil, false, nil, false) == [])
    #expect(differences(5, false, 5, false) == [])
    #expect(differences(5, false, 6, false) == [])
    #expect(differences(nil, false, 6, false) == [])
    #expect(differences(5, false, 4, false) == ["shorter"])
    #expect(differences(5, false, nil, false) == ["not-kept"])
    #expect(differences(nil, true, 9, false) == ["hold-missing"])
    #expect(differences(5, true, nil, false) == ["not-kept", "hold-missing"])
    #expect(differences(5, false, 4, true) == ["shorter", "hold-left"])
    #expect(differences(5, true, 5, true) == [])
    #expect(BucketKeeping.differences(KeepingTerm(until: 5), nil) == [.missing])
  }

  @Test func `what several ask for is kept as long as the longest, and held if any is`() {
    let none = KeepingTerm()
    let some = KeepingTerm(until: 5)
    #expect(none.joined(none) == none)
    #expect(none.joined(some) == some && some.joined(none) == some)
    #expect(some.joined(KeepingTerm(until: 4, isHeld: true)) == KeepingTerm(until: 5, isHeld: true))
  }
}
