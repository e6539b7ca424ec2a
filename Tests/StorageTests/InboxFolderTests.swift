import Foundation
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

  @Test("What is put aside never takes the place of another's reason") func reasonsStay() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("inbox")
    let inbox = InboxFolder(StoreLayout(root: folder.path))
    let names = ["2-x", "x", "x.reason.txt"]
    for text in ["one\n", "two\n"] {
      for name in names { try folder.write(Array("\(text)\(name)".utf8), to: "inbox/\(name)") }
      for name in names { try inbox.refuse(name, because: "it says nothing") }
    }
    let kept = try folder.files().filter { $0.hasPrefix("inbox/refused/") }.compactMap { folder.read($0) }
    for text in ["one\n", "two\n"] {
      for name in names { #expect(kept.contains(Array("\(text)\(name)".utf8)), "\(text)\(name)") }
    }
    #expect(kept.count == 12)
  }

  @Test("What a program of ours is still writing does not wait; a draft of an hour ago goes") func drafts() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("inbox")
    let layout = StoreLayout(root: folder.path)
    for name in ["a.note.0123456789ab.new", "b.note.0123456789ab.new", "c.new"] {
      try folder.write(Array("x\n".utf8), to: "inbox/\(name)")
    }
    #expect(InboxFolder(layout).names() == ["c.new"])
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -4000)], ofItemAtPath: folder.path("inbox/b.note.0123456789ab.new")
    )
    #expect(try LeftoverFiles(syscalls: Syscalls()).clean(layout) == 1)
    #expect(try folder.files() == ["inbox/a.note.0123456789ab.new", "inbox/c.new"])
  }
}
