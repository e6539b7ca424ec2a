internal import Findings
internal import FoundationEssentials
internal import Glibc
package import Storage

/// Where the store is that a command works on.
package enum StoreLocation {
  /// The store that is named, else the nearest at or above the working folder.
  package static func find(_ named: String?) throws -> StoreLayout {
    if let named {
      let layout = StoreLayout(root: try absolute(named))
      guard FileManager.default.fileExists(atPath: layout.configuration) else { throw try noStore(named) }
      return layout
    }
    if let layout = try nearest() { return layout }
    throw Failure(
      .inputMissing, "there is no store at or above the working folder",
      hint: "name one with --store PATH or CUSTODY_STORE, or make one with 'custody init'")
  }

  /// Says what lies where a store was looked for.
  static func noStore(_ named: String) throws -> Failure {
    guard FileManager.default.fileExists(atPath: try absolute(named)) else {
      return Failure(
        .inputMissing, "there is nothing at '\(named)'",
        hint: "look at its spelling and at the folder that you are in; 'custody init' makes a new store")
    }
    guard try ReceivedPack.find(named) == nil else {
      return Failure(
        .inputMissing, "'\(named)' is no store's folder; it may be what somebody sent",
        hint:
          "'custody verify PACK' checks a pack; for reports, 'custody pull PACK COPY' makes a store of a pack of everything"
      )
    }
    return Failure(
      .inputMissing, "there is no store at '\(named)'", hint: "name one with --store, or make one with 'custody init'")
  }

  /// Whether anything waits in the inbox of the store that is named, else of the nearest; one elsewhere has none.
  package static func hasWaiting(_ named: String?) throws -> Bool {
    guard named.flatMap(StoreAddress.init) == nil else { return false }
    return try !InboxFolder(find(named)).names().isEmpty
  }

  /// The store in whose folder a path lies, other than in its inbox; nil where it lies in none.
  package static func root(containing path: String) -> String? {
    var folder = StoreLayout.parent(path)
    var inner = StoreLayout.name(path)
    while folder != "/", !folder.isEmpty {
      let layout = StoreLayout(root: folder)
      if (try? RegularFile.sizeWithoutFollowing(layout.configuration)) ?? nil != nil,
        (try? RegularFile.sizeWithoutFollowing("\(folder)/checkpoint")) ?? nil != nil
      {
        return inner == "inbox" ? nil : folder
      }
      inner = StoreLayout.name(folder)
      folder = StoreLayout.parent(folder)
    }
    return nil
  }

  /// Whether a file lies in the inbox of a store.
  package static func isInInbox(_ path: String) -> Bool {
    guard let path = try? absolute(path) else { return false }
    let folder = StoreLayout.parent(path)
    guard StoreLayout.name(folder) == "inbox" else { return false }
    let layout = StoreLayout(root: StoreLayout.parent(folder))
    return ((try? RegularFile.sizeWithoutFollowing(layout.configuration)) ?? nil) != nil
  }

  /// The nearest store at or above the working folder; nil if there is none.
  package static func nearest() throws -> StoreLayout? {
    var folder = try workingFolder()
    while true {
      let layout = StoreLayout(root: folder)
      if FileManager.default.fileExists(atPath: layout.configuration) { return layout }
      guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  /// A path from the root on, so that the same place is remembered under one name.
  ///
  /// - Throws: Where it begins at a working folder that has no name in UTF-8, or none at all any more.
  package static func absolute(_ path: String) throws -> String {
    let whole = path.hasPrefix("/") ? path : "\(try workingFolder())/\(path)"
    var segments: [Substring] = []
    for segment in whole.split(separator: "/") where segment != "." {
      if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
    }
    return "/" + segments.joined(separator: "/")
  }

  private static func workingFolder() throws -> String {
    guard let path = unsafe getcwd(nil, 0) else {
      let reason = unsafe String(cString: strerror(errno)).lowercased()
      throw Failure(.inputMissing, "the working folder cannot be found: \(reason)", hint: "go to one that is there")
    }
    defer { unsafe free(path) }
    let bytes = unsafe UnsafeRawBufferPointer(start: path, count: strlen(path))
    guard let text = unsafe String(validating: bytes, as: UTF8.self) else {
      throw Failure(
        .usage, unsafe "the working folder's name is not UTF-8: '\(ByteText.visible(bytes))'",
        hint: "go to another, and name the store from the root on: --store PATH")
    }
    return text
  }
}
