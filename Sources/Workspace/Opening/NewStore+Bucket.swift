internal import Crypto
internal import Findings
internal import FoundationEssentials
internal import Ownership
internal import Storage
internal import TreeLog
internal import Verification

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
    // Until it is in the bucket nothing else has it: it is kept by its address, and not among what is safe to delete.
    let begunStores = "\(home.path)/begun"
    try Home.using(home.path) { try PrivateFile.makeFolder(begunStores) }
    let folder = "\(begunStores)/\(SHA256.hash(address.text).hex)"
    let begun = try begunStore(new, at: folder)
    try check(BucketContents(host, layout: layout, keeps: false), isFreeFor: begun, address)
    var made: MadeStore
    if let begun {
      notices.say("an earlier run made this store, and was broken off before all of it was in the bucket")
      made = try madeStore(begun, new)
    } else {
      let aside = Desk(
        home: home, person: person, passphrase: passphrase, clock: clock, consent: consent,
        notices: Unrecorded(notices),
        hosts: hosts)
      made = try aside.make(new, at: folder)
    }
    do {
      let source = StoreLayout(root: folder)
      let store = try OpenedStore.open(source, at: self)
      let upload = try BucketUpload(
        DirectoryContents(layout: source), objects: store.namedObjects(), to: host, layout: layout,
        keeping: keeping(for: address, of: store), mark: address.mark, hasHeadElsewhere: address.head != nil)
      _ = try upload.run { _, _ in }
    } catch {
      notices.warn(
        "the new store is not in the bucket yet: the same 'custody init' again goes on; until then it lies in '\(folder)', "
          + "and nowhere else")
      throw error
    }
    notices.recorded(0...(made.checkpoint.size - 1))
    try TrustMemory(home).update(made.checkpoint.origin) { known in
      var record = known
      record?.path = address.text
      return record
    }
    try? FileManager.default.removeItem(atPath: folder)
    made.path = address.text
    return made
  }

  /// What an earlier run made and did not bring to the bucket as a whole; nil where there is none.
  private func begunStore(_ new: NewStore, at folder: String) throws -> OpenedStore? {
    let layout = StoreLayout(root: folder)
    guard FileManager.default.fileExists(atPath: layout.checkpoint) else { return nil }
    let store = try OpenedStore.open(layout, at: self)
    guard store.state.client == new.client else {
      throw Failure(
        .cannotCreate, "an earlier run began a store of '\(store.state.client)' for this address, and was broken off",
        hint: "run that one again, or choose another prefix")
    }
    return store
  }

  /// Refuses an address at which there is anything but a part of the same store, and one in another store or around it.
  private func check(_ there: BucketContents, isFreeFor begun: OpenedStore?, _ address: StoreAddress) throws {
    let (note, configuration) = (try there.checkpoint(), try there.configuration())
    guard note != nil || configuration != nil else {
      try refuseNesting(address, there)
      guard try begun != nil || there.isEmpty() else {
        throw Failure(
          .cannotCreate, "something lies at '\(address.text)' already: a copy that was not ended, or another program's",
          hint: "name another prefix; a copy is gone on with by the same 'custody copy'")
      }
      return
    }
    if let begun, configuration == StoreConfiguration(origin: begun.origin).bytes,
      note == nil || note == begun.checkpointNote.bytes
    {
      return
    }
    guard note != nil else {
      throw Failure(
        .cannotCreate, "somebody has begun a store at '\(address.text)' and not ended it: there is no checkpoint",
        hint: "whoever began it runs the same 'custody init' again; or name another prefix")
    }
    throw Failure(.cannotCreate, "there is a store at '\(address.text)' already", hint: "name another prefix")
  }

  private func madeStore(_ store: OpenedStore, _ new: NewStore) throws -> MadeStore {
    guard let held = try KeyChain(home).all().first(where: { $0.origin == store.origin && $0.owner == new.member }),
      let key = try? VerificationKey(base64: held.publicKey)
    else {
      throw Failure(
        .cannotCreate, "an earlier run began a store for this address, and you hold no key of \(new.member) for it",
        hint: "say the same --as as then, or choose another prefix")
    }
    try endFounding(held.keyID)
    let recovery = store.state.membership.keys.first { $0.use == .recovery }?.keyID
    return MadeStore(
      path: store.layout.root, checkpoint: store.checkpoint, member: new.member, key: key, recoveryKeyID: recovery)
  }
}

/// Of what is made aside nobody is told that it is recorded, nor kept from breaking off: it is where it belongs only later.
private struct Unrecorded: Notices {
  private let notices: any Notices

  init(_ notices: any Notices) { self.notices = notices }

  func say(_ text: String) { notices.say(text) }
  func warn(_ text: String) { notices.warn(text) }
  func detail(_ text: String) { notices.detail(text) }
  func begin(_ step: String, total: Int?) -> any StepProgress { notices.begin(step, total: total) }
}
