internal import Findings

/// Where in which bucket a store lies, as the command line says it:
/// `s3://BUCKET/PREFIX[?head=BUCKET2&lock=governance|compliance&endpoint=URL&region=R&style=path|host&profile=NAME]`.
struct BucketAddress: Equatable {
  enum Style: String, CaseIterable {
    /// `https://host/bucket/key`
    case path
    /// `https://bucket.host/key`
    case host
  }

  let bucket: String
  /// What every key begins with: empty, or one that ends with a slash.
  let prefix: String
  /// The bucket that holds the checkpoint, where it is another: the first can then be one where nothing is ever replaced.
  var head: String?
  var endpoint: EndpointURL?
  var region: String?
  var style: Style?
  var profile: String?

  static let scheme = "s3://"

  /// - Throws: `usage` for anything but such an address. What was given is not repeated: it may hold a secret by mistake.
  init(_ text: String) throws {
    guard text.hasPrefix(BucketAddress.scheme), text.utf8.count <= 4096 else { throw BucketAddress.fault("it is none") }
    let rest = text.dropFirst(BucketAddress.scheme.count)
    let place = rest.prefix { $0 != "?" }
    let bucket = place.prefix { $0 != "/" }
    self.bucket = try BucketAddress.bucket(bucket)
    var path = place.dropFirst(bucket.count).drop { $0 == "/" }
    while path.hasSuffix("/") { path = path.dropLast() }
    if path.isEmpty {
      prefix = ""
    } else {
      guard path.utf8.count <= 512,
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy(BucketAddress.isSegment)
      else {
        throw BucketAddress.fault("what follows the bucket is letters, digits, '.', '_', '-', and '/' between them")
      }
      prefix = path + "/"
    }
    try read(options: rest.dropFirst(place.count))
  }

  private mutating func read(options: Substring) throws {
    guard !options.isEmpty else { return }
    var seen: Set<String> = []
    for option in options.dropFirst().split(separator: "&", omittingEmptySubsequences: false) {
      let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard parts.count == 2, let value = PercentEncoding.decoded(parts[1]), !value.isEmpty else {
        throw BucketAddress.fault("what follows '?' is NAME=VALUE, with '&' between them")
      }
      guard seen.insert(name).inserted else { throw BucketAddress.fault("it says one thing twice") }
      switch name {
      case "head": head = try BucketAddress.bucket(value[...])
      case "lock":
        // What custody sees to: here it is only looked at, as it stands, since custody reads it so.
        guard ["governance", "compliance"].contains(parts[1]) else {
          throw BucketAddress.fault("'lock' is governance or compliance")
        }
      case "endpoint":
        guard let url = EndpointURL(value), url.path.isEmpty else {
          throw BucketAddress.fault("'endpoint' is https://HOST[:PORT]")
        }
        endpoint = url
      case "region":
        guard BucketAddress.isRegion(value) else {
          throw BucketAddress.fault("'region' is small letters, digits and '-'")
        }
        region = value
      case "style":
        guard let value = Style(rawValue: value) else { throw BucketAddress.fault("'style' is path or host") }
        style = value
      case "profile":
        guard BucketAddress.isProfile(value) else { throw BucketAddress.fault("'profile' is a profile's name") }
        profile = value
      default: throw BucketAddress.fault("after '?' stand head, lock, endpoint, region, style and profile alone")
      }
    }
  }

  /// Amazon's rules for names of buckets as far as they keep a name from being something else in a URL
  /// (S3 User Guide, "General purpose bucket naming rules").
  private static func bucket(_ name: Substring) throws -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
    guard (3...63).contains(name.utf8.count), isPlain, !".-".contains(name.first ?? "."),
      !".-".contains(name.last ?? "."),
      !name.contains("..")
    else { throw fault("a bucket's name is 3 to 63 small letters, digits, '.' and '-'") }
    return String(name)
  }

  private static func isSegment(_ segment: Substring) -> Bool {
    !segment.isEmpty && segment != "." && segment != ".." && segment.utf8.allSatisfy(PercentEncoding.isPlain)
      && !segment.contains("~")
  }

  /// It becomes a part of the signature's scope, and of a host's name.
  static func isRegion(_ text: String) -> Bool {
    (1...48).contains(text.utf8.count) && text.first != "-"
      && text.utf8.allSatisfy {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
          || $0 == UInt8(ascii: "-")
      }
  }

  static func isProfile(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "]") }
  }

  private static func fault(_ reason: String) -> Failure {
    Failure(
      .usage, "the store's address cannot be used: \(reason)",
      hint: "write it as in 's3://bucket/prefix?endpoint=https://host'; there is no room for keys in it")
  }
}
