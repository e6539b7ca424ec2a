import Foundation
import TestSupport
import Testing

/// What has to be handed over is kept beside the end, and owed until somebody shows that it was done.
struct HandoverTests {
  private func house() throws -> Workplace {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "custody append accept.offer"))
    return place
  }

  /// The names of what is owed and not done.
  private func owed(_ place: Workplace, _ options: String = "") throws -> [String] {
    let report = try place.shell("custody report duties --format json \(options)").object
    return (report["duties"] as? [[String: Any]] ?? []).filter { $0["cadence"] as? String == "hand-over" }
      .compactMap { duty in
        duty["due"] is String ? "\(duty["engagement"] ?? "")/\(duty["duty"] ?? "")" : nil
      }
  }

  @Test func `an end keeps its list in the same append, and each item is owed`() throws {
    let place = try house()
    let size = try place.shell("custody log --format json").output
    let ended = try place.shell("custody engagement end acme-onsite --on 2098-01-01 --yes --format json")
    #expect(ended.status == 0, "\(ended.talk)")
    let entries = ended.object["entries"] as? [Int] ?? []
    #expect(entries.count == 2 && !size.isEmpty)
    let predicate = try place.predicate(ofEntry: entries.last ?? 0)
    #expect(
      predicate["label"] as? String == "hand-over/acme-onsite" && predicate["query"] as? String == "on=2098-01-01")
    let names = try owed(place)
    for kind in ["access-", "key-", "documents-", "evidence-", "duty-minutes"] {
      #expect(names.contains { $0.hasPrefix("acme-onsite/\(kind)") }, "\(kind): \(names)")
    }
    let sound = try place.shell("custody verify")
    #expect([0, 3].contains(sound.status), "\(sound.output)\(sound.talk)")
  }

  @Test func `whoever wants no list has none, and nothing is owed`() throws {
    let place = try house()
    let ended = try place.shell("custody engagement end acme-onsite --on 2098-01-01 --yes --no-handover --format json")
    #expect(ended.status == 0 && (ended.object["entries"] as? [Int])?.count == 1, "\(ended.talk)")
    #expect(try owed(place).isEmpty)
  }

  @Test func `a file or a note shows that an item was done, and no other`() throws {
    let place = try house()
    try place.prepare(("acme/bo", "custody engagement end acme-onsite --on 2098-01-01 --yes"))
    let before = try owed(place)
    let file = try place.shell("custody submit february.txt --duty acme-onsite/access-jane")
    #expect(file.status == 0, "\(file.talk)")
    let note = try place.shell("echo 'all there' | custody submit - --name note.txt --duty documents-onsite")
    #expect(note.status == 0, "\(note.talk)")
    let after = try owed(place)
    #expect(
      before.filter { !after.contains($0) }.sorted() == ["acme-onsite/access-jane", "acme-onsite/documents-onsite"])
    #expect([0, 3].contains(try place.shell("custody verify").status))
    let wrong = try place.shell("custody submit february.txt --duty acme-onsite/access-nobody")
    #expect(wrong.status == 64 && wrong.talk.contains("acme-onsite/key-jane"), "\(wrong.talk)")
    let label = try place.shell("custody submit february.txt --duty acme-onsite/key-jane --label note")
    #expect(label.status == 64 && label.talk.contains("hand-over/acme-onsite/key-jane"), "\(label.talk)")
  }

  @Test func `what is late ends reports as a late duty does`() throws {
    let place = try house()
    try place.prepare(("acme/bo", "custody engagement end acme-onsite --on 2098-01-01 --yes"))
    let report = "custody report duties --party onsite --fail-on late --as-of"
    #expect(try place.shell("\(report) 2097-12-31").status == 0)
    #expect(try place.shell("\(report) 2098-01-01").status == 3)
    let gaps = try place.shell("custody report gaps --as-of 2098-01-02 --format json").output
    #expect(gaps.contains("custody submit FILE --duty acme-onsite/access-jane"), "\(gaps)")
  }

  @Test func `an end of today is late tomorrow, and status shows what is due`() throws {
    let place = try house()
    try place.prepare(("acme/bo", "custody engagement end acme-onsite --yes"))
    let status = try place.shell("custody status --format json")
    let duties = (status.object["duties"] as? [[String: Any]] ?? []).filter { $0["cadence"] as? String == "hand-over" }
    #expect(!duties.isEmpty && duties.allSatisfy { $0["overdue"] as? Bool == false }, "\(status.output)")
    let agenda = try place.shell("custody agenda operations --format json").output
    #expect(agenda.contains("acme-onsite/access-jane"), "\(agenda)")
  }

  @Test func `a list for the term's end is kept beforehand, and one's own newer one takes its place`() throws {
    let place = try house()
    let shown = try place.shell("custody engagement handover acme-onsite --dry-run")
    #expect(shown.status == 0 && shown.output.contains("would become"), "\(shown.talk)")
    #expect(try owed(place).isEmpty)
    try place.prepare(("acme/bo", "custody engagement handover acme-onsite --output list.csv"))
    let names = try owed(place)
    #expect(names.contains("acme-onsite/access-jane"), "\(names)")
    #expect(try place.shell("cat list.csv").output.hasPrefix("kind,by,party,what,done,id,controls"))
    try place.prepare(("acme/bo", "custody engagement end acme-onsite --on 2098-01-01 --yes"))
    #expect(try owed(place) == names)
  }

  /// The items that an end would keep.
  private func preview(_ place: Workplace) throws -> [String] {
    let line = "custody engagement end acme-onsite --on 2098-01-01 --dry-run --format json"
    return (try place.shell(line).object["handover"] as? [[String: Any]] ?? []).compactMap { $0["duty"] as? String }
  }

  @Test func `a provider that another agreement keeps gives up no access, until that one is over`() throws {
    let place = try house()
    #expect(try preview(place).contains("acme-onsite/access-jane"))
    let other = """
      id: other
      model: co-managed
      client: acme
      providers: [onsite]
      term: { from: 2026-01-01, through: 2099-12-31 }

      """
    try place.write(other, to: "other.yaml")
    try place.prepare(("acme/bo", "custody engagement apply other.yaml --yes"))
    let kept = try preview(place)
    #expect(!kept.contains { $0.contains("access-") || $0.contains("key-") }, "\(kept)")
    #expect(kept.contains("acme-onsite/documents-onsite"))
    try place.prepare(("acme/bo", "custody engagement end other --on 2097-01-01 --yes --no-handover"))
    #expect(try preview(place).contains("acme-onsite/access-jane"))
  }

  @Test func `people without a key have access too, and an item never has a duty's id`() throws {
    let place = try house()
    try place.prepare(
      ("acme/bo", "sed 's/id: minutes,/id: access-jane,/' agreement.yaml > next.yaml"),
      ("acme/bo", "echo 'contacts: [{ id: onsite/pat, name: Pat Doe }]' >> next.yaml"),
      ("acme/bo", "custody engagement apply next.yaml --yes"))
    let items = try preview(place)
    #expect(items.contains("acme-onsite/access-pat") && !items.contains("acme-onsite/access-jane"), "\(items)")
    #expect(items.contains { $0.hasPrefix("acme-onsite/access-jane-") && $0.count == 30 }, "\(items)")
  }

  @Test func `an agreement says how much of its hand-over is not done`() throws {
    let place = try house()
    #expect(try !place.shell("custody engagement show").output.contains("hand-over:"))
    try place.prepare(
      ("acme/bo", "custody engagement end acme-onsite --on 2098-01-01 --yes"),
      ("acme/bo", "custody submit february.txt --duty acme-onsite/access-jane"))
    let shown = try place.shell("custody engagement show")
    #expect(shown.output.contains("hand-over: 5 items, 4 not done"), "\(shown.output)")
  }

  @Test func `a list of one's own is kept as it is, and one that is none is refused with its line`() throws {
    let place = try house()
    try place.write("badges\tkey\tonsite\t2098-01-01\tgive back 3 door badges\t-\n", to: "badges.tsv")
    let kept = try place.shell("custody engagement handover acme-onsite --list badges.tsv")
    #expect(kept.status == 0, "\(kept.talk)")
    #expect(try owed(place) == ["acme-onsite/badges"])
    try place.write("badges\tkey\tonsite\tsoon\tgive back 3 door badges\t-\n", to: "badges.tsv")
    let wrong = try place.shell("custody engagement handover acme-onsite --list badges.tsv")
    #expect(wrong.status == 65 && wrong.talk.contains("line 1 is not an item"), "\(wrong.talk)")
    try place.write("badges\tkey\tnobody\t2098-01-01\tgive back 3 door badges\t-\n", to: "badges.tsv")
    #expect(try place.shell("custody engagement handover acme-onsite --list badges.tsv").talk.contains("'nobody'"))
    // What is written to a file can be kept from it.
    try place.prepare(
      ("acme/bo", "custody engagement handover acme-onsite --dry-run --output all.tsv"),
      ("acme/bo", "custody engagement handover acme-onsite --list all.tsv"))
    #expect(try owed(place).contains("acme-onsite/access-jane"))
  }

  @Test func `an end and its list go out in one offer`() throws {
    let place = try house()
    let offered = try place.shell(
      "custody engagement end acme-onsite --on 2098-01-01 --yes --offer end.offer", as: "onsite/jane")
    #expect(offered.status == 0, "\(offered.talk)")
    #expect(try owed(place).isEmpty)
    try place.prepare(("acme/bo", "custody append end.offer"))
    #expect(try owed(place).contains("acme-onsite/access-jane"))
  }

  @Test func `a list whose bytes are gone is said, and nothing breaks`() throws {
    let place = try house()
    try place.prepare(("acme/bo", "custody engagement end acme-onsite --on 2098-01-01 --yes"))
    let digest = try place.shell("custody report duties --format json").object["duties"]
    #expect(digest != nil)
    let removed = try place.shell(
      "for f in $(grep -rl '^access-jane' acme/object); do chmod u+w $f; rm $f; done; custody report duties")
    #expect(removed.output.contains("hand-over list of 'acme-onsite'"), "\(removed.output)\(removed.talk)")
    #expect(try place.shell("custody status").output.contains("handover-unreadable"))
    #expect(try place.shell("custody report gaps").output.contains("handover-unreadable"))
    #expect(try place.shell("custody agenda steering").status == 0)
  }
}
