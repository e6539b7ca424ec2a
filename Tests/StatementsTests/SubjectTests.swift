import Crypto
import Statements
import Testing
import TestSupport

/// The objects that statements bring, and arrays that lie in objects of their own.
struct SubjectTests {
  private static let root = SHA256.hash("root")

  private static func payload(
    _ predicate: Predicate, _ subjects: [Subject], placeholder: Digest = root, listed: [String: Digest] = [:]
  ) -> [UInt8] {
    Statement.payload(
      predicate, store: "acme/test", signedAt: Instant(millisecondsSinceEpoch: 0),
      seen: Statement.Seen(root: root, size: 7), subjects: subjects, placeholder: placeholder, listed: listed)
  }

  private static func subject(
    _ name: String, _ type: String = "text/plain", _ digest: Digest = SHA256.hash("x")
  ) -> Subject {
    Subject(name: name, digest: digest, size: 1, mediaType: type)
  }

  private static let evidence = Predicate.evidence(Evidence(controls: ["demo/1.1"]))

  @Test(arguments: ["a", "a/b", ".a", "a.b", "...", "a b", "\u{e9}", "~", "a/.../b", "manifest", "list/controls"])
  func `evidence stands under its path`(_ name: String) {
    #expect(fault(Self.payload(Self.evidence, [Self.subject(name)])) == nil)
  }

  @Test(arguments: [
    "", "/", "/a", "a/", "a//b", ".", "..", "./a", "../a", "a/..", "a/./b", "a\\b", "a\nb", "a\u{0}", "a\u{7f}",
    "a\u{85}b", String(repeating: "a", count: 4097),
  ])
  func `a name that leads elsewhere is refused`(_ name: String) {
    #expect(fault(Self.payload(Self.evidence, [Self.subject(name)])) != nil)
  }

  @Test func `subjects stand in byte order, each name once`() throws {
    let right = Self.payload(Self.evidence, [Self.subject("b"), Self.subject("a"), Self.subject("\u{ff}")])
    #expect(fault(right) == nil)
    #expect(try Statement(payload: right) { _ in nil }.subjects.map(\.name) == ["a", "b", "\u{ff}"])
    #expect(fault(Self.payload(Self.evidence, [Self.subject("a"), Self.subject("a")])) != nil)
    let value = try JSONValue(canonical: right)
    guard case .array(let subjects)? = value["subject"] else { return }
    #expect(fault(value.setting(["subject"], .array(subjects.reversed())).canonicalBytes) != nil)
    #expect(fault(value.setting(["subject"], .array([])).canonicalBytes) != nil)
    // Spellings of one letter are two names.
    #expect(fault(Self.payload(Self.evidence, [Self.subject("e\u{301}"), Self.subject("\u{e9}")])) == nil)
  }

  @Test func `evidence brings something`() {
    #expect(fault(Self.payload(Self.evidence, [])) != nil)
  }

  @Test func `a manifest stands alone`() {
    let manifest = Self.subject("manifest", MediaType.manifest)
    #expect(fault(Self.payload(Self.evidence, [manifest])) == nil)
    #expect(fault(Self.payload(Self.evidence, [manifest, Self.subject("a")])) != nil)
    #expect(fault(Self.payload(Self.evidence, [Self.subject("m", MediaType.manifest)])) != nil)
  }

  @Test func `where nothing is brought the one subject is the root that was seen`() {
    let hold = Predicate.hold(Hold(event: .begin, id: "h", reason: "r"))
    #expect(fault(Self.payload(hold, [])) == nil)
    #expect(fault(Self.payload(hold, [], placeholder: SHA256.hash("another"))) != nil)
    #expect(fault(Self.payload(hold, [Self.subject("a")])) != nil)
    #expect(fault(Self.payload(hold, [Self.subject("_")])) != nil)
  }

  @Test func `a predicate's object is the one that it names`() {
    let day = Day(daysSinceEpoch: 20_000)
    let framework = Predicate.framework(FrameworkAdoption(id: "demo", catalog: Self.root, effective: day))
    func isRefused(_ predicate: Predicate, _ subjects: [Subject]) -> Bool {
      fault(Self.payload(predicate, subjects)) != nil
    }
    #expect(!isRefused(framework, [Self.subject("catalog", MediaType.catalog, Self.root)]))
    #expect(isRefused(framework, []))
    #expect(isRefused(framework, [Self.subject("catalog", MediaType.catalog)]))
    #expect(isRefused(framework, [Self.subject("catalog", "application/json", Self.root)]))
    #expect(isRefused(framework, [Self.subject("catalogue", MediaType.catalog, Self.root)]))
    #expect(
      isRefused(framework, [Self.subject("catalog", MediaType.catalog, Self.root), Self.subject("more")]))
    let version = Predicate.engagement(EngagementEvent(event: .version, id: "e", document: Self.root))
    let document = Self.subject("document", MediaType.document, Self.root)
    #expect(!isRefused(version, [document, Self.subject("paper.pdf")]))
    #expect(isRefused(version, [Self.subject("paper.pdf")]))
    #expect(isRefused(.engagement(EngagementEvent(event: .end, id: "e")), [document]))
    let token = Predicate.anchor(Anchor(kind: .timestamp, size: 1))
    #expect(!isRefused(token, [Self.subject("token")]))
    #expect(isRefused(token, [Self.subject("cosignature")]))
    #expect(isRefused(token, [Self.subject("token"), Self.subject("z")]))
    #expect(isRefused(token, []))
  }

  // MARK: Lists

  private static let list = SHA256.hash(Array("[\"demo/1.1\",\"demo/1.2\"]".utf8))

  private static func listed(_ digest: Digest, name: String = "list/controls") -> [UInt8] {
    payload(
      evidence, [subject("a"), subject(name, MediaType.list, digest)], listed: ["controls": digest])
  }

  @Test func `an array may lie in an object of its own`() throws {
    let payload = Self.listed(Self.list)
    let statement = try Statement(payload: payload) { digest in
      digest == Self.list ? Array("[\"demo/1.1\",\"demo/1.2\"]".utf8) : nil
    }
    guard case .evidence(let evidence) = statement.predicate else { return }
    #expect(evidence.controls == ["demo/1.1", "demo/1.2"])
    #expect(statement.missingLists.isEmpty)
    #expect(statement.subjects.map(\.name) == ["a", "list/controls"])
  }

  @Test func `a list that is missing is told, and the statement is one`() throws {
    let statement = try Statement(payload: Self.listed(Self.list)) { _ in nil }
    guard case .evidence(let evidence) = statement.predicate else { return }
    #expect(evidence.controls.isEmpty)
    #expect(statement.missingLists == [Self.list])
  }

  @Test(arguments: [
    "[]", "{}", "\"demo/1.1\"", "[\"demo/1.1\"]\n", "[ \"demo/1.1\"]", "[1]", "[\"demo\"]", "", "[null]",
    "[\"demo/1.1\",]",
    "{\"list\":\"0000000000000000000000000000000000000000000000000000000000000000\"}",
  ])
  func `an object that is no such array makes the statement malformed`(_ text: String) {
    let digest = SHA256.hash(text)
    #expect(fault(Self.listed(digest)) { _ in Array(text.utf8) } != nil)
  }

  @Test func `a list is brought as a subject`() throws {
    let source: ListLoader.Source = { _ in Array("[\"demo/1.1\"]".utf8) }
    #expect(fault(Self.listed(Self.list), lists: source) == nil)
    #expect(fault(Self.listed(Self.list, name: "list/units"), lists: source) != nil)
    let without = Self.payload(Self.evidence, [Self.subject("a")], listed: ["controls": Self.list])
    #expect(fault(without, lists: source) != nil)
    let value = try JSONValue(canonical: Self.listed(Self.list))
    for reference in [
      JSONObject([("list", .string("xyz"))]), JSONObject([("list", .integer(1))]), JSONObject(),
      JSONObject([("list", .string(Self.list.hex)), ("more", .integer(1))]),
      JSONObject([("lists", .string(Self.list.hex))]),
    ] {
      #expect(
        fault(value.setting(["predicate", "controls"], .object(reference)).canonicalBytes, lists: source) != nil)
    }
  }

  private static func listed(_ text: String, size: Int? = nil) -> [UInt8] {
    let digest = SHA256.hash(text)
    let list = Subject(
      name: "list/controls", digest: digest, size: size ?? text.utf8.count, mediaType: MediaType.list)
    return payload(evidence, [subject("a"), list], listed: ["controls": digest])
  }

  private static func controls(_ count: Int) -> String {
    "[" + (0..<count).map { "\"demo/\($0)\"" }.joined(separator: ",") + "]"
  }

  @Test func `a list has at most twenty thousand elements`() {
    let most = Self.controls(20_000)
    #expect(fault(Self.listed(most)) { _ in Array(most.utf8) } == nil)
    let more = Self.controls(20_001)
    #expect(fault(Self.listed(more)) { _ in Array(more.utf8) }?.reason.contains("20001 elements") == true)
  }

  @Test func `a list has no element twice`() {
    let twice = "[\"demo/1.1\",\"demo/1.2\",\"demo/1.1\"]"
    #expect(fault(Self.listed(twice)) { _ in Array(twice.utf8) }?.path == "predicate.controls[2]")
  }

  @Test func `a list that is too long is not even read`() {
    let limit = ListLoader.sizeLimit
    var asked = 0
    let source: ListLoader.Source = { _ in
      asked += 1
      return nil
    }
    #expect(fault(Self.listed("x", size: limit + 1), lists: source) != nil)
    #expect(asked == 0)
    #expect(fault(Self.listed("x", size: limit), lists: source) == nil)
    #expect(asked == 1)
  }
}
