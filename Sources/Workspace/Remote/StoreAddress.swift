internal import Crypto
internal import Findings
package import Storage

/// The address of a store that is no folder here: `s3://BUCKET/PREFIX`, or `https://HOST/PATH`, which can only be read.
package struct StoreAddress: Sendable, Hashable {
  package let text: String

  /// - Returns: nil for what is a path.
  package init?(_ text: String) {
    let lower = text.prefix(8).lowercased()
    guard lower.hasPrefix("s3://") || lower.hasPrefix("https://") || lower.hasPrefix("http://") else { return nil }
    var rest = text[...]
    while rest.last == "/" { rest = rest.dropLast() }
    self.text = String(rest)
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

  /// Refuses a password in an address, which would be remembered and shown.
  package func check() throws {
    let authority = text.drop { $0 != "/" }.dropFirst(2).prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else {
      throw Failure(
        .usage, "the address of a store holds a name or a password before its host",
        hint: "credentials come from the environment or a profile, as S3 clients have them")
    }
  }

  /// The folder at hand: what was read and does not change, and what is about to be written.
  package func layout(in home: Home) -> StoreLayout {
    StoreLayout(root: "\(home.path)/cache/elsewhere/\(SHA256.hash(text).hex)", address: text)
  }
}
