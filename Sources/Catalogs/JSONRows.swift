/// A table in JSON, as monitoring and ticket systems export it: an array of objects, or an object with one in it.
///
///     {"issues":[{"key":"T-1","fields":{"created":"2026-09-01T10:00:00Z"}}]}
///
/// What lies deeper is named by its path, `fields.created`; numbers stay as they are written; arrays within a row are
/// left out.
package struct JSONRows {
  /// A row for each object: its values by name, those that are null left out.
  package private(set) var rows: [[String: String]] = []
  /// The names, in the order in which they first occur.
  package private(set) var columns: [String] = []
  private var known: Set<String> = []

  /// - Throws: `CatalogError` for what is not JSON, or holds no array of objects.
  package init(_ bytes: [UInt8]) throws(CatalogError) {
    var reader = try JSONReader(bytes)
    reader.skipSpace()
    var isFound = false
    if reader.isAtArray {
      try readRows(&reader)
      isFound = true
    } else {
      try reader.readObject { (reader, _) throws(CatalogError) in
        // The first array is the table; what stands around it is about it.
        guard !isFound, reader.isAtArray else { return try reader.skip() }
        try readRows(&reader)
        isFound = true
      }
    }
    try reader.finish()
    guard isFound else {
      throw CatalogError(
        .malformed, "the JSON holds no array of objects", hint: "export the rows as an array of objects")
    }
  }

  private mutating func readRows(_ reader: inout JSONReader) throws(CatalogError) {
    try reader.readArray { (reader) throws(CatalogError) in
      guard reader.isAtObject else { throw reader.fault("is not an object, as each row has to be") }
      var row: [String: String] = [:]
      try readFields(&reader, under: "", &row)
      rows.append(row)
    }
  }

  private mutating func readFields(
    _ reader: inout JSONReader, under path: String, _ row: inout [String: String]
  ) throws(CatalogError) {
    try reader.readObject { (reader, key) throws(CatalogError) in
      let name = path + key
      if reader.isAtObject { return try readFields(&reader, under: "\(name).", &row) }
      guard let value = try reader.readScalar() else { return try reader.skip() }
      if known.insert(name).inserted { columns.append(name) }
      if let value { row[name] = value }
    }
  }
}
