internal import Findings
internal import Glibc

/// `custody-remote store ADDRESS [--ca FILE] [--plain-http]`, as the command line says it.
struct StoreCommand {
  static let name = "store"

  private let address: String
  private let certificates: String?
  private let allowsPlainHTTP: Bool

  /// - Parameter words: What follows the verb.
  init(words: some Sequence<String>) throws {
    var places: [String] = []
    var certificates: String?
    var allowsPlainHTTP = false
    var rest = Array(words)[...]
    while let word = rest.popFirst() {
      switch word {
      case "--ca":
        guard let file = rest.popFirst(), !file.isEmpty else { throw StoreCommand.usage("--ca needs a file") }
        certificates = file
      case "--plain-http": allowsPlainHTTP = true
      case _ where word.hasPrefix("-"): throw StoreCommand.usage("there is an option that 'store' does not have")
      default: places.append(word)
      }
    }
    guard places.count == 1 else { throw StoreCommand.usage("'store' takes one address") }
    address = places[0]
    self.certificates = certificates
    self.allowsPlainHTTP = allowsPlainHTTP
  }

  private static func usage(_ message: String) -> Failure {
    Failure(.usage, message, hint: "'custody-remote --help' says how it is run")
  }

  /// Who is asked.
  ///
  /// - Throws: `usage` for an address that cannot be used, `configuration` for what stands elsewhere.
  func host(in surroundings: Surroundings) throws -> any StoreHost {
    guard address.hasPrefix(BucketAddress.scheme) else {
      let host = try FileHost(address, certificates: certificates.map(checked))
      try check(host.root)
      return host
    }
    let address = try BucketAddress(address)
    let settings = try BucketSettings(address, in: surroundings)
    try check(settings.endpoint)
    return BucketHost(
      address: address, settings: settings, certificates: try (certificates ?? settings.certificates).map(checked))
  }

  /// What goes over a line in clear can be read and changed by whoever is on it.
  private func check(_ endpoint: EndpointURL) throws {
    guard endpoint.isSecure || endpoint.isLoopback || allowsPlainHTTP else {
      throw Failure(
        .usage, "the store's host is asked over http, in clear",
        hint: "write https, or say --plain-http if nobody else is on the line")
    }
  }

  private func checked(_ file: String) throws -> String {
    guard unsafe access(file, R_OK) == 0 else {
      throw Failure(
        .configuration, "the file of certificates to trust cannot be read", hint: "look --ca and AWS_CA_BUNDLE up again"
      )
    }
    return file
  }
}
