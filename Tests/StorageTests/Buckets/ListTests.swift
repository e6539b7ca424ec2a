import BucketSupport
import RemoteWire
import Synchronization
import TestSupport
import Testing

@testable import Storage

/// Lists that come page by page.
struct ListTests {
  /// What a host answers to one request for names.
  private struct Page {
    var names: [String] = []
    var hasMore = true
    var token: String?
  }

  /// A host that gives these pages one after the other, the last of them for ever, and what each was asked for with.
  private final class Pages: StoreHost {
    let address = "s3://memory/acme"
    private let pages: [Page]
    private let seen = Mutex<[String]>([])
    init(_ pages: [Page]) { self.pages = pages }
    var asked: [String] { seen.withLock(\.self) }

    func perform(_ requests: [HostRequest]) throws -> [HostAnswer] {
      requests.map { request in
        let count = seen.withLock { seen in
          seen.append([request.wire.after ?? "-", request.wire.token ?? "-"].joined(separator: " "))
          return seen.count
        }
        let page = pages[min(count, pages.count) - 1]
        var answer = WireAnswer(id: 0, status: 200)
        answer.entries = page.names.map { WireAnswer.Entry(name: $0, size: 1) }
        (answer.hasMore, answer.token) = (page.hasMore, page.token)
        return HostAnswer(answer)
      }
    }
  }

  private func names(_ host: any StoreHost, _ prefix: String = "") throws -> [String] {
    let folder = try TemporaryFolder()
    var names: [String] = []
    try BucketContents(host, layout: StoreLayout(root: folder.path("hand")), keeps: false).list(prefix) {
      names.append($0.name)
    }
    return names
  }

  @Test func `a list goes on where the host says, else after the last name`() throws {
    let host = Pages([
      Page(token: "one"), Page(names: ["a", "b"], token: "two"), Page(token: "three"), Page(names: ["c"]),
      Page(names: ["d"], hasMore: false, token: "unused"),
    ])
    #expect(try names(host) == ["a", "b", "c", "d"])
    #expect(host.asked == ["- -", "- one", "- two", "- three", "c -"])
  }

  @Test func `a store is listed whole where pages come empty`() throws {
    let (plain, empty) = (MemoryBucket(), MemoryBucket(givesTokens: true))
    for bucket in [plain, empty] {
      for number in 0..<100 { bucket.put([1], at: number < 50 ? "object/\(number)" : "tile/\(number)") }
    }
    for prefix in ["", "tile/", "object/4", "none"] { #expect(try names(plain, prefix) == names(empty, prefix)) }
    empty.restart()
    #expect(try names(empty, "tile/9").count == 10)
    #expect(empty.count == 15)
  }

  @Test func `a list that gets no further ends with an error`() throws {
    let stuck: [[Page]] = [
      // Nothing says where to go on.
      [Page()],
      // The same question again.
      [Page(names: ["a"], token: "one"), Page(token: "one")],
      // A name twice, and one that goes back.
      [Page(names: ["a"]), Page(names: ["a"])],
      [Page(names: ["a", "c"], token: "one"), Page(names: ["b"], hasMore: false)],
    ]
    for pages in stuck {
      let host = Pages(pages)
      let error = #expect(throws: StorageError.self) { _ = try names(host) }
      #expect(error?.code == .unavailable && error?.message.contains("gets no further") == true)
      #expect(host.asked.count <= 2)
    }
  }

  @Test func `a host that only ever gives new tokens is asked so often and no more`() throws {
    let count = Mutex(0)
    let host = WatchedHost(MemoryBucket()) { _, _ in
      var answer = WireAnswer(id: 0, status: 200)
      (answer.entries, answer.hasMore) = ([], true)
      answer.token = count.withLock { count in
        count += 1
        return "\(count)"
      }
      return HostAnswer(answer)
    }
    let error = #expect(throws: StorageError.self) { _ = try names(host) }
    #expect(error?.code == .unavailable)
    #expect(count.withLock(\.self) == 1000)
  }
}
