import TestSupport
import Testing

struct PeriodTests {
  @Test func `evidence covers the period, and a list's line may say another`() throws {
    let rig = try SubmissionRig()
    try rig.write("1", to: "a")
    try rig.write("2", to: "b")
    try rig.write("3", to: "c")
    #expect(try rig.submit("a", "--control", "3.1.1", "--period", "2026-q3").entries == [3])
    let predicate = try rig.predicate(ofEntry: 3)
    #expect(predicate["from"] as? String == "2026-07-01" && predicate["through"] as? String == "2026-09-30")
    try rig.write("file,controls,from,through\nb,3.1.1,,\nc,3.1.1,2026-08-01,2026-08-31\n", to: "l.csv")
    #expect(try rig.submit("--list", "l.csv", "--period", "2026-07").entries == [4, 5])
    #expect(try rig.predicate(ofEntry: 4)["through"] as? String == "2026-07-31")
    #expect(try rig.predicate(ofEntry: 5)["from"] as? String == "2026-08-01")
    for words in [["--from", "2026-07-01"], ["--through", "2026-07-31"]] {
      let twice = try rig.run(["submit", "a", "--control", "3.1.2", "--period", "2026-07"] + words)
      #expect(twice.status == 64 && twice.talk.contains("one or the other"), "\(twice.talk)")
    }
    #expect(try rig.run(["submit", "a", "--control", "3.1.2", "--period", "July"]).status == 64)
  }
}
