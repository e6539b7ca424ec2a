import Foundation
import TestSupport
import Testing

/// Names, days, orders and environments as they come.
struct EdgeTests {
  /// A name in both of its forms: one letter, and a letter with an accent after it.
  private static let (composed, apart) = ("M\u{fc}ller.pdf", "Mu\u{308}ller.pdf")

  private func write(_ place: Workplace, _ name: String, _ text: String = "x") throws {
    try place.folder.write(Array(text.utf8), to: "desk/\(name)")
  }

  @Test(arguments: [(composed, apart), (apart, composed)])
  func `a name is found however its accents are written`(_ onDisk: String, _ written: String) throws {
    let place = try SampleHouse.copy()
    try write(place, onDisk)
    try write(place, "list.csv", "file,controls\n\(written),house/1.1\n")
    try write(place, "hashes", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  \(written)\n")
    let listed = try place.shell("custody submit --list list.csv")
    #expect(listed.status == 0, "\(listed.talk)")
    let hashed = try place.shell("custody submit --manifest hashes --control house/1.2")
    #expect(hashed.status == 0, "\(hashed.talk)")
    let named = try place.custody(["submit", written, "--control", "house/2.1"])
    #expect(named.status == 0, "\(named.talk)")
  }

  @Test func `where both forms lie beside each other the bytes decide`() throws {
    let place = try SampleHouse.copy()
    try write(place, Self.composed, "one")
    try write(place, Self.apart, "two")
    let ended = try place.custody(["submit", Self.apart, "--control", "house/1.1", "--format", "json"])
    let artifact = (ended.object["artifacts"] as? [[String: Any]])?.first
    #expect(artifact?["sha256"] as? String == "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3")
  }

  @Test func `a file that is not there is missing input, in a list as in a manifest`() throws {
    let place = try SampleHouse.copy()
    try write(place, "list.csv", "file,controls\nnope.pdf,house/1.1\n")
    try write(place, "wrong.csv", "file,controls\nnope.pdf,house/9.9\n")
    try write(place, "hashes", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  nope.pdf\n")
    #expect(try place.shell("custody submit --list list.csv").status == 66)
    #expect(try place.shell("custody submit --manifest hashes --control house/1.1").status == 66)
    // Something else is wrong with it, too.
    #expect(try place.shell("custody submit --list wrong.csv").status == 65)
  }

  @Test(arguments: [
    ("--retain-until 2020-01-01", "which is over"),
    ("--from 1026-01-01 --through 2026-01-01", "no evidence is that old"),
    ("--period 1926-01", "no evidence is that old"), ("--collected 1926-01-01T00:00:00Z", "no evidence is that old"),
  ])
  func `a year that is a slip of the pen is refused`(_ option: String, _ reason: String) throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell("custody submit february.txt --control house/1.2 \(option)")
    #expect(ended.status == 64 && ended.talk.contains(reason), "\(ended.talk)")
  }

  @Test func `offers go in whatever order they are named in`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody assess house/1.1 --status met --offer 1.offer"), ("acme/bo", "sleep 0.01"),
      ("acme/bo", "custody assess house/1.1 --status not-met --offer 2.offer"), ("acme/bo", "sleep 0.01"),
      ("acme/bo", "custody hold begin later --control house/1.1 --reason dispute --offer 3.offer"))
    let ended = try place.shell("custody append 3.offer 2.offer 1.offer")
    #expect(ended.status == 0, "\(ended.output)")
    let files = ended.output.split(separator: "\n").compactMap { $0.split(separator: "'").first }
    #expect(files == ["1.offer", "2.offer", "3.offer"])
    // Alone, the older word of a hand comes too late.
    let late = try SampleHouse.copy()
    try late.prepare(
      ("acme/bo", "custody assess house/1.1 --status met --offer 1.offer"), ("acme/bo", "sleep 0.01"),
      ("acme/bo", "custody assess house/1.1 --status not-met"))
    #expect(try late.shell("custody append 1.offer").status == 1)
  }

  @Test func `a program gets the log's lines whole, and as CSV`() throws {
    let place = try SampleHouse.copy()
    let words = (1...30).map { "word\($0)" }.joined(separator: " ")
    try place.prepare(("acme/bo", "custody submit february.txt --control house/1.2 --description '\(words)'"))
    let line = try place.shell("custody log --limit 1 | cat")
    #expect(line.output.contains("word30") && line.output.filter { $0 == "\n" }.count == 1, "\(line.output)")
    let narrow = try place.shell("COLUMNS=60 custody log --limit 1 | cat")
    #expect(!narrow.output.contains("word30"))
    let rows = try place.shell("custody log --limit 2 --format csv").output.split(separator: "\n")
    #expect(rows.count == 3 && rows[0] == "entry,time,type,signer,effective,replaced,statement,summary")
    #expect(rows[1].contains("word30") && rows[1].contains(",evidence,acme/bo,true,false,"))
  }

  @Test func `variables that are not UTF-8 reach a recorded program as they are`() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell(
      "export ODD=$'a\\xffb' CUSTODY_PASSPHRASE=secret; custody exec --format json --control house/1.2 -- sh -c "
        + "'printf %s \"$ODD\" | od -An -tx1; echo \"p:$CUSTODY_PASSPHRASE\"'")
    #expect(ended.status == 0, "\(ended.talk)")
    let digests = (ended.object["artifacts"] as? [[String: Any]])?.compactMap { $0["sha256"] as? String } ?? []
    let kept = try digests.map { try place.shell("custody cat \($0)").output }.joined()
    #expect(kept.contains("61 ff 62") && kept.contains("p:\n"), "\(kept)")
  }

  @Test func `what lies in a store's folder beside it is told for what it is, and apart from who owns what`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "touch acme/.DS_Store"))
    let ended = try place.shell("custody verify")
    #expect(ended.status == 1 && ended.output.contains("nothing of the store's: remove it"), "\(ended.output)")
    #expect(ended.output.contains("1 sign of tampering or corruption"))
    #expect(ended.talk.contains("next: take what has no place there out of the folder"))
    try place.prepare(
      ("acme/bo", "rm acme/.DS_Store; for f in acme/object/*/*; do chmod u+w $f; printf x >> $f; break; done"))
    let broken = try place.shell("custody verify")
    #expect(broken.status == 1 && broken.talk.contains("next: change nothing in this store"), "\(broken.talk)")
  }
}
