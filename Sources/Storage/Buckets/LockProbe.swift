internal import Crypto
internal import Glibc
internal import RemoteWire

/// Tries out whether a bucket keeps what it is asked to keep.
enum LockProbe {
  /// What is tried; it goes to where the objects lie. Not the beginning of ``BucketProbe/prefix``, which goes elsewhere.
  static let name = "inbox/.lock-probe"
  /// For so long it is kept, in seconds: longer than this machine's clock may be behind the bucket's, which is 15 minutes for
  /// whatever is signed.
  private static let seconds = 20 * 60

  /// - Parameter now: In seconds since 1970.
  /// - Throws: `notConfigured` with what was seen, where objects can be deleted that are to be kept.
  static func run(
    _ host: any StoreHost, _ mode: LockMode, now: Int = time(nil), patience: Patience = Patience()
  ) throws {
    let patient = PatientHost(host, patience: patience)
    clean(patient)
    let until = now + seconds
    var put = HostRequest(.put, name, body: Array("kept\n".utf8))
    put.wire.digest = SHA256.hash(put.body).hex
    put.keep(KeepingTerm(until: until), mode)
    let made = try patient.perform(put).wire
    guard made.isDone else {
      guard [400, 403, 501].contains(made.status) else { throw StorageError(made, "write '\(name)'", at: host.address) }
      throw fault(
        "it does not take what is to be kept (status \(made.status)\(made.fault.map { ", \($0)" } ?? ""))", host)
    }
    guard let version = made.version else { throw fault("it gives no version to what is to be kept", host) }
    var look = HostRequest(.head, name)
    look.wire.version = version
    let kept = ObjectLock.Kept(try patient.perform(look).wire)
    guard kept.mode == mode, let found = kept.until, found >= until else {
      throw fault(
        "what was to be kept for \(seconds / 60) minutes is kept for none, or these credentials may not see that it is "
          + "(s3:GetObjectRetention)", host)
    }
    var delete = HostRequest(.delete, name)
    delete.wire.version = version
    let gone = try patient.perform(delete).wire
    guard !gone.isDone else { throw fault("what was to be kept could be deleted a moment later", host) }
    guard try patient.perform(look).wire.isDone else {
      throw fault("what was to be kept was gone a moment later", host)
    }
  }

  /// Removes what earlier tries have left, as far as the bucket lets it go by now.
  private static func clean(_ host: PatientHost) {
    let found = (try? host.perform(HostRequest(.versions, name)))?.wire.entries ?? []
    _ = try? host.perform(
      found.map { entry in
        var request = HostRequest(.delete, name)
        request.wire.version = entry.version
        return request
      })
  }

  private static func fault(_ seen: String, _ host: any StoreHost) -> StorageError {
    StorageError(
      .notConfigured, "the bucket of '\(host.address)' cannot keep what nobody may delete: \(seen)",
      hint: "make a bucket with object lock, which it needs from its first day, or leave 'lock=' out of the address")
  }
}
