internal import RemoteWire

/// Where a store lies: how what is asked for by a name becomes a request over HTTP.
protocol StoreHost {
  /// - Throws: ``Refusal`` for what is never asked there.
  func exchange(for request: WireRequest) throws(Refusal) -> Exchange
  /// What tells it from any other place, however its address is spelled.
  var place: String { get }
}

/// Names below a store's root.
enum ObjectName {
  /// A name as a part of a path.
  ///
  /// - Throws: ``Refusal`` for one that would be another by the time it arrives, or lie outside the root.
  static func path(_ name: String) throws(Refusal) -> String {
    let segments = name.split(separator: "/", omittingEmptySubsequences: false)
    // S3 has room for 1,024 bytes with the store's prefix ("Creating object key names").
    guard name.utf8.count <= 480, name.utf8.allSatisfy({ $0 > 0x1f && $0 != 0x7f }),
      segments.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." })
    else { throw Refusal(status: 0, fault: "what is asked for is no name of an object") }
    return PercentEncoding.encoded(name, keepsSlashes: true)
  }
}
