internal import RemoteWire
internal import XML

extension ListAnswer {
  /// The versions of one key, as ListObjectVersions answers where it is asked for what begins with that key:
  ///
  ///     <ListVersionsResult>
  ///       <IsTruncated>true</IsTruncated>
  ///       <NextKeyMarker>store/object/x</NextKeyMarker>
  ///       <NextVersionIdMarker>a</NextVersionIdMarker>
  ///       <DeleteMarker><Key>store/object/x</Key><VersionId>b</VersionId></DeleteMarker>
  ///       <Version><Key>store/object/x</Key><VersionId>a</VersionId><Size>214</Size></Version>
  ///     </ListVersionsResult>
  ///
  /// - Returns: nil for what is no such page, or one after which nobody could go on.
  init?(versions bytes: [UInt8], of name: String, prefix: String) {
    guard let page = try? ListAnswer.versions(bytes) else { return nil }
    var entries: [WireAnswer.Entry] = []
    for found in page.found where found.key.utf8.elementsEqual((prefix + name).utf8) {
      guard let version = LockHead.version(found.version), let size = found.isMarker ? 0 : Int(found.size), size >= 0
      else { return nil }
      var entry = WireAnswer.Entry(name: name, size: size)
      (entry.version, entry.isMarker) = (version, found.isMarker ? true : nil)
      entries.append(entry)
    }
    // Names come in byte order, and all begin with the key: once there is another, this key has no more.
    guard page.hasMore, entries.count == page.found.count, !page.nextIsLonger(than: prefix + name) else {
      self.init(entries: entries, hasMore: false)
      return
    }
    guard page.nextKey.utf8.elementsEqual((prefix + name).utf8), let next = LockHead.version(page.nextVersion) else {
      return nil
    }
    self.init(entries: entries, hasMore: true, token: next)
  }

  private struct VersionsPage {
    var found: [Found] = []
    var hasMore = false
    var nextKey = ""
    var nextVersion = ""

    /// Whether the next page begins with a key that only begins like this one.
    func nextIsLonger(than key: String) -> Bool {
      nextKey.utf8.count > key.utf8.count && nextKey.utf8.starts(with: key.utf8)
    }
  }

  private struct Found {
    var key = ""
    var version = ""
    var size = ""
    var isMarker = false
  }

  private static func versions(_ bytes: [UInt8]) throws(XMLFault) -> VersionsPage {
    let reader = try XMLReader(bytes, takesSections: false)
    var page = VersionsPage()
    var hasMore: Bool?
    var path: [String] = []
    var text = ""
    var found = Found()
    while let event = try reader.next() {
      switch event {
      case .start(let name):
        path.append(name)
        text = ""
        guard path[0] == "ListVersionsResult", path.count <= depthLimit else { throw XMLFault.malformed }
        if path.count == 2 { found = Found(isMarker: name == "DeleteMarker") }
      case .text(let piece): text += piece
      case .end:
        switch path.dropFirst() {
        case ["IsTruncated"]:
          guard hasMore == nil, text == "true" || text == "false" else { throw XMLFault.malformed }
          hasMore = text == "true"
        case ["NextKeyMarker"]: page.nextKey = text
        case ["NextVersionIdMarker"]: page.nextVersion = text
        case ["Version", "Key"], ["DeleteMarker", "Key"]: found.key = text
        case ["Version", "VersionId"], ["DeleteMarker", "VersionId"]: found.version = text
        case ["Version", "Size"]: found.size = text
        case ["Version"], ["DeleteMarker"]: page.found.append(found)
        default: break
        }
        path.removeLast()
        text = ""
      }
    }
    guard let hasMore else { throw XMLFault.malformed }
    page.hasMore = hasMore
    return page
  }
}
