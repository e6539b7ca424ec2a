internal import Findings
internal import FoundationEssentials
internal import Storage
internal import TreeLog

extension Desk {
  /// Makes a store in a bucket: as a folder first, which then goes there as a whole, its checkpoint last.
  func make(_ new: NewStore, in address: StoreAddress) throws -> MadeStore {
    guard address.isBucket else {
      throw Failure(.usage, "'\(address.text)' can only be read", hint: "name a folder, or s3://BUCKET/PREFIX")
    }
    try address.check()
    guard new.keeper == nil else {
      throw Failure(
        .usage, "a store for a provider to keep is made in a folder, not in a bucket",
        hint: "name a folder; the provider copies it to a bucket: custody copy STORE s3://BUCKET/PREFIX")
    }
    let (host, layout) = try bucket(address)
    let there = BucketContents(host, layout: layout, keeps: false)
    let folder = "\(layout.root)/new"
    guard try there.checkpoint() == nil, try there.configuration() == nil else {
      throw Failure(
        .cannotCreate, "there is a store at '\(address.text)' already", hint: "name another prefix")
    }
    var made = try make(new, at: folder)
    do {
      let source = StoreLayout(root: folder)
      let files = try DirectoryContents(layout: source)
      let keeping = try keeping(for: address, of: source)
      _ = try BucketUpload(files, to: host, layout: layout, keeping: keeping).run { _, _ in }
    } catch {
      notices.warn(
        "the new store lies in '\(folder)' and not yet in the bucket: 'custody copy \(folder) \(address.text)' goes on")
      throw error
    }
    try TrustMemory(home).update(made.checkpoint.origin) { known in
      var record = known
      record?.path = address.text
      return record
    }
    try? FileManager.default.removeItem(atPath: folder)
    made.path = address.text
    return made
  }
}
