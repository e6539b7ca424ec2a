internal import RemoteWire
internal import XML

/// A page of keys, as ListObjectsV2 answers:
///
///     <ListBucketResult>
///       <IsTruncated>true</IsTruncated>
///       <Contents><Key>store/checkpoint</Key><Size>214</Size></Contents>
///     </ListBucketResult>
struct ListAnswer: Equatable {
  let entries: [WireAnswer.Entry]
  let hasMore: Bool

  /// No element of the S3 API lies deeper.
  static let depthLimit = 16

  init(entries: [WireAnswer.Entry], hasMore: Bool) {
    self.entries = entries
    self.hasMore = hasMore
  }

  /// - Parameter prefix: What every key begins with, and no name does.
  /// - Returns: nil for what is no such page, or not one of names below the prefix in byte order: whoever goes on after the last
  ///   name would leave some out.
  init?(_ bytes: [UInt8], prefix: String) {
    guard let page = try? ListAnswer.page(bytes), let hasMore = page.hasMore else { return nil }
    var entries: [WireAnswer.Entry] = []
    for (key, size) in page.objects {
      guard key.utf8.starts(with: prefix.utf8), let size = Int(size), size >= 0 else { return nil }
      let name = String(decoding: key.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
      if let last = entries.last, !last.name.utf8.lexicographicallyPrecedes(name.utf8) { return nil }
      entries.append(WireAnswer.Entry(name: name, size: size))
    }
    // Nobody could go on after a page of nothing.
    guard !(hasMore && entries.isEmpty) else { return nil }
    self.entries = entries
    self.hasMore = hasMore
  }

  private struct Page {
    var hasMore: Bool?
    var objects: [(key: String, size: String)] = []
  }

  private static func page(_ bytes: [UInt8]) throws(XMLFault) -> Page {
    let reader = try XMLReader(bytes, takesSections: false)
    var page = Page()
    var path: [String] = []
    var text = ""
    var key: String?
    var size: String?
    while let event = try reader.next() {
      switch event {
      case .start(let name):
        path.append(name)
        text = ""
        guard path[0] == "ListBucketResult", path.count <= depthLimit else { throw XMLFault.malformed }
      case .text(let piece): text += piece
      case .end:
        switch path.dropFirst() {
        case ["IsTruncated"]:
          guard page.hasMore == nil, text == "true" || text == "false" else { throw XMLFault.malformed }
          page.hasMore = text == "true"
        case ["Contents", "Key"]: key = text
        case ["Contents", "Size"]: size = text
        case ["Contents"]:
          guard let name = key, let length = size else { throw XMLFault.malformed }
          page.objects.append((name, length))
          (key, size) = (nil, nil)
        default: break
        }
        path.removeLast()
        text = ""
      }
    }
    return page
  }
}
