internal import Crypto
internal import RemoteWire
internal import TreeLog

/// What became of an object that was to be removed for good.
package enum RemovedObject: Sendable, Equatable {
  /// Its bytes are gone, in every version.
  case gone
  /// No reader sees it any more, and the bucket still has its bytes: until a moment, in seconds since 1970 in UTC, and beyond
  /// it for as long as a legal hold is on it.
  case hidden(until: Int?, isHeld: Bool)
  /// Nothing was there.
  case absent
}

/// Removes an object from a bucket that has versions: to delete a name there only hides what it named.
struct ObjectRemover {
  let host: PatientHost
  /// Whether what is kept in the mode `governance` is deleted all the same, if the credentials have that right.
  let bypassesGovernance: Bool

  /// Whether deleting an object by its name would only hide it.
  func hasVersions(_ digest: Digest) throws -> Bool {
    let name = ObjectPath.path(digest)
    let answer = try host.perform(HostRequest(.head, name)).wire
    if let version = answer.version { return version != "null" }
    guard answer.status == 404 else { return false }
    // Somebody may have hidden it by its name alone. Where there are no versions to be listed, there are none to be removed.
    let found = try host.perform(HostRequest(.versions, name)).wire
    return found.isDone && found.entries?.isEmpty == false
  }

  func remove(_ digest: Digest) throws -> RemovedObject {
    let name = ObjectPath.path(digest)
    let found = try versions(name)
    let bytes = found.filter { $0.isMarker != true }
    guard !bytes.isEmpty else { return .absent }
    let answers = try host.perform(bytes.map { delete(name, $0.version) })
    var left: [String?] = []
    for (entry, answer) in zip(bytes, answers) where !answer.wire.isDone && answer.wire.status != 404 {
      guard answer.wire.status == 403 else { throw StorageError(answer.wire, "delete '\(name)'", at: host.address) }
      left.append(entry.version)
    }
    guard !left.isEmpty else {
      // Marks that hide nothing any more.
      _ = try? host.perform(found.filter { $0.isMarker == true }.map { delete(name, $0.version) })
      return .gone
    }
    let kept = try host.perform(
      left.map { version in
        var request = HostRequest(.head, name)
        request.wire.version = version
        return request
      }
    ).map { ObjectLock.Kept($0.wire) }
    guard kept.contains(where: { $0.until != nil || $0.isHeld }) else {
      // Nothing keeps it: it is the credentials that may not.
      let refusal = answers.first { $0.wire.status == 403 }
      throw StorageError(refusal?.wire ?? WireAnswer(id: 0, status: 403), "delete '\(name)'", at: host.address)
    }
    if try !isHidden(name) {
      let answer = try host.perform(HostRequest(.delete, name)).wire
      guard answer.isDone else { throw StorageError(answer, "delete '\(name)'", at: host.address) }
    }
    return .hidden(until: kept.compactMap(\.until).max(), isHeld: kept.contains(where: \.isHeld))
  }

  private func isHidden(_ name: String) throws -> Bool { try host.perform(HostRequest(.head, name)).wire.status == 404 }

  private func delete(_ name: String, _ version: String?) -> HostRequest {
    var request = HostRequest(.delete, name)
    request.wire.version = version
    request.wire.bypassesGovernance = bypassesGovernance ? true : nil
    return request
  }

  private func versions(_ name: String) throws -> [WireAnswer.Entry] {
    var pages = ListPages("list the versions of '\(name)'", at: host.address)
    var found: [WireAnswer.Entry] = []
    while pages.hasMore { found += try pages.take(host.perform(pages.request(.versions, name)).wire) }
    return found
  }
}
