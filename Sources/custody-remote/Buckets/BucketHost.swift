internal import FoundationEssentials
internal import RemoteWire

/// A store in a bucket: what the S3 API calls GetObject, HeadObject, PutObject, ListObjectsV2 and
/// DeleteObject, and of object lock PutObjectRetention, PutObjectLegalHold and ListObjectVersions.
struct BucketHost: StoreHost {
  let address: BucketAddress
  let settings: BucketSettings
  let certificates: String?

  /// The name that lies in a bucket of its own where there is one.
  private static let headName = "checkpoint"
  /// What the names begin with by which a bucket is tried out: the one in which the checkpoint is swapped.
  private static let probePrefix = "inbox/.probe-"

  /// One service may have a bucket of the same name for each account, which the access key tells. A session's key is another
  /// every hour, and says nothing.
  var place: String {
    let account = settings.credentials.token == nil ? settings.credentials.accessKey : ""
    return [settings.endpoint.origin(), address.bucket, address.prefix, address.head ?? "", account]
      .joined(separator: " ")
  }

  private static func isHead(_ name: String) -> Bool { name == headName || name.hasPrefix(probePrefix) }

  func exchange(for request: WireRequest) throws(Refusal) -> Exchange {
    switch request.verb {
    case .get: object(.get, try place(request.name), yield: .body(limit: request.limit ?? .max))
    case .head: object(.head, try place(request.name) + (try query(request)))
    case .delete: try delete(request)
    case .put: try put(request)
    case .list: try list(request)
    case .retain: try keep(request, by: "retention")
    case .hold: try keep(request, by: "legal-hold")
    case .versions: try versions(request)
    }
  }

  private func place(_ name: String) throws(Refusal) -> String {
    let bucket = BucketHost.isHead(name) ? address.head ?? address.bucket : address.bucket
    return root(of: bucket) + "/" + address.prefix + (try ObjectName.path(name))
  }

  private func root(of bucket: String) -> String {
    switch settings.style {
    case .path: settings.endpoint.origin() + "/" + bucket
    case .host: settings.endpoint.origin(label: bucket)
    }
  }

  /// libcurl signs for S3 only what has a digest of the body in its head: one of nothing where there is no body.
  private func object(
    _ method: Exchange.Method, _ url: String, yield: Exchange.Yield = .nothing, digest: PayloadDigest = .empty
  ) -> Exchange {
    var exchange = Exchange(method: method, url: url, yield: yield)
    exchange.headers = [("x-amz-content-sha256", digest.hex)]
    if let token = settings.credentials.token { exchange.headers.append(("x-amz-security-token", token)) }
    exchange.signer = Exchange.Signer(credentials: settings.credentials, region: settings.region)
    exchange.certificates = certificates
    return exchange
  }

  private func put(_ request: WireRequest) throws(Refusal) -> Exchange {
    guard let digest = request.digest.flatMap(PayloadDigest.init) else {
      throw Refusal(status: 0, fault: "what is put comes without the digest of its bytes")
    }
    var exchange = object(.put, try place(request.name), digest: digest)
    switch request.condition {
    case .absent: exchange.headers.append(("If-None-Match", "*"))
    case .unchanged(let tag):
      guard EntityTag.isPlain(tag) else {
        throw Refusal(status: 0, fault: "what is put has a condition that is no entity tag")
      }
      // Without the quotes of RFC 9110: Ceph up to 16 compares them too, and Amazon takes both.
      exchange.headers.append(("If-Match", tag))
    case nil: break
    }
    if let retention = request.retention {
      guard (0...253_402_300_799).contains(retention.until) else {
        throw Refusal(status: 0, fault: "what is put is to be held until a day that is none")
      }
      exchange.headers += [
        ("x-amz-object-lock-mode", retention.mode.rawValue.uppercased()),
        (
          "x-amz-object-lock-retain-until-date",
          Date(timeIntervalSince1970: Double(retention.until)).ISO8601Format()
        ),
      ]
    }
    if request.isHeld == true { exchange.headers.append(("x-amz-object-lock-legal-hold", "ON")) }
    if request.retention != nil || request.isHeld == true {
      // PutObject wants a checksum beside the signature's digest where an object is held ("Configuring Object Lock").
      exchange.headers.append(("x-amz-checksum-sha256", digest.base64))
    }
    return exchange
  }

  private func delete(_ request: WireRequest) throws(Refusal) -> Exchange {
    var exchange = object(.delete, try place(request.name) + (try query(request)))
    if request.bypassesGovernance == true { exchange.headers.append(("x-amz-bypass-governance-retention", "true")) }
    return exchange
  }

  /// Which version is meant, in the order of names: see ``list(_:)``.
  private func query(_ request: WireRequest, _ first: String? = nil) throws(Refusal) -> String {
    var parts = first.map { ["\($0)="] } ?? []
    if let version = request.version {
      guard LockHead.version(version) != nil else { throw Refusal(status: 0, fault: "what is asked for is no version") }
      parts.append("versionId=" + PercentEncoding.encoded(version, keepsSlashes: false))
    }
    return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
  }

  /// Says anew for how long an object is kept. Both want a checksum of what is sent, beside the signature's digest.
  private func keep(_ request: WireRequest, by part: String) throws(Refusal) -> Exchange {
    guard let digest = request.digest.flatMap(PayloadDigest.init) else {
      throw Refusal(status: 0, fault: "what is put comes without the digest of its bytes")
    }
    var exchange = object(.put, try place(request.name) + (try query(request, part)), digest: digest)
    exchange.headers.append(("x-amz-checksum-sha256", digest.base64))
    return exchange
  }

  private func versions(_ request: WireRequest) throws(Refusal) -> Exchange {
    _ = try ObjectName.path(request.name)
    let key = PercentEncoding.encoded(address.prefix + request.name, keepsSlashes: false)
    var query = ["max-keys=1000", "prefix=\(key)"]
    if let token = request.token {
      guard LockHead.version(token) != nil else {
        throw Refusal(status: 0, fault: "what a list is to go on from is no version")
      }
      query.insert("key-marker=\(key)", at: 0)
      query.append("version-id-marker=" + PercentEncoding.encoded(token, keepsSlashes: false))
    }
    query.append("versions=")
    return object(
      .get, root(of: address.bucket) + "/?" + query.joined(separator: "&"),
      yield: .versions(prefix: address.prefix, name: request.name))
  }

  /// The parameters stand in the order of their names: the signature is over them in this order, and libcurl signs the query as
  /// it is.
  private func list(_ request: WireRequest) throws(Refusal) -> Exchange {
    for name in [request.name, request.after ?? ""] {
      guard name.utf8.count <= 480, name.utf8.allSatisfy({ $0 > 0x1f && $0 != 0x7f }) else {
        throw Refusal(status: 0, fault: "what names are asked for with is no part of a name")
      }
    }
    var query = [
      "list-type=2", "max-keys=1000",
      "prefix=" + PercentEncoding.encoded(address.prefix + request.name, keepsSlashes: false),
    ]
    if let token = request.token {
      guard ListAnswer.isToken(token) else {
        throw Refusal(status: 0, fault: "what a list is to go on from is no token")
      }
      query.insert("continuation-token=" + PercentEncoding.encoded(token, keepsSlashes: false), at: 0)
    } else if let after = request.after {
      query.append("start-after=" + PercentEncoding.encoded(address.prefix + after, keepsSlashes: false))
    }
    return object(
      .get, root(of: address.bucket) + "/?" + query.joined(separator: "&"), yield: .list(prefix: address.prefix))
  }
}
