internal import Findings
internal import FoundationEssentials
internal import Storage

/// A folder of pages that custody makes anew each time, and in which somebody else's may lie.
package enum PageFolder {
  /// What every page of custody's has in its head.
  private static let mark = "<meta name=\"generator\" content=\"custody\">"
  /// It stands within so many bytes of a page's beginning.
  private static let head = 4096

  /// Refuses to write over a page that custody did not make.
  package static func refuseForeign(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path), !isOwn(path) else { return }
    throw Failure(
      .cannotCreate, "'\(path)' is there, and is no page that custody made",
      hint: "name another folder, or move that file away")
  }

  /// Removes custody's own pages from a folder.
  ///
  /// - Parameter names: Files that stay.
  /// - Returns: How many went.
  package static func removePages(in folder: String, but names: Set<String>) throws -> Int {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var count = 0
    for name in found where name.hasSuffix(".html") && !names.contains(name) && isOwn("\(folder)/\(name)") {
      do {
        try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      } catch {
        throw Failure(
          .cannotCreate, "'\(folder)/\(name)', the page of a client that is not among these, cannot be removed",
          hint: "remove it yourself: it is not today's")
      }
      count += 1
    }
    return count
  }

  private static func isOwn(_ path: String) -> Bool {
    guard let bytes = try? RegularFile.read(path, limit: head) else { return false }
    return String(decoding: bytes, as: UTF8.self).contains(mark)
  }
}
