internal import Archives
internal import Crypto
internal import Findings
internal import Ownership
internal import Storage

/// Keeps the private keys of a store's members out of it: what is submitted is there for ever, and for everybody to read.
struct PrivateKeyGuard {
  /// In longer files no key is looked for that is not held here: one in PEM has some hundred bytes, and so has the page it
  /// is printed on.
  static let sizeLimit = 4096
  /// Archives and compressed files are opened up to this size, and read up to eight times as much: keys are short.
  private static let packedLimit = 1 << 20

  /// Up to which size a file's bytes are looked at by `check`.
  static func limit(isPacked: Bool) -> Int { isPacked ? packedLimit : sizeLimit }

  /// What every key in PEM begins with.
  private static let pem = ByteSearch([Array("-----BEGIN ".utf8)])

  /// The keys that the log knows or that this user holds, with whose they are.
  private var owners: [Digest: String] = [:]
  /// What gives a private key away that is held here, in a file of any size, and whose it is.
  private var traces: [(bytes: [UInt8], owner: String)] = []
  /// Looks for those traces.
  let search: ByteSearch

  init(_ place: SigningPlace) throws {
    for key in place.membership?.keys ?? [] { owners[key.keyID] = key.owner }
    for key in try KeyChain(place.desk.home).all() {
      owners[key.keyID] = key.owner
      guard let pem = try RegularFile.read(key.path, limit: PrivateKeyGuard.sizeLimit) else { continue }
      traces += PrivateKeyGuard.traces(ofPEM: pem).map { ($0, key.owner) }
    }
    // The key that signs is at hand in the clear, though it may lie encrypted in its file.
    let own = try place.signer.key.pem()
    traces += PrivateKeyGuard.traces(ofPEM: own).map { ($0, place.signer.member) }
    var seen: Set<[UInt8]> = []
    traces.removeAll { !seen.insert($0.bytes).inserted }
    search = ByteSearch(traces.map(\.bytes))
  }

  /// The first line of what is between the first and last line, and the same in bytes: the text stands in PEM, in tar files and
  /// in whatever quotes it, the bytes in DER. A key that was compressed or encrypted anew leaves none of them.
  private static func traces(ofPEM pem: [UInt8]) -> [[UInt8]] {
    let lines = pem.split(separator: 0x0a).filter { !$0.starts(with: Array("-----".utf8)) }
    guard let first = lines.first, !first.isEmpty else { return [] }
    let text = String(decoding: first, as: UTF8.self).filter { !$0.isWhitespace }
    return [Array(text.utf8)] + (Base64.decode(text).map { [$0] } ?? [])
  }

  /// Refuses a file in which a private key of the store's stands.
  ///
  /// - Parameter found: What `search` found in it.
  func check(_ source: ArtifactSource, found: Int?) throws {
    if let found { throw refusal(source, traces[found].owner) }
  }

  /// The same, of the bytes of a short file, whatever is packed in them and however they are written: also by keys that
  /// the log knows and that are held elsewhere.
  func check(_ source: ArtifactSource, _ bytes: [UInt8]) throws {
    var run = search.begin()
    unsafe bytes.withUnsafeBytes { unsafe run.feed($0) }
    try check(source, found: run.found)
    if let owner = owner(in: bytes) { throw refusal(source, owner) }
    // UTF-16, as some editors save text, has a zero beside each letter.
    if bytes.count <= PrivateKeyGuard.sizeLimit, bytes.contains(0) {
      let narrow = bytes.filter { $0 != 0 }
      var run = search.begin()
      unsafe narrow.withUnsafeBytes { unsafe run.feed($0) }
      try check(source, found: run.found)
      if let owner = owner(in: narrow) { throw refusal(source, owner) }
    }
    let isPacked = unsafe bytes.withUnsafeBytes { unsafe PackedBytes.isPacked($0) }
    guard isPacked else { return }
    var inner = search.begin()
    var text: [UInt8] = []
    unsafe PackedBytes.unpack(bytes, limit: PrivateKeyGuard.packedLimit * 8) { piece in
      unsafe inner.feed(piece)
      if text.count < PrivateKeyGuard.sizeLimit { unsafe text += piece.prefix(PrivateKeyGuard.sizeLimit) }
    }
    try check(source, found: inner.found)
    if let owner = owner(in: text) { throw refusal(source, owner) }
  }

  /// The same, of a file that is not too long for it.
  func check(fileOf source: ArtifactSource) throws {
    guard case .file(let path) = source.origin,
      let bytes = try RegularFile.read(path, limit: PrivateKeyGuard.packedLimit),
      bytes.count <= PrivateKeyGuard.packedLimit
    else { return }
    try check(source, bytes)
  }

  private func refusal(_ source: ArtifactSource, _ owner: String) -> Failure {
    Failure(
      .usage, "\(source.title) holds the private key of \(owner), which is not evidence: nothing was submitted",
      hint: "leave it out; a private key is for nobody else to see")
  }

  /// Whose private key stands in PEM in a file; nil where there is none.
  private func owner(in bytes: [UInt8]) -> String? {
    // Most files hold no PEM at all, which the C library finds out a hundred times faster.
    guard PrivateKeyGuard.pem.isIn(bytes), let start = bytes.firstRange(of: Array("-----BEGIN ".utf8)),
      bytes.firstRange(of: Array("PRIVATE KEY-----".utf8)) != nil,
      let key = try? SigningKey(pem: Array(bytes[start.lowerBound...]))
    else { return nil }
    return owners[key.verificationKey.keyID]
  }
}
