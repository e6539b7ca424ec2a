internal import Crypto
internal import Findings
package import Storage

/// The address of a store that is no folder here: `s3://BUCKET/PREFIX`, or `https://HOST/PATH`, which can only be read.
package struct StoreAddress: Sendable, Hashable {
  package let text: String

  /// - Returns: nil for what is a path. Slashes that say nothing, and a scheme in capitals, are spelled as everywhere else.
  package init?(_ text: String) {
    let lower = text.prefix(8).lowercased()
    guard lower.hasPrefix("s3://") || lower.hasPrefix("https://") || lower.hasPrefix("http://") else { return nil }
    var rest = text[...]
    while rest.last == "/" { rest = rest.dropLast() }
    let scheme = lower.prefix { $0 != "/" }
    let place = rest.dropFirst(scheme.count).prefix { $0 != "?" }
    let options = rest.dropFirst(scheme.count + place.count)
    let words = scheme == "s3:" ? place.split(separator: "/").joined(separator: "/") : String(place.dropFirst(2))
    self.text = "\(scheme)//\(words)\(options)"
  }

  /// Whether it can be written to.
  package var isBucket: Bool { text.lowercased().hasPrefix("s3://") }

  /// How its bucket keeps what nobody may delete (`lock=governance|compliance`); nil where it keeps nothing.
  ///
  /// It stands there as it is: the helper refuses an address that says it in any other way, and one that says it twice.
  package var lock: LockMode? {
    guard isBucket else { return nil }
    let options = text.drop { $0 != "?" }.dropFirst().split(separator: "&")
    return options.first { $0.hasPrefix("lock=") }.flatMap { LockMode(rawValue: String($0.dropFirst(5))) }
  }

  /// What to do where a bucket has a store and no checkpoint; nil where that is no question of the address.
  ///
  /// Nothing in a store says in which bucket its checkpoint lies: that is why everybody has to write the same address.
  static func headHint(_ layout: StoreLayout) -> String? {
    guard let place = layout.address.flatMap({ StoreAddress($0) }), place.isBucket,
      !place.text.contains("?head="), !place.text.contains("&head=")
    else { return nil }
    return "write the address as whoever made the store does: s3://BUCKET/PREFIX?head=BUCKET2; if it never had a "
      + "'head=', 'checkpoint' was deleted"
  }

  /// Refuses a password in an address, which would be remembered and shown.
  package func check() throws {
    let authority = text.drop { $0 != "/" }.dropFirst(2).prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else {
      throw Failure(
        .usage, "the address of a store holds a name or a password before its host",
        hint: "credentials come from the environment or a profile, as S3 clients have them")
    }
  }
}

extension Desk {
  /// The folder at hand of a store elsewhere: what was read and does not change, and what is about to be written.
  ///
  /// It is that of a place and not of a spelling: the same address leads elsewhere with another endpoint or account, and two
  /// addresses to one place.
  package func layout(of address: StoreAddress) throws -> StoreLayout {
    let place = try "\(hosts.host(of: address.text).place) \(address.lock?.rawValue ?? "")"
    return StoreLayout(root: "\(home.path)/cache/elsewhere/\(SHA256.hash(place).hex)", address: address.text)
  }
}
