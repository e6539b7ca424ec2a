internal import RemoteWire
package import Storage

/// One of several stores in one bucket: its names are those below a prefix.
package final class PrefixedHost: StoreHost {
  private let base: any StoreHost
  private let prefix: String
  package let address: String
  package var place: String { address }

  /// - Parameters:
  ///   - base: The whole bucket.
  ///   - address: `s3://BUCKET/PREFIX`, whatever comes after it.
  package init(_ base: any StoreHost, address: String) {
    self.base = base
    self.address = address
    let path = address.prefix { $0 != "?" }.split(separator: "/").dropFirst(2).joined(separator: "/")
    prefix = path.isEmpty ? "" : path + "/"
  }

  package func perform(_ requests: [HostRequest]) throws -> [HostAnswer] {
    let asked = requests.map { request in
      var asked = request
      asked.wire.name = prefix + request.wire.name
      asked.wire.after = request.wire.after.map { prefix + $0 }
      return asked
    }
    return try base.perform(asked).map { answer in
      var given = answer
      given.wire.entries = answer.wire.entries?.map { entry in
        var own = WireAnswer.Entry(name: String(entry.name.dropFirst(prefix.count)), size: entry.size)
        (own.version, own.isMarker) = (entry.version, entry.isMarker)
        return own
      }
      return given
    }
  }
}
