internal import Findings
internal import Storage
internal import TreeLog

/// A bucket has the store's whole address written in it, where it says more than the bucket and the prefix: whoever leaves
/// `head=` out would begin a second head, and whoever leaves `lock=` out would bring what anybody may delete.
extension StoreAddress {
  /// What the bucket is marked with; nil where its name and the prefix say all.
  var mark: CopyMark? { head == nil && lock == nil ? nil : CopyMark(source: shared) }

  /// Refuses an address that says otherwise than the bucket where the checkpoint is, or that nothing is kept where it is.
  ///
  /// Nothing vouches for the mark, so that nothing is read or written by it: it only says no.
  func check(against contents: BucketContents) throws {
    guard let mark = try contents.mark(), let said = StoreAddress(mark.source), said.isPlain,
      said.head != head || said.lock != nil && said.lock != lock
    else { return }
    // Only what follows '?' is taken from it: anybody who may write there could name another bucket.
    let options = said.shared.dropFirst(said.name.count)
    throw Failure(
      .configuration, "'\(text)' is not how the store there is written: it is '\(name)\(options)'",
      hint: "write 'head=' and 'lock=' as it does; if the store was moved since, delete the object 'lock' there")
  }

  /// Whether `head=` names what can be a bucket.
  private var isPlain: Bool {
    guard let head else { return true }
    return (3...63).contains(head.utf8.count)
      && head.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
          || "-.".utf8.contains(byte)
      }
  }

  /// Says what is wrong with the address of a store that has no checkpoint where it says.
  ///
  /// - Returns: A hint; nil where the checkpoint's place is no question of the address.
  /// - Throws: `configuration` where the bucket says another address.
  static func explainMissingCheckpoint(_ layout: StoreLayout, _ contents: any StoreContents) throws -> String? {
    guard let place = layout.address.flatMap({ StoreAddress($0) }), place.isBucket,
      let bucket = contents as? BucketContents
    else { return nil }
    try place.check(against: bucket)
    guard let head = place.head else {
      return "write the address as whoever made the store does: s3://BUCKET/PREFIX?head=BUCKET2; if it never had a "
        + "'head=', 'checkpoint' was deleted"
    }
    guard try !bucket.hasCheckpointBesideFiles() else {
      throw Failure(
        .configuration, "the checkpoint of '\(place.text)' lies beside its files",
        hint: "leave 'head=\(head)' out of the address")
    }
    return "look 'head=\(head)' up again; if it is right, 'checkpoint' was deleted there"
  }
}
