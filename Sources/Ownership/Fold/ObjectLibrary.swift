package import Agreements
package import Catalogs
package import Crypto
package import Statements
internal import Synchronization
package import TreeLog

/// The objects that statements mean something by: catalogs, agreements, schedules and lists, each read once.
///
/// An object that is absent, too large or not what its name says is nil, and whatever rests on it is undecided. Only what
/// was found is kept: an object may come later.
@safe package final class ObjectLibrary: Sendable {
  /// Gives an object's bytes where it is there, has at most so many bytes, and is what its name says.
  package typealias Source = @Sendable (_ digest: Digest, _ limit: Int) throws -> [UInt8]?

  /// Whether a control is written as statements write it.
  package enum Canonicity: Sendable, Equatable {
    case canonical
    /// It is others under another name.
    case sameAs([String])
    case unknown
    /// The catalog cannot be read, so nobody can say.
    case unreadable
  }

  private struct Shelves {
    var catalogs: [CatalogKey: Catalog?] = [:]
    var documents: [Digest: EngagementDocument?] = [:]
    var schedules: [Digest: Schedule?] = [:]
    var canonicities: [CanonicityKey: Canonicity] = [:]
  }

  private struct CatalogKey: Hashable {
    let digest: Digest
    let framework: String
  }

  private struct CanonicityKey: Hashable {
    let control: ControlID
    let catalogs: Set<Digest>
  }

  /// The largest catalog, in bytes: several times that of NIST SP 800-53.
  package static let catalogLimit = 64 << 20
  /// The largest engagement document, in bytes.
  package static let documentLimit = 1 << 20
  /// The largest object that holds an array, in bytes.
  package static let listLimit = ListLoader.sizeLimit
  /// The largest manifest that is ever held in memory, in bytes; longer ones are streamed.
  package static let manifestLimit = 64 << 20

  private let source: Source
  /// Streams an object to a consumer; says whether it is there.
  private let stream: @Sendable (Digest, (UnsafeRawBufferPointer) throws -> Void) throws -> Bool
  private let shelves = Mutex(Shelves())
  /// Where catalogs that were read already are looked for first.
  private let base: ObjectLibrary?
  /// What other stores' libraries parse as well.
  private let parsed: ParsedCatalogs

  /// The objects of a store.
  ///
  /// - Parameter parsed: Shared by those who read several stores.
  package init(_ contents: any StoreContents, parsed: ParsedCatalogs = ParsedCatalogs()) {
    base = nil
    self.parsed = parsed
    source = { try contents.smallObject($0, limit: $1) }
    unsafe stream = { try unsafe contents.readObject($0, $1) != nil }
  }

  /// Objects from elsewhere: a request's papers, a test's.
  ///
  /// - Parameter base: A library whose catalogs, once read, need not be read again.
  package init(over base: ObjectLibrary? = nil, source: @escaping Source) {
    self.source = source
    self.base = base
    parsed = ParsedCatalogs()
    unsafe stream = { digest, consume in
      guard let bytes = try source(digest, Int.max) else { return false }
      try unsafe bytes.withUnsafeBytes { try unsafe consume($0) }
      return true
    }
  }

  package func bytes(of digest: Digest, limit: Int) throws -> [UInt8]? {
    try source(digest, limit)
  }

  /// A source for arrays that statements keep in objects.
  package var lists: ListLoader.Source {
    { digest in (try? self.source(digest, ObjectLibrary.listLimit)) ?? nil }
  }

  package func catalog(_ digest: Digest, framework: String) throws -> Catalog? {
    let key = CatalogKey(digest: digest, framework: framework)
    if let known = shelves.withLock({ $0.catalogs[key] }) { return known }
    if let known = try base?.catalog(digest, framework: framework) { return known }
    guard let bytes = try source(digest, ObjectLibrary.catalogLimit) else { return nil }
    let catalog = parsed.catalog(digest, framework: framework, bytes: bytes)
    shelves.withLock { $0.catalogs[key] = .some(catalog) }
    return catalog
  }

  package func document(_ digest: Digest) throws -> EngagementDocument? {
    if let known = shelves.withLock({ $0.documents[digest] }) { return known }
    guard let bytes = try source(digest, ObjectLibrary.documentLimit) else { return nil }
    var document: EngagementDocument?
    if case .read(let read, _) = EngagementDocument.read(bytes) { document = read }
    shelves.withLock { $0.documents[digest] = .some(document) }
    return document
  }

  package func schedule(_ digest: Digest) throws -> Schedule? {
    if let known = shelves.withLock({ $0.schedules[digest] }) { return known }
    guard let bytes = try source(digest, Schedule.sizeLimit) else { return nil }
    let schedule = try? Schedule(parsing: bytes)
    shelves.withLock { $0.schedules[digest] = .some(schedule) }
    return schedule
  }

  /// Whether a manifest lists an object.
  package func manifest(_ manifest: Digest, lists object: Digest) throws -> Bool {
    var isListed = false
    try forEachItem(of: manifest) { if $0 == object { isListed = true } }
    return isListed
  }

  /// Gives the digests that a manifest lists, as far as it can be read.
  ///
  /// - Returns: Whether it is there, and a manifest to its end.
  @discardableResult
  package func forEachItem(of manifest: Digest, _ body: (Digest) -> Void) throws -> Bool {
    var reader = ManifestReader()
    do {
      guard
        try unsafe stream(manifest, { chunk in try unsafe reader.feed(chunk) { body($0.digest) } })
      else { return false }
      try reader.finish()
    } catch is Manifest.SyntaxError {
      return false
    }
    return true
  }

  /// Whether a control is written as statements write it, in any catalog that its framework was adopted with.
  package func canonicity(of control: String, adoptions: [LogState.Adoption]) throws -> Canonicity {
    guard let id = ControlID(parsing: control) else { return .unknown }
    let digests = Set(adoptions.lazy.filter { $0.framework == id.framework }.map(\.catalog))
    let key = CanonicityKey(control: id, catalogs: digests)
    if let known = shelves.withLock({ $0.canonicities[key] }) { return known }
    var result = Canonicity.unknown
    for digest in digests {
      guard let catalog = try catalog(digest, framework: id.framework) else {
        if result == .unknown { result = .unreadable }
        continue
      }
      if let found = catalog.control(id) {
        result = found.sameAs.isEmpty ? .canonical : .sameAs(found.sameAs.map(\.description))
      } else if catalog.unit(id) != nil {
        result = .canonical
      }
      if result == .canonical { break }
    }
    let settled = result
    shelves.withLock { $0.canonicities[key] = settled }
    return result
  }

  /// Whether two controls or units are the same, or one lies in the other.
  package func overlap(_ left: String, _ right: String, adoptions: [LogState.Adoption]) -> Bool {
    if ByteOrder.areEqual(left, right) { return true }
    guard let left = ControlID(parsing: left), let right = ControlID(parsing: right) else { return false }
    for adoption in adoptions where adoption.framework == left.framework {
      guard let catalog = try? catalog(adoption.catalog, framework: adoption.framework) else { continue }
      if catalog.unit(left)?.control == right || catalog.unit(right)?.control == left { return true }
    }
    return false
  }
}
