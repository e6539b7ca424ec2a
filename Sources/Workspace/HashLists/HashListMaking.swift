package import Crypto
internal import Findings
internal import Packs
package import Statements
internal import Storage

/// The artifact list for eMASS over a folder, or over evidence of a store, with the file that has the list's own hash.
package struct HashListMaking {
  /// In the list's order.
  package let files: [(digest: Digest, path: String)]
  /// What is not on the list and why, a phrase each.
  package let skipped: [String]
  /// The list's own name.
  package let name: String
  /// The name of the file with its hash.
  package let hashName: String
  /// The day on which the hash was made.
  package let day: Day

  package let list: [UInt8]
  /// What eMASS takes as the hash value, in capital hexadecimal digits as the tool writes it.
  package var hashValue: String { SHA256.hash(list).hex.uppercased() }
  private let hashFile: [UInt8]

  /// Over the files of a folder, called by its name and what lies below it.
  ///
  /// - Parameters:
  ///   - prefix: What stands before the names of both files.
  ///   - output: The folder where they go: if it is the one that is listed, or lies in it, they are not on the list.
  package init(
    folder: String, prefix: String?, output: String, home: Home, store: OpenedStore?, on day: Day
  ) throws {
    let (name, hashName) = HashListMaking.names(prefix)
    let found = try FolderFiles(
      folder, besides: [name, hashName].map { HashListMaking.path($0, in: output) }, home: home, store: store)
    let own = try StoreLocation.absolute(folder).split(separator: "/").last.map { "\($0)/" } ?? ""
    let bad = found.files.map(\.path).filter { !CMMCHashList.isListable(own + $0) }
    guard bad.isEmpty else {
      throw Failure(
        .malformedInput,
        "\(FileGathering.some(bad.map { "'\($0)'" })): such a name cannot stand in the list",
        hint: "rename it: names are one line, without backslashes and without a blank at their end")
    }
    self.init(
      found.files.map { ($0.digest, own + $0.path) }, skipped: found.skipped, name, hashName, day)
  }

  /// Over evidence of a store, under the names that a pack of it has.
  package init(_ store: OpenedStore, _ wish: PackWish, prefix: String?) throws {
    let (name, hashName) = HashListMaking.names(prefix)
    let plan = try PackMaking(store, wish).plan
    let digests = Dictionary(plan.paths.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    let files = plan.listing.compactMap { file in digests[file.path].map { (digest: $0, path: file.path) } }
    let left = plan.left.filter { $0.reason != "not selected" }
    self.init(
      files, skipped: left.map { "'\($0.name)' of entry \($0.entry): \($0.reason)" }, name, hashName,
      store.desk.clock.today)
  }

  private init(
    _ files: [(digest: Digest, path: String)], skipped: [String], _ name: String, _ hashName: String, _ day: Day
  ) {
    (self.files, self.skipped, self.name, self.hashName, self.day) = (files, skipped, name, hashName, day)
    list = CMMCHashList.table(files)
    hashFile = CMMCHashList.table([(SHA256.hash(list), name)])
  }

  private static func names(_ prefix: String?) -> (list: String, hash: String) {
    let start = prefix.map { "\($0)-" } ?? ""
    return (start + CMMCHashList.list, start + CMMCHashList.hash)
  }

  /// A name below a folder.
  package static func path(_ name: String, in folder: String) -> String {
    folder.isEmpty || folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// Writes both files; the list first, so that a hash never stands there without what it is of.
  ///
  /// - Parameter replaces: Whether earlier ones may go.
  package func write(in folder: String, replaces: Bool) throws -> [String] {
    let paths = [name, hashName].map { HashListMaking.path($0, in: folder) }
    try OutputFile.makeFolder(folder)
    for path in paths {
      guard try replaces || RegularFile.sizeWithoutFollowing(path) == nil else {
        throw Failure(
          .cannotCreate, "'\(path)' is there already", hint: "its hash may stand in eMASS: --force replaces it")
      }
      try OutputFile.check(path)
    }
    for (path, bytes) in zip(paths, [list, hashFile]) { try OutputFile.write(path, bytes) }
    return paths
  }
}
