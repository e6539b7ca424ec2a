internal import Statements

/// Media types by the endings of file names.
package enum MediaTypes {
  private static let byEnding: [String: String] = [
    "txt": "text/plain", "log": "text/plain", "md": "text/markdown", "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/json", "jsonl": "application/jsonl", "xml": "application/xml", "yaml": "application/yaml",
    "yml": "application/yaml", "html": "text/html", "htm": "text/html", "pdf": "application/pdf", "png": "image/png",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "svg": "image/svg+xml", "zip": "application/zip",
    "gz": "application/gzip", "tar": "application/x-tar", "eml": "message/rfc822", "ics": "text/calendar",
    "doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pcap": "application/vnd.tcpdump.pcap", "evtx": "application/octet-stream",
  ]

  /// The media type that a name's ending stands for; octets where it stands for none.
  package static func guess(_ name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return MediaType.binary }
    return byEnding[String(name[name.utf8.index(after: dot)...]).lowercased()] ?? MediaType.binary
  }
}
