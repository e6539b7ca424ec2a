internal import RemoteWire
package import Storage

/// A host of which each request can be watched, changed or refused.
package final class WatchedHost: StoreHost {
  package typealias Watch = @Sendable (_ request: HostRequest, _ ask: () throws -> HostAnswer) throws -> HostAnswer

  private let base: any StoreHost
  private let watch: Watch
  package let place: String
  package var address: String { base.address }

  /// - Parameter place: What tells it from others; nil for the base's own.
  package init(_ base: any StoreHost, place: String? = nil, watch: @escaping Watch = { try $1() }) {
    self.base = base
    self.place = place ?? base.place
    self.watch = watch
  }

  package func perform(_ requests: [HostRequest]) throws -> [HostAnswer] {
    try requests.map { request in try watch(request) { try base.perform(request) } }
  }
}

extension HostRequest {
  /// What is asked, and of what: `put checkpoint`.
  package var line: String { "\(wire.verb.rawValue) \(wire.name)" }
}
