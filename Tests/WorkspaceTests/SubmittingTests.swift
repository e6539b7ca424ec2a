import Catalogs
import TreeLog
import Ownership
import Findings
import Foundation
import Statements
import TestSupport
import Testing

@testable import Workspace

struct SubmittingTests {
  @Test func `what is submitted is in the log at the clock's time, and in the snapshot`() throws {
    let office = try Office()
    let file = try office.write("updates of September\n", to: "updates.txt")
    let store = try office.store()
    let result = try office.desk().submit([file], EvidenceDetails(controls: ["1.1"]), to: store)
    #expect(result.entries == [store.checkpoint.size])
    #expect(result.checkpoint.size == store.checkpoint.size + 1)
    let after = try office.store()
    let listed = try EntryListing(after).entry(result.entries[0])
    #expect(listed.entry?.time == office.now && listed.signer == "acme/bo" && listed.isEffective)
    let snapshot = try after.snapshot()
    #expect(snapshot.asOf == office.now.day && snapshot.checkpoint == after.checkpoint)
    #expect(snapshot.matrix.units.first { $0.control.local == "1.1" }?.evidenceCount == 1)
    #expect(try store.snapshot().matrix.units.first { $0.control.local == "1.1" }?.evidenceCount == 0)
    #expect(try office.faults().isEmpty)
  }

  @Test func `the same bytes for the same control are not entered again, and for another they are`() throws {
    let office = try Office()
    let file = try office.write("x", to: "x.txt")
    let first = try office.desk().submit([file], EvidenceDetails(controls: ["1.1"]), to: office.store())
    let again = try office.desk().submit([file], EvidenceDetails(controls: ["1.1"]), to: office.store())
    #expect(again.entries.isEmpty && again.checkpoint == first.checkpoint)
    let other = try office.desk().submit([file], EvidenceDetails(controls: ["1.2"]), to: office.store())
    #expect(other.entries == [first.entries[0] + 1])
  }

  @Test func `a rehearsal and an offer leave the log as it was`() throws {
    let office = try Office()
    let file = try office.write("x", to: "x.txt")
    let size = try office.store().checkpoint.size
    var write = WriteOptions()
    write.isDryRun = true
    let rehearsed = try office.desk().submit([file], EvidenceDetails(controls: ["1.1"]), to: office.store(), write)
    #expect(rehearsed.isDryRun && rehearsed.entries == [size])
    write.isDryRun = false
    write.offer = office.folder.path("x.offer")
    let offered = try office.desk().submit([file], EvidenceDetails(controls: ["1.1"]), to: office.store(), write)
    #expect(offered.entries.isEmpty && offered.statements.count == 1)
    #expect(try office.store().checkpoint.size == size)
    let taking = try office.desk().append([office.folder.path("x.offer")], to: office.store())
    #expect(taking.taken.map(\.entry) == [size])
    #expect(try office.faults().isEmpty)
  }

  @Test func `what names seem to say is asked, and a yes to everything is not enough for a guess`() throws {
    let office = try Office()
    let exact = try office.write("x", to: "1.1 review.txt")
    let vague = try office.write("y", to: "house-1.2-review.txt")
    let submit = { (file: String) in
      _ = try office.desk().submit([file], EvidenceDetails(), to: office.store())
    }
    // Nobody is there.
    #expect(failure { try submit(exact) }?.code == .usage)
    office.consent.answer = false
    #expect(failure { try submit(exact) }?.code == .answerNo)
    office.consent.answer = true
    #expect(failure { try submit(exact) } == nil)
    #expect(office.consent.asked.count == 3 && office.consent.asked.allSatisfy { $0.contains("house/1.1") })
    let all = Desk(home: office.desk().home, person: "acme/bo", consent: BlanketConsent())
    #expect(
      failure { _ = try all.submit([vague], EvidenceDetails(), to: office.store()) }?.message.contains("seem") == true)
  }

  @Test func `what is left out of a folder is told, and steps are counted to their end`() throws {
    let office = try Office()
    try office.write("x", to: "papers/x.txt")
    try office.write("y", to: "papers/y.txt")
    try office.folder.link("papers/z.txt", to: "x.txt")
    let result = try office.desk().submit(
      [office.folder.path("papers")], EvidenceDetails(controls: ["1.1"]), to: office.store())
    #expect(result.batches[0].artifacts.map(\.name) == ["papers/x.txt", "papers/y.txt"])
    #expect(office.notices.warned.count == 1 && office.notices.warned[0].contains("z.txt"))
    let taking = try #require(office.notices.steps.last { $0.name == "taking in files" })
    #expect(taking.total == 2 && taking.count == 2 && taking.hasEnded)
    #expect(!office.notices.steps.contains { !$0.hasEnded })
  }

  @Test func `a clock that lags behind the last entry is asked about`() throws {
    let office = try Office()
    let file = try office.write("x", to: "x.txt")
    office.wait(minutes: -30)
    let submit = { _ = try office.desk().submit([file], EvidenceDetails(controls: ["1.1"]), to: office.store()) }
    office.consent.answer = false
    #expect(failure { try submit() }?.code == .configuration)
    #expect(office.consent.asked.count == 1)
    office.wait(minutes: 30)
    #expect(failure { try submit() } == nil)
    #expect(office.consent.asked.count == 1)
  }
}
