internal import Findings
package import Storage

extension OpenedStore {
  /// Who appends to a store in a bucket; nil for a folder.
  ///
  /// - Parameters:
  ///   - objects: The store of objects in which some were staged before.
  ///   - patience: For how long to wait for a host that fails, in seconds.
  /// - Throws: `configuration` where the store can only be read, or where its bucket cannot keep two writers apart.
  package func bucketWriter(_ objects: ObjectStore?, patience: Int = 30) throws -> BucketWriter? {
    guard let address = layout.address, let contents = contents as? BucketContents else { return nil }
    guard let place = StoreAddress(address), place.isBucket else {
      throw Failure(
        .configuration, "'\(address)' can only be read",
        hint: "sign into a file with --offer FILE and send it to whoever keeps the store")
    }
    let host = try desk.hosts.host(of: address)
    let patience = Patience(seconds: patience)
    try desk.probe(host, layout, patience, contents)
    return try BucketWriter(
      contents, host: host, layout: layout, objects: objects, lock: place.lock, patience: patience)
  }
}

extension Desk {
  /// Tries out once a day whether a bucket can keep two writers apart, and things from being deleted where it is to, and whether
  /// the address says what the bucket does.
  func probe(
    _ host: any StoreHost, _ layout: StoreLayout, _ patience: Patience = Patience(), _ contents: BucketContents? = nil
  ) throws {
    let address = layout.address.flatMap { StoreAddress($0) }
    let note = "\(layout.root)/tried"
    let today = "\(clock.today)\n"
    if let bytes = try? RegularFile.read(note, limit: 64), bytes == Array(today.utf8) { return }
    if let contents { try address?.check(against: contents) }
    try BucketProbe.run(host, lock: address?.lock, patience: patience)
    // Not to be able to remember it costs a few requests the next time.
    try? PrivateFile.replace(note, bytes: Array(today.utf8))
  }
}
