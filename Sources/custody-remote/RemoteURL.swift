internal import Findings

/// The address of a service.
struct RemoteURL {
  /// As it was given.
  let text: String
  /// As it may be shown: without what may be a credential.
  let shown: String
  let isSecure: Bool

  /// - Throws: `usage` for anything but an address of http or https.
  init(_ text: String) throws {
    let lower = text.lowercased()
    let scheme = ["https", "http"].first { lower.hasPrefix("\($0)://") }
    guard let scheme, text.utf8.count <= 2048,
      text.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0.value != 0x7f })
    else {
      // What was given may hold a password, and is not repeated.
      throw Failure(.usage, "the address is not one of http or https", hint: "write it as in https://host/path")
    }
    self.text = text
    isSecure = scheme == "https"
    let rest = text.dropFirst(scheme.utf8.count + 3)
    let authority = rest.prefix { !"/?#".contains($0) }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    guard !host.isEmpty else {
      throw Failure(.usage, "the address names no host", hint: "write it as in https://host/path")
    }
    let path = rest.dropFirst(authority.count).prefix { !"?#".contains($0) }
    shown = "\(scheme)://\(host)\(path)"
  }
}
