internal import Findings

/// What a bucket is reached by and with, gathered from where S3 clients gather it, in their order: the address, the
/// environment, the profile (AWS SDKs and Tools Reference Guide, "Settings reference").
struct BucketSettings {
  let credentials: Credentials
  let region: String
  let endpoint: EndpointURL
  let style: BucketAddress.Style
  /// A file of certificates that are trusted instead of the system's.
  let certificates: String?

  /// - Throws: `configuration`.
  init(_ address: BucketAddress, in surroundings: Surroundings) throws {
    let profile = try Profile(address: address, in: surroundings)
    credentials = try profile.credentials(in: surroundings)
    let region =
      address.region ?? surroundings.variable(of: ["AWS_REGION", "AWS_DEFAULT_REGION"]) ?? profile.value("region")
      ?? "us-east-1"
    guard BucketAddress.isRegion(region) else { throw Failure(.configuration, "the region that is set is none") }
    self.region = region
    endpoint = try address.endpoint ?? BucketSettings.endpoint(region, profile, in: surroundings)
    style = try BucketSettings.style(address, endpoint)
    certificates = surroundings.variable("AWS_CA_BUNDLE") ?? profile.value("ca_bundle")
  }

  private static func endpoint(_ region: String, _ profile: Profile, in surroundings: Surroundings) throws
    -> EndpointURL
  {
    let said = surroundings.variable(of: ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]) ?? profile.endpoint
    // Amazon's in China has a name of its own.
    let text = said ?? "https://s3.\(region).amazonaws.com\(region.hasPrefix("cn-") ? ".cn" : "")"
    guard let url = EndpointURL(text), url.path.isEmpty else {
      throw Failure(
        .configuration, "the endpoint that is set is not https://HOST[:PORT]",
        hint: "look AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL and 'endpoint_url' of the profile up again")
    }
    return url
  }

  /// Amazon takes the bucket's name for a part of the host's; what others run mostly does not. A certificate for all buckets does
  /// not hold for one with a dot in its name (RFC 9525, section 6.3).
  private static func style(_ address: BucketAddress, _ endpoint: EndpointURL) throws -> BucketAddress.Style {
    let hasDot = ([address.bucket] + [address.head].compactMap(\.self)).contains { $0.contains(".") }
    let style = address.style ?? (endpoint.isAmazon && !hasDot ? .host : .path)
    guard style == .path || !endpoint.isNumeric else {
      throw Failure(
        .usage, "a bucket's name cannot stand before a host that is a number", hint: "leave 'style=host' out")
    }
    return style
  }
}

/// The profile that is meant, out of both files.
private struct Profile {
  let name: String
  /// Whether the address asks for it, which goes before the environment, as `--profile` does in Amazon's own program.
  let isAskedFor: Bool
  let secrets: ProfileFile
  let settings: ProfileFile

  init(address: BucketAddress, in surroundings: Surroundings) throws {
    name = address.profile ?? surroundings.variable(of: ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]) ?? "default"
    isAskedFor = address.profile != nil
    secrets = try surroundings.profiles("AWS_SHARED_CREDENTIALS_FILE", otherwise: ".aws/credentials")
    settings = try surroundings.profiles("AWS_CONFIG_FILE", otherwise: ".aws/config")
    let isThere = secrets.sections[name] != nil || settings.sections[section] != nil
    guard isThere || name == "default" || surroundings.variable("AWS_ACCESS_KEY_ID") != nil && !isAskedFor else {
      throw Failure(
        .configuration, "there is no profile of the name that is asked for",
        hint: "'aws configure list-profiles' names them, and so do ~/.aws/credentials and ~/.aws/config")
    }
  }

  /// Its name in the second file.
  private var section: String {
    name == "default" && settings.sections["default"] != nil ? name : "profile \(name)"
  }

  func value(_ key: String) -> String? {
    secrets.value(key, in: name) ?? settings.value(key, in: section)
  }

  var endpoint: String? {
    value("services").flatMap { settings.value("s3.endpoint_url", in: "services \($0)") } ?? value("endpoint_url")
  }

  func credentials(in surroundings: Surroundings) throws -> Credentials {
    if !isAskedFor, let key = surroundings.variable("AWS_ACCESS_KEY_ID") {
      guard let secret = surroundings.variable("AWS_SECRET_ACCESS_KEY") else {
        throw Failure(.configuration, "AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not")
      }
      return try Credentials(accessKey: key, secret: secret, token: surroundings.variable("AWS_SESSION_TOKEN"))
    }
    // The three belong together: never the key of one file with the secret of the other.
    for (file, section) in [(secrets, name), (settings, section)] {
      if let key = file.value("aws_access_key_id", in: section),
        let secret = file.value("aws_secret_access_key", in: section)
      {
        return try Credentials(accessKey: key, secret: secret, token: file.value("aws_session_token", in: section))
      }
    }
    let others = ["credential_process", "sso_session", "sso_start_url", "role_arn", "web_identity_token_file"]
    if let other = others.first(where: { value($0) != nil }) {
      throw Failure(
        .configuration, "the profile has '\(other)', which custody does not follow",
        hint: "'aws configure export-credentials --format env' of that profile gives the variables to set")
    }
    throw Failure(
      .configuration, "there is no access key for the bucket",
      hint: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or put them into ~/.aws/credentials")
  }
}
