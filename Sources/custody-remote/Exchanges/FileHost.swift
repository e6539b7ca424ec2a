internal import Findings
internal import RemoteWire

/// A store that any host of files shows: it can be read by those who know the names in it, and nothing else.
struct FileHost: StoreHost {
  let root: EndpointURL
  let certificates: String?

  /// - Throws: `usage` for anything but `http(s)://host/path`.
  init(_ text: String, certificates: String?) throws {
    guard let root = EndpointURL(text) else {
      throw Failure(
        .usage, "the store's address cannot be used",
        hint: "write it as in https://host/path, without a name and a password")
    }
    self.root = root
    self.certificates = certificates
  }

  var place: String { root.origin() + root.path }

  func exchange(for request: WireRequest) throws(Refusal) -> Exchange {
    let method: Exchange.Method
    switch request.verb {
    case .get: method = .get
    case .head: method = .head
    // RFC 9110, 15.6.2 and 15.5.6.
    case .list, .versions: throw Refusal(status: 501, fault: "a store behind https cannot be listed")
    case .put, .delete, .retain, .hold: throw Refusal(status: 405, fault: "a store behind https can only be read")
    }
    var exchange = Exchange(method: method, url: root.origin() + root.path + "/" + (try ObjectName.path(request.name)))
    if method == .get { exchange.yield = .body(limit: request.limit ?? .max) }
    exchange.certificates = certificates
    // From what is verified to what is verified, never to what is not.
    exchange.mayBeLedOn = root.isSecure
    return exchange
  }
}
