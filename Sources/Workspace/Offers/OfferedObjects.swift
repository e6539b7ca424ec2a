package import Crypto
internal import Findings
internal import FoundationEssentials
internal import Ownership
internal import Statements
package import Storage

/// Finds the objects that came with an offer file.
///
/// Those behind its lines are copied to where the store stages, all at once, when the first is asked for: whoever asks has
/// seen by then that a member signed what stands before them.
package final class OfferedObjects {
  package let file: String
  /// What to do about an offer whose objects are not what was sent.
  static let damaged = "it was damaged on its way: have the sender send it again"
  private let inbox: String
  private let staging: ObjectStore
  private let named: NamedObjects
  private var archived: [Digest: StagedObject]?
  private var given: Set<Digest> = []

  /// - Parameters:
  ///   - inbox: The store's, where objects may wait.
  ///   - staging: Where the store stages.
  ///   - named: What the offer's statements name.
  package init(file: String, inbox: String, staging: ObjectStore, named: NamedObjects) {
    self.named = named
    self.file = file
    self.inbox = inbox
    self.staging = staging
  }

  /// An object that came inside the file, which is the store's to publish from then on; nil where there is none.
  package func staged(_ digest: Digest) throws -> StagedObject? {
    guard let object = try inside()[digest] else { return nil }
    given.insert(digest)
    return object
  }

  private func inside() throws -> [Digest: StagedObject] {
    if let archived { return archived }
    do {
      let found = try OfferArchive.stage(from: file, limit: OfferFile.sizeLimit, into: staging) { digest, size in
        try named.isWanted(digest, size: size)
      }
      archived = found
      return found
    } catch let error as ArchiveUnreadable {
      throw Failure(.malformedInput, error.reason, hint: OfferedObjects.damaged)
    }
  }

  /// Removes what was staged for a statement that is refused; what came inside the file may be another's too, and stays.
  package func discard(_ objects: [StagedObject]) {
    staging.discard(objects.filter { !given.contains($0.digest) })
  }

  /// Where an object lies outside the file: in the offer's folder of objects, in the inbox, beside the offer under its
  /// name.
  package func path(_ digest: Digest, named name: String?) -> String? {
    var candidates = ["\(inbox)/\(digest.hex)"]
    let own = OfferFile.folder(file)
    if RegularFile.isFolderWithoutFollowing(own) { candidates.insert("\(own)/\(digest.hex)", at: 0) }
    if let name, Manifest.isValidName(name) {
      let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
      candidates.append("\(folder)/\(name)")
    }
    // A link may lead anywhere on the machine of whoever appends.
    return candidates.first { (try? RegularFile.sizeWithoutFollowing($0)).flatMap { $0 } != nil }
  }

  /// A small object's bytes, where it came and is what its name says.
  package func small(_ digest: Digest, named name: String? = nil) throws -> [UInt8]? {
    if let object = try inside()[digest] { return try staging.bytes(of: object, limit: ObjectLibrary.manifestLimit) }
    guard let path = path(digest, named: name),
      let bytes = try? RegularFile.read(path, limit: ObjectLibrary.manifestLimit),
      SHA256.hash(bytes) == digest
    else { return nil }
    return bytes
  }
}
