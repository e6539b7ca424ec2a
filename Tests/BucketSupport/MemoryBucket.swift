internal import Crypto
internal import Foundation
internal import RemoteWire
package import Storage
internal import Synchronization
internal import TreeLog

/// A bucket in memory that keeps the rules of one, and breaks off, repeats or loses what it is told to.
///
/// It also watches what no writer may do: write other bytes under a name that readers know.
package final class MemoryBucket: StoreHost {
  /// What happens to a request.
  package enum Trouble: String, CaseIterable {
    /// It goes nowhere.
    case unsent
    /// It is done, and nobody hears of it.
    case unheard
    /// It is done twice; the second answer is heard.
    case twice
    /// The host has no time: 503, and nothing was done.
    case busy
    /// Nothing was done, and it was sent: nobody can know.
    case vanished
  }

  struct State {
    var objects: [String: (bytes: [UInt8], tag: String)] = [:]
    var count = 0
    var log: [String] = []
    var rewritten: [String] = []
    /// By the number of the request, from 1 on.
    var troubles: [Int: Trouble] = [:]
    /// From this request on the writer is dead; nil while it lives.
    var deadFrom: Int?
    var tags = 0
    /// What of the bucket's lock there is: see MemoryBucket+Lock.
    var lock = Lock()
  }

  package struct Died: Error {}

  package let address = "s3://memory/acme"
  private let state = Mutex(State())
  /// Whether a name that is there is made again although it must not be, as some buckets do.
  private let passesOverConditions: Bool
  /// Whether it has versions, and object lock; then it passes over conditions for all but the checkpoint, which lies elsewhere.
  private let locks: Bool
  /// Whether it says yes to retentions, and keeps nothing.
  private let forgetsRetention: Bool

  /// Whether its lists look at a few names at a time, whatever they begin with, and say where they go on: some pages are empty.
  private let givesTokens: Bool

  package init(
    passesOverConditions: Bool = false, locks: Bool = false, forgetsRetention: Bool = false, givesTokens: Bool = false
  ) {
    self.givesTokens = givesTokens
    self.passesOverConditions = passesOverConditions
    self.locks = locks
    self.forgetsRetention = forgetsRetention
  }

  // MARK: What tests ask

  package var count: Int { state.withLock(\.count) }
  package var log: [String] { state.withLock(\.log) }
  /// Names that readers know, and that were written twice with other bytes.
  package var rewritten: [String] { state.withLock(\.rewritten) }
  package var names: [String] { state.withLock { $0.objects.keys.sorted() } }
  package func bytes(_ name: String) -> [UInt8]? { state.withLock { $0.objects[name]?.bytes } }

  /// Begins to count anew.
  package func restart(_ troubles: [Int: Trouble] = [:], deadFrom: Int? = nil) {
    state.withLock { state in
      (state.count, state.log, state.troubles, state.deadFrom) = (0, [], troubles, deadFrom)
    }
  }

  /// All versions of a name, the newest first; a mark of a deletion has no bytes.
  package func versions(_ name: String) -> [Version] { state.withLock { $0.lock.versions[name] ?? [] } }
  /// The seconds since 1970 at the bucket.
  package func setClock(_ seconds: Int) { state.withLock { $0.lock.now = seconds } }

  package func put(_ bytes: [UInt8], at name: String) { state.withLock { $0.write(bytes, name) } }
  package func remove(_ name: String) { state.withLock { $0.objects[name] = nil } }

  // MARK: What the host is asked

  package func perform(_ requests: [HostRequest]) throws -> [HostAnswer] {
    try requests.map { request in
      try state.withLock { state in
        state.count += 1
        state.log.append("\(request.wire.verb.rawValue) \(request.wire.name)")
        if let dead = state.deadFrom, state.count >= dead { throw Died() }
        switch state.troubles[state.count] {
        case .unsent:
          var answer = WireAnswer(id: 0, status: 0)
          answer.isUnsent = true
          return HostAnswer(answer)
        case .vanished: return HostAnswer(WireAnswer(id: 0, status: 0))
        case .busy: return HostAnswer(WireAnswer(id: 0, status: 503))
        case .unheard:
          _ = try answer(request, &state)
          return HostAnswer(WireAnswer(id: 0, status: 0))
        case .twice:
          _ = try answer(request, &state)
          return try answer(request, &state)
        case nil: return try answer(request, &state)
        }
      }
    }
  }

  private func answer(_ request: HostRequest, _ state: inout State) throws -> HostAnswer {
    let wire = request.wire
    let isElsewhere = wire.name == "checkpoint" || wire.name.hasPrefix(BucketProbe.prefix)
    if locks, !isElsewhere, wire.verb != .list, wire.verb != .get {
      return try state.answerLocking(request, forgets: forgetsRetention)
    }
    let found = state.objects[wire.name]
    var answer = WireAnswer(id: wire.id, status: 200)
    answer.tag = found?.tag
    answer.size = found?.bytes.count
    switch wire.verb {
    case .get:
      guard let found else { return HostAnswer(WireAnswer(id: wire.id, status: 404)) }
      if let file = wire.file {
        try Data(found.bytes).write(to: URL(filePath: file))
        return HostAnswer(answer)
      }
      return HostAnswer(answer, body: Array(found.bytes.prefix((wire.limit ?? .max - 1) + 1)))
    case .head: return HostAnswer(found == nil ? WireAnswer(id: wire.id, status: 404) : answer)
    case .delete:
      state.objects[wire.name] = nil
      return HostAnswer(WireAnswer(id: wire.id, status: 204))
    case .retain, .hold, .versions: return HostAnswer(WireAnswer(id: wire.id, status: 400))
    case .list where givesTokens:
      let rest = state.objects.keys.filter { $0 > (wire.token ?? "") }.sorted()
      let page = rest.prefix(7)
      answer.entries = page.filter { $0.hasPrefix(wire.name) }.map {
        .init(name: $0, size: state.objects[$0]?.bytes.count ?? 0)
      }
      answer.hasMore = rest.count > page.count
      answer.token = rest.count > page.count ? page.last : nil
      return HostAnswer(answer)
    case .list:
      let names = state.objects.keys.filter { $0.hasPrefix(wire.name) && $0 > (wire.after ?? "") }.sorted()
      // Few at a time, so that going on is tried.
      answer.entries = names.prefix(7).map { .init(name: $0, size: state.objects[$0]?.bytes.count ?? 0) }
      answer.hasMore = names.count > 7
      return HostAnswer(answer)
    case .put:
      let bytes = try wire.file.map { Array(try Data(contentsOf: URL(filePath: $0))) } ?? request.body
      // As Ceph has it in a bucket without object lock.
      guard wire.retention == nil, wire.isHeld == nil else { return HostAnswer(WireAnswer(id: wire.id, status: 400)) }
      guard wire.digest == SHA256.hash(bytes).hex else { return HostAnswer(WireAnswer(id: wire.id, status: 400)) }
      switch wire.condition {
      case .absent? where found != nil && !passesOverConditions, .unchanged? where found == nil:
        return HostAnswer(WireAnswer(id: wire.id, status: 412))
      case .unchanged(let tag)? where found?.tag != tag && !passesOverConditions:
        return HostAnswer(WireAnswer(id: wire.id, status: 412))
      default: break
      }
      state.write(bytes, wire.name)
      return HostAnswer(WireAnswer(id: wire.id, status: 200))
    }
  }
}

extension MemoryBucket.State {
  mutating func write(_ bytes: [UInt8], _ name: String) {
    if let old = objects[name], old.bytes != bytes, name.hasPrefix("tile/") || name.hasPrefix("object/") {
      rewritten.append(name)
    }
    tags += 1
    objects[name] = (bytes, "tag-\(tags)")
  }
}
