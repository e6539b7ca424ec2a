package import Crypto
internal import Ownership
internal import Statements
package import TreeLog

/// Why a pack cannot be made: a clause.
package struct PackFault: Error, Sendable {
  package let reason: String
}

extension PackPlan {
  /// Gives every file of the pack to a sink, in the pack's order; memory is what the tables take, however long a file is.
  ///
  /// - Parameters:
  ///   - contents: The store that the plan was made of.
  ///   - note: Its checkpoint, as it lies there.
  /// - Throws: `PackFault` where an object is not there or not what its name says.
  package func write(_ contents: any StoreContents, note: SignedNote, to sink: some PackSink) throws {
    var sums: [(path: String, digest: Digest)] = []
    func take(
      _ path: String, size: Int, digest: Digest? = nil,
      _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws {
      let found = try unsafe sink.take(PackFile(path: path, size: size, digest: digest), body)
      if let digest, digest != found {
        throw PackFault(
          reason: "the object \(digest.short) is not what was submitted: restore it from a copy of the store")
      }
      sums.append((path, found))
    }
    func take(_ path: String, _ bytes: [UInt8]) throws {
      try unsafe take(path, size: bytes.count) { write in try unsafe bytes.withUnsafeBytes { try unsafe write($0) } }
    }
    func take(_ path: String, object digest: Digest) throws {
      let size = try contents.objectSize(digest)
      guard size != nil || !sink.needsObjects else {
        throw PackFault(reason: "the object \(digest.short) is missing: restore it from a copy of the store")
      }
      try unsafe take(path, size: size ?? 0, digest: digest) { write in
        _ = try unsafe contents.readObject(digest, write)
      }
    }

    try take("START-HERE.txt", PackPage(plan: self).bytes())
    try take("pack.json", selection.bytes(rules: FoldRules.version))
    let index = PackIndex(plan: self)
    try take("index.csv", index.csv())
    try take("index.json", index.json())
    try take("ownership.csv", index.ownershipTable())
    try take("withheld.csv", index.withheld())
    if ownership.hasCMMC {
      let list = CMMCHashList.table(carried.map { ($0.digest, $0.path) })
      try take(CMMCHashList.list, list)
      try take(CMMCHashList.hash, CMMCHashList.table([(SHA256.hash(list), CMMCHashList.list)]))
    }

    let reader = LogReader(contents: contents, size: log.checkpoint.size, root: log.checkpoint.root)
    var growth = TreeGrowth()
    var leaves: [UInt8] = []
    try unsafe take("log.jsonl", size: log.lineBytes) { write in
      try reader.entries(in: 0..<reader.size, authenticating: true) { _, entry in
        let line = Array(entry) + [0x0a]
        try unsafe line.withUnsafeBytes { try unsafe write($0) }
        leaves.append(contentsOf: MerkleHash.leaf(entry).hex.utf8)
        leaves.append(0x0a)
      }
    }
    if leaves.isEmpty {
      // Whoever only compares need not have asked for the lines.
      try reader.entries(in: 0..<reader.size) { _, entry in
        leaves.append(contentsOf: MerkleHash.leaf(entry).hex.utf8)
        leaves.append(0x0a)
      }
    }
    try take("log-leaves.txt", leaves)

    try take("log/custody.json", try contents.configuration() ?? [])
    try take("log/checkpoint", note.bytes)
    try reader.entries(in: 0..<reader.size) { _, entry in
      try growth.append(Array(entry)) { try take("log/\($0.path)", $1) }
    }
    try growth.finish { try take("log/\($0.path)", $1) }
    for digest in log.others { try take("log/\(ObjectPath.path(digest))", object: digest) }

    try write(note, take)
    try writeStatements(reader, take)
    for file in carried { try take(file.path, object: file.digest) }

    let lines = sums.sorted { ByteOrder.precedes($0.path, $1.path) }.map { "\($0.digest.hex)  \($0.path)\n" }
    let bytes = Array(lines.joined().utf8)
    _ = try unsafe sink.take(PackFile(path: "SHA256SUMS", size: bytes.count, digest: nil)) { write in
      try unsafe bytes.withUnsafeBytes { try unsafe write($0) }
    }
  }

  /// The checkpoint's text, the signature of whoever appended last, and their key.
  private func write(_ note: SignedNote, _ take: (String, [UInt8]) throws -> Void) throws {
    guard let key = log.state.lastBy.flatMap({ log.verificationKey($0) }) else { return }
    let signer = NoteKey(log: key, name: log.checkpoint.origin)
    guard let signature = note.signatures.first(where: { $0.keyID == signer.id && $0.name == signer.name }) else {
      return
    }
    try take("statements/checkpoint.pae", note.text)
    try take("statements/checkpoint.sig", signature.bytes)
    try take("statements/checkpoint.pem", PublicKeyFile.bytes(key))
  }

  /// What was signed, the signature and the key, of each statement that is no evidence or whose evidence was asked for.
  private func writeStatements(_ reader: LogReader, _ take: (String, [UInt8]) throws -> Void) throws {
    let unasked = unaskedEntries
    var keys: [Digest: [UInt8]] = [:]
    try reader.entries(in: 0..<reader.size) { number, bytes in
      guard !unasked.contains(number), let entry = try? Entry(parsing: Array(bytes)) else { return }
      let keyID = entry.envelope.keyID
      if keys[keyID] == nil { keys[keyID] = log.verificationKey(keyID).map(PublicKeyFile.bytes) }
      guard let key = keys[keyID] else { return }
      let digits = "\(number)"
      let name = "statements/" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
      try take("\(name).pae", Envelope.signedBytes(entry.envelope.payload))
      try take("\(name).sig", entry.envelope.signature)
      try take("\(name).pem", key)
    }
  }

  /// The entries of evidence that was not asked for, whose statements are not cut out.
  var unaskedEntries: Set<Int> {
    selection.hasEveryStatement ? [] : Set(log.evidence.map(\.entry)).subtracting(selectedEntries)
  }
}

/// A public key as OpenSSL reads it (RFC 7468, section 13).
enum PublicKeyFile {
  static func bytes(_ key: VerificationKey) -> [UInt8] {
    var lines = ["-----BEGIN PUBLIC KEY-----"]
    var rest = key.base64[...]
    while !rest.isEmpty {
      lines.append(String(rest.prefix(64)))
      rest = rest.dropFirst(64)
    }
    lines.append("-----END PUBLIC KEY-----")
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }
}
