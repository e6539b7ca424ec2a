package import Crypto
internal import FoundationEssentials
internal import Ownership
internal import Statements
internal import Storage

/// Finds the objects that came with an offer.
package struct OfferedObjects {
  package let file: String
  package let inbox: String

  /// Where an object lies: in the offer's folder of objects, beside the offer under its name, in the inbox.
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
  package func small(_ digest: Digest, named name: String? = nil) -> [UInt8]? {
    guard let path = path(digest, named: name),
      let bytes = try? RegularFile.read(path, limit: ObjectLibrary.manifestLimit),
      SHA256.hash(bytes) == digest
    else { return nil }
    return bytes
  }
}
