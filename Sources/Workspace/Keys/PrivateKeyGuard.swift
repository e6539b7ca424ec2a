internal import Crypto
internal import Findings
internal import Ownership
internal import Storage

/// Keeps the private keys of a store's members out of it: what is submitted is there for ever, and for everybody to read.
struct PrivateKeyGuard {
  /// Longer files are not looked into: a key in PEM has some hundred bytes, and so has the page it is printed on.
  static let sizeLimit = 4096

  /// The keys that the log knows or that this user holds, with whose they are.
  private var owners: [Digest: String] = [:]
  /// The text of each private key held here, encrypted or not, without its first and last line.
  private var bodies: [(text: [UInt8], owner: String)] = []

  init(_ place: SigningPlace) throws {
    for key in place.membership?.keys ?? [] { owners[key.keyID] = key.owner }
    for key in try KeyChain(place.desk.home).all() {
      owners[key.keyID] = key.owner
      guard let pem = try RegularFile.read(key.path, limit: PrivateKeyGuard.sizeLimit) else { continue }
      let lines = pem.split(separator: 0x0a).filter { !$0.starts(with: Array("-----".utf8)) }
      if let body = lines.first { bodies.append((Array(body), key.owner)) }
    }
  }

  /// Refuses a file in which a private key of the store's stands.
  func check(_ source: ArtifactSource, _ bytes: [UInt8]) throws {
    guard let owner = owner(in: bytes) else { return }
    throw Failure(
      .usage, "\(source.title) holds the private key of \(owner), which is not evidence: nothing was submitted",
      hint: "leave it out; a private key is for nobody else to see")
  }

  /// Whose private key stands in a file; nil where there is none.
  private func owner(in bytes: [UInt8]) -> String? {
    if let held = bodies.first(where: { bytes.firstRange(of: $0.text) != nil }) { return held.owner }
    guard let start = bytes.firstRange(of: Array("-----BEGIN ".utf8)),
      bytes.firstRange(of: Array("PRIVATE KEY-----".utf8)) != nil,
      let key = try? SigningKey(pem: Array(bytes[start.lowerBound...]))
    else { return nil }
    return owners[key.verificationKey.keyID]
  }
}
