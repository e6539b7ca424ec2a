internal import RemoteWire
internal import XML

extension ListAnswer {
  /// The versions of one key, as ListObjectVersions answers where it is asked for what begins with that key:
  ///
  ///     <ListVersionsResult>
  ///       <IsTruncated>false</IsTruncated>
  ///       <DeleteMarker><Key>store/object/x</Key><VersionId>b</VersionId></DeleteMarker>
  ///       <Version><Key>store/object/x</Key><VersionId>a</VersionId><Size>214</Size></Version>
  ///     </ListVersionsResult>
  ///
  /// - Returns: nil for what is no such page.
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
    // Names come in byte order: what follows the last of a page is this key's only where all of the page is.
    let isOnlyThis = entries.count == page.found.count && !entries.isEmpty
    self.init(entries: entries, hasMore: page.hasMore && isOnlyThis)
  }

  private struct Found {
    var key = ""
    var version = ""
    var size = ""
    var isMarker = false
  }

  private static func versions(_ bytes: [UInt8]) throws(XMLFault) -> (found: [Found], hasMore: Bool) {
    let reader = try XMLReader(bytes, takesSections: false)
    var all: [Found] = []
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
        case ["Version", "Key"], ["DeleteMarker", "Key"]: found.key = text
        case ["Version", "VersionId"], ["DeleteMarker", "VersionId"]: found.version = text
        case ["Version", "Size"]: found.size = text
        case ["Version"], ["DeleteMarker"]: all.append(found)
        default: break
        }
        path.removeLast()
        text = ""
      }
    }
    guard let hasMore else { throw XMLFault.malformed }
    return (all, hasMore)
  }
}
