/// Where a service listens: scheme, host, port and perhaps a path, and nothing that could be a credential.
struct EndpointURL: Equatable {
  let isSecure: Bool
  /// In lower case; an IPv6 address in brackets.
  let host: String
  let port: Int?
  /// Begins with a slash and does not end with one; empty for the root.
  let path: String

  /// - Returns: nil for what is not `http(s)://host[:port][/path]`: no user, no query, no fragment.
  init?(_ text: String) {
    let lower = text.lowercased()
    guard let scheme = ["https", "http"].first(where: { lower.hasPrefix("\($0)://") }), text.utf8.count <= 2048,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), !text.contains(where: { "@?#\\\"<>^`{|}".contains($0) })
    else { return nil }
    let rest = text.dropFirst(scheme.count + 3)
    let authority = rest.prefix { $0 != "/" }
    guard let (host, port) = EndpointURL.parts(authority.lowercased()) else { return nil }
    var path = rest.dropFirst(authority.count)
    while path.hasSuffix("/") { path = path.dropLast() }
    // libcurl would take them out, and the request would no longer be the one that was signed.
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard segments.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else { return nil }
    isSecure = scheme == "https"
    self.host = host
    self.port = port
    self.path = String(path)
  }

  private static func parts(_ authority: String) -> (host: String, port: Int?)? {
    var rest = authority[...]
    let host: Substring
    if rest.hasPrefix("[") {
      guard let end = rest.firstIndex(of: "]") else { return nil }
      host = rest[...end]
      guard host.count > 4, host.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
        return nil
      }
    } else {
      host = rest.prefix { $0 != ":" }
      guard !host.isEmpty, host.count <= 253, host.first != ".",
        host.allSatisfy({ ("a"..."z").contains($0) || ("0"..."9").contains($0) || "-._".contains($0) })
      else { return nil }
    }
    rest = rest.dropFirst(host.count)
    if rest.isEmpty { return (String(host), nil) }
    let digits = rest.dropFirst()
    guard rest.first == ":", digits.count <= 5, digits.allSatisfy({ ("0"..."9").contains($0) }),
      let port = Int(digits), (1...65535).contains(port)
    else { return nil }
    return (String(host), port)
  }

  /// Whether what is sent there does not leave the machine: 127.0.0.0/8 (RFC 5735, section 3), ::1, and `localhost`.
  ///
  /// Only plain spellings count: a resolver reads `127.1` and `0x7f.1` as it likes.
  var isLoopback: Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers[0] == "127"
      && numbers.allSatisfy { part in
        (1...3).contains(part.count) && part.allSatisfy { ("0"..."9").contains($0) }
          && (part.count == 1 || part.first != "0")
          && Int(part).map { $0 < 256 } == true
      }
  }

  /// Whether it is one of Amazon's own.
  var isAmazon: Bool { host.hasSuffix(".amazonaws.com") || host.hasSuffix(".amazonaws.com.cn") }

  /// Whether it is a number, before which no name can stand.
  var isNumeric: Bool { host.hasPrefix("[") || host.allSatisfy { !$0.isLetter } }

  /// Scheme, host and port, with a label before the host where one is given.
  func origin(label: String? = nil) -> String {
    "\(isSecure ? "https" : "http")://\(label.map { "\($0)." } ?? "")\(host)\(port.map { ":\($0)" } ?? "")"
  }
}
