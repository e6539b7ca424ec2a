internal import Crypto
internal import RemoteWire

/// Tries out whether a bucket can hold a log that several append to: whether a swap is one.
///
/// It is tried, not believed: a bucket with versions may pass over `If-None-Match`, and then two writers both win.
package enum BucketProbe {
  /// What the names begin with that are tried; they go to where the checkpoint lies.
  package static let prefix = "inbox/.probe-"

  /// - Parameters:
  ///   - lock: How the bucket of objects is to keep them; nil where it need not.
  ///   - patience: For how long to wait for a host that fails.
  /// - Throws: `notConfigured` with what was seen, where the bucket cannot be relied on.
  package static func run(_ host: any StoreHost, lock: LockMode? = nil, patience: Patience = Patience()) throws {
    try runSwaps(host, patience)
    if let lock { try LockProbe.run(host, lock, patience: patience) }
  }

  private static func runSwaps(_ host: any StoreHost, _ patience: Patience) throws {
    let patient = PatientHost(host, patience: patience)
    let name = prefix + Hexadecimal.encode(try RandomBytes.make(count: 8))
    defer { _ = try? patient.perform(HostRequest(.delete, name)) }
    func put(_ text: String, _ condition: WireRequest.Condition) throws -> WireAnswer {
      var request = HostRequest(.put, name, body: Array(text.utf8))
      request.wire.digest = SHA256.hash(request.body).hex
      request.wire.condition = condition
      return try patient.perform(request).wire
    }
    func read() throws -> (text: String, tag: String)? {
      var request = HostRequest(.get, name)
      request.wire.limit = 64
      let answer = try patient.perform(request)
      guard answer.wire.isDone, let tag = answer.wire.tag else { return nil }
      return (String(decoding: answer.body, as: UTF8.self), tag)
    }
    let made = try put("first", .absent)
    guard made.isDone || made.status == 412 else { throw StorageError(made, "write '\(name)'", at: host.address) }
    guard let first = try read(), first.text == "first" else { throw fault("what was written is not read", host) }
    let second = try put("second", .absent)
    guard !second.isDone, try read()?.text == "first" else {
      throw fault("a name that was there was made a second time, although 'If-None-Match: *' was asked for", host)
    }
    let third = try put("third", .unchanged(first.tag))
    guard third.isDone || third.status == 412, let replaced = try read(), replaced.text == "third" else {
      throw fault("what had not changed was not replaced with 'If-Match' (status \(third.status))", host)
    }
    let fourth = try put("fourth", .unchanged(first.tag))
    guard !fourth.isDone, try read()?.text == "third" else {
      throw fault("what had changed was replaced all the same, although 'If-Match' named what it was before", host)
    }
  }

  private static func fault(_ seen: String, _ host: any StoreHost) -> StorageError {
    StorageError(
      .notConfigured, "the bucket of '\(host.address)' cannot keep two writers apart: \(seen)",
      hint: "use a bucket without versions and object lock for the checkpoint: s3://BUCKET/PREFIX?head=BUCKET2")
  }
}
