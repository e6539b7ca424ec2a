internal import RemoteWire
internal import XML

/// A page of keys, as ListObjectsV2 answers:
///
///     <ListBucketResult>
///       <IsTruncated>true</IsTruncated>
///       <NextContinuationToken>1ueGcxLPRx1Tr</NextContinuationToken>
///       <Contents><Key>store/checkpoint</Key><Size>214</Size></Contents>
///     </ListBucketResult>
struct ListAnswer: Equatable {
  let entries: [WireAnswer.Entry]
  let hasMore: Bool
  /// Where the next page begins; nil where it is after the last name.
  let token: String?

  /// No element of the S3 API lies deeper.
  static let depthLimit = 16

  init(entries: [WireAnswer.Entry], hasMore: Bool, token: String? = nil) {
    self.entries = entries
    self.hasMore = hasMore
    self.token = hasMore ? token : nil
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
    if hasMore {
      // Nobody could go on after a page of nothing that does not say where.
      guard page.token.isEmpty ? !entries.isEmpty : ListAnswer.isToken(page.token) else { return nil }
    }
    self.init(entries: entries, hasMore: hasMore, token: page.token.isEmpty ? nil : page.token)
  }

  /// Whether it can stand in a query again. Amazon's is opaque; others give the last key, of up to 1,024 bytes, or encode that.
  static func isToken(_ text: String) -> Bool {
    (1...4096).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x1f && $0 != 0x7f }
  }

  private struct Page {
    var hasMore: Bool?
    var token = ""
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
        case ["NextContinuationToken"]: page.token = text
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
