import Crypto
import Foundation
package import RemoteWire
import Storage

extension MemoryBucket {
  /// One of the versions of a name.
  package struct Version: Equatable {
    package var id: String
    /// nil for the mark of a deletion.
    package var bytes: [UInt8]?
    package var retention: WireRequest.Retention?
    package var isHeld = false
  }

  struct Lock {
    /// By name, the newest first.
    var versions: [String: [Version]] = [:]
    var now = 0
    var count = 0
  }
}

extension MemoryBucket.State {
  /// What a bucket with object lock answers, as Ceph 16.2 was seen to: a name that is there is made again whatever the condition.
  mutating func answerLocking(_ request: HostRequest, forgets: Bool) throws -> HostAnswer {
    let wire = request.wire
    func status(_ status: Int) -> HostAnswer { HostAnswer(WireAnswer(id: wire.id, status: status)) }
    let all = lock.versions[wire.name] ?? []
    let place = wire.version.map { id in all.firstIndex { $0.id == id } } ?? all.indices.first
    switch wire.verb {
    case .put:
      let bytes = try wire.file.map { Array(try Data(contentsOf: URL(filePath: $0))) } ?? request.body
      guard wire.digest == SHA256.hash(bytes).hex else { return status(400) }
      if let until = wire.retention?.until, until <= lock.now { return status(400) }
      lock.count += 1
      let made = MemoryBucket.Version(
        id: "v\(lock.count)", bytes: bytes, retention: forgets ? nil : wire.retention,
        isHeld: wire.isHeld == true && !forgets)
      lock.versions[wire.name] = [made] + all
      write(bytes, wire.name)
      var answer = status(200)
      answer.wire.version = made.id
      return answer
    case .head:
      guard let place, let bytes = all[place].bytes else { return status(404) }
      var answer = status(200)
      (answer.wire.size, answer.wire.version) = (bytes.count, all[place].id)
      (answer.wire.retention, answer.wire.isHeld) = (all[place].retention, all[place].isHeld)
      return answer
    case .delete:
      guard let version = wire.version else {
        lock.count += 1
        lock.versions[wire.name] = [MemoryBucket.Version(id: "v\(lock.count)", bytes: nil)] + all
        objects[wire.name] = nil
        return status(204)
      }
      guard let place else { return status(204) }
      let mayPass = wire.bypassesGovernance == true && all[place].retention?.mode == .governance
      let isKept = (all[place].retention?.until ?? .min) > lock.now && !mayPass
      guard !isKept, !all[place].isHeld else { return status(403) }
      lock.versions[wire.name]?.removeAll { $0.id == version }
      let newest = lock.versions[wire.name]?.first?.bytes
      objects[wire.name] = newest.map { ($0, "tag-\(lock.count)") }
      return status(204)
    case .retain:
      guard let place, wire.digest == SHA256.hash(request.body).hex else { return status(404) }
      // Without the special right it is only ever lengthened, and keeps its mode.
      if let own = all[place].retention {
        guard own.until <= wire.retention?.until ?? 0, own.mode == wire.retention?.mode else { return status(403) }
      }
      lock.versions[wire.name]?[place].retention = wire.retention
      return status(200)
    case .hold:
      guard let place, wire.digest == SHA256.hash(request.body).hex else { return status(404) }
      lock.versions[wire.name]?[place].isHeld = wire.isHeld ?? false
      return status(200)
    case .versions:
      var answer = status(200)
      let rest = all.dropFirst(wire.token.flatMap { id in all.firstIndex { $0.id == id } }.map { $0 + 1 } ?? 0)
      // Few at a time, so that going on is tried.
      answer.wire.hasMore = rest.count > 7
      answer.wire.token = rest.count > 7 ? rest.prefix(7).last?.id : nil
      answer.wire.entries = rest.prefix(7).map { version in
        var entry = WireAnswer.Entry(name: wire.name, size: version.bytes?.count ?? 0)
        (entry.version, entry.isMarker) = (version.id, version.bytes == nil ? true : nil)
        return entry
      }
      return answer
    case .get, .list: return status(500)
    }
  }
}
