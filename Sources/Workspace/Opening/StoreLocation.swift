internal import Findings
internal import FoundationEssentials
package import Storage

/// Where the store is that a command works on.
package enum StoreLocation {
  /// The store that is named, else the nearest at or above the working folder.
  package static func find(_ named: String?) throws -> StoreLayout {
    if let named {
      let layout = StoreLayout(root: absolute(named))
      guard FileManager.default.fileExists(atPath: layout.configuration) else {
        throw Failure(
          .inputMissing, "there is no store at '\(named)'",
          hint: "name one with --store, or make one with 'custody init'")
      }
      return layout
    }
    if let layout = nearest() { return layout }
    throw Failure(
      .inputMissing, "there is no store at or above the working folder",
      hint: "name one with --store PATH or CUSTODY_STORE, or make one with 'custody init'")
  }

  /// The nearest store at or above the working folder; nil if there is none.
  package static func nearest() -> StoreLayout? {
    var folder = FileManager.default.currentDirectoryPath
    while true {
      let layout = StoreLayout(root: folder)
      if FileManager.default.fileExists(atPath: layout.configuration) { return layout }
      guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  /// A path from the root on, so that the same place is remembered under one name.
  package static func absolute(_ path: String) -> String {
    let whole = path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    var segments: [Substring] = []
    for segment in whole.split(separator: "/") where segment != "." {
      if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
    }
    return "/" + segments.joined(separator: "/")
  }
}
