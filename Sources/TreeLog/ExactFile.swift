extension StoreContents {
  /// The bytes of exactly this tile or bundle, cut out of a wider one where that is all there is.
  ///
  /// - Returns: nil where there is neither; nothing of it is believed yet.
  /// - Throws: `BundleSyntaxError` where a wider bundle cannot be cut.
  package func exactFile(_ coordinate: TileCoordinate) throws -> [UInt8]? {
    guard let file = try tileFile(coordinate) else { return nil }
    guard !file.isExact else { return file.bytes }
    guard coordinate.kind == .entries else { return Array(file.bytes.prefix(coordinate.sizeLimit)) }
    return Array(try EntryBundle.decodePrefix(file.bytes, width: coordinate.width).bytes)
  }
}
