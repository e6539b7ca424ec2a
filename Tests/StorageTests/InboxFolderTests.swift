import TestSupport
import Testing

@testable import Storage

/// The drop box: what was not read is never removed.
@Suite struct InboxFolderTests {
  @Test("A file that took the place of the one that was read stays") func replaced() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("inbox")
    let inbox = InboxFolder(StoreLayout(root: folder.path))
    try folder.write(Array("first\n".utf8), to: "inbox/a.offer")
    let mark = inbox.mark(of: "a.offer")
    try folder.remove("inbox/a.offer")
    try folder.write(Array("other\n".utf8), to: "inbox/b")
    try folder.write(Array("second\n".utf8), to: "inbox/a.offer")
    #expect(try !inbox.remove("a.offer", mark))
    #expect(inbox.names() == ["a.offer", "b"])
    #expect(try inbox.remove("a.offer", inbox.mark(of: "a.offer")))
    #expect(inbox.names() == ["b"])
  }

  @Test("What is refused twice under one name is kept twice") func refusedTwice() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("inbox")
    let inbox = InboxFolder(StoreLayout(root: folder.path))
    for text in ["one\n", "two\n"] {
      try folder.write(Array(text.utf8), to: "inbox/a.offer")
      try inbox.refuse("a.offer", because: "it says nothing")
    }
    #expect(inbox.names().isEmpty)
    #expect(folder.read("inbox/refused/a.offer") == Array("one\n".utf8))
    #expect(folder.read("inbox/refused/2-a.offer") == Array("two\n".utf8))
  }
}
