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
  package var lock: LockMode? { option("lock").flatMap { LockMode(rawValue: $0) } }

  /// The bucket that has the checkpoint, where it is another.
  var head: String? { option("head") }

  private func option(_ name: String) -> String? {
    guard isBucket else { return nil }
    let options = text.drop { $0 != "?" }.dropFirst().split(separator: "&")
    return options.first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.utf8.count + 1)) }
  }

  /// What everybody has to write, wherever they come from: which bucket, which prefix, where the checkpoint is, what is kept.
  var shared: String {
    let options = [head.map { "head=\($0)" }, lock.map { "lock=\($0.rawValue)" }].compactMap(\.self)
    return text.prefix { $0 != "?" } + (options.isEmpty ? "" : "?\(options.joined(separator: "&"))")
  }

  /// Refuses a password in an address, which would be remembered and shown.
  package func check() throws {
    let authority = text.drop { $0 != "/" }.dropFirst(2).prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else {
      throw Failure(
        .usage, "the address of a store holds a name or a password before its host",
        hint: "credentials come from the environment or a profile, as S3 clients have them")
    }
    let bucket = text.dropFirst("s3://".count).prefix { !"/?".contains($0) }
    guard head != String(bucket) else {
      throw Failure(
        .usage, "'head=' names the store's own bucket, where the checkpoint lies anyway",
        hint: "leave it out, or name another bucket")
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
