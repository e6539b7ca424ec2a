import Statements
import Testing

/// A hand-over list has one spelling, and says what is wrong with any other.
struct HandoverListTests {
  private static let text =
    "access-jane\taccess\tacme\t2027-12-31\twithdraw the access of Jane\t-\n"
    + "evidence-onsite\tevidence\tonsite\t2027-12-31\tsubmit what is owed\tdemo/1.1,demo/1.2[a]\n"

  private static func fault(_ text: String) -> String? {
    do {
      _ = try HandoverList(parsing: Array(text.utf8))
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func `what is read is written the same, in the list's own order`() throws {
    let list = try HandoverList(parsing: Array(Self.text.utf8))
    #expect(list.items.map(\.id) == ["access-jane", "evidence-onsite"])
    #expect(list.items.map(\.kind) == [.access, .evidence] && list.items.map(\.party) == ["acme", "onsite"])
    #expect(list.items[1].controls == ["demo/1.1", "demo/1.2[a]"] && list.items[0].controls.isEmpty)
    #expect(list.bytes == Array(Self.text.utf8))
    let turned = HandoverList(list.items.reversed())
    #expect(try HandoverList(parsing: turned.bytes) == turned)
  }

  @Test func `what is no item is told with its line`() {
    #expect(Self.fault(Self.text) == nil)
    let changes = [
      ("access-jane", "Access Jane"), ("\taccess\t", "\tdoor\t"), ("\tacme\t", "\tAcme Inc\t"),
      ("2027-12-31\twithdraw", "2027-13-31\twithdraw"), ("withdraw the access of Jane", ""), ("\t-\n", "\n"),
      ("of Jane", "of\u{1b}[31m Jane"),
    ]
    for (old, new) in changes {
      #expect(
        Self.fault(Self.text.replacing(old, with: new))?.hasPrefix("line 1 is not an item") == true, "\(old) \(new)")
    }
    #expect(Self.fault(Self.text.replacing("demo/1.1,", with: "1.1,"))?.hasPrefix("line 2") == true)
  }

  @Test func `no two items have one id, and each line is ended`() {
    let twice = Self.text.replacing("evidence-onsite", with: "access-jane")
    #expect(Self.fault(twice) == "line 2 is a second item 'access-jane'")
    #expect(Self.fault(String(Self.text.dropLast())) == "it has no newline at its end")
    #expect(Self.fault("") == "it has no newline at its end")
  }

  @Test func `a label names a list or an item, and nothing else`() {
    #expect(HandoverLabel.engagement("hand-over/acme-onsite") == "acme-onsite")
    #expect(HandoverLabel.name("hand-over/acme-onsite") == nil)
    #expect(HandoverLabel.name("hand-over/acme-onsite/access-jane") == "acme-onsite/access-jane")
    #expect(HandoverLabel.engagement("hand-over/acme-onsite/access-jane") == nil)
    for other in ["hand-over", "hand-over/", "request/14", "hand-over/Acme", "hand-over/a/b/c"] {
      #expect(HandoverLabel.engagement(other) == nil && HandoverLabel.name(other) == nil, "\(other)")
    }
  }

  @Test func `the day of a list is read back`() throws {
    let day = try #require(Day("2028-01-01"))
    #expect(HandoverDay.read(HandoverDay.query(day)) == day)
    for other in [nil, "2028-01-01", "on=", "on=2028-13-01"] { #expect(HandoverDay.read(other) == nil) }
  }
}
