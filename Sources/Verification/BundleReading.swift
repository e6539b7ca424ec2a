internal import Findings
internal import Ownership
internal import TreeLog

/// Reads an entry bundle for checking.
enum BundleReading {
  /// The entries of a bundle; nil where they are not to be had, which is then a finding.
  static func entries(
    _ contents: any StoreContents, _ coordinate: TileCoordinate, _ findings: inout FindingList
  ) throws -> [[UInt8]]? {
    guard let file = try contents.tileFile(coordinate) else {
      findings.add(
        .chain,
        Finding(
          .tileMismatch, coordinate.path, entry: coordinate.index * 256,
          expected: Wording.entries(coordinate.width),
          found: "nothing", "the entry bundle '\(coordinate.path)' is missing: restore it from a copy of the store"))
      return nil
    }
    do {
      return try EntryBundle.decode(file, width: coordinate.width).map { Array($0) }
    } catch {
      findings.add(
        .chain,
        Finding(
          .entryMalformed, coordinate.path, entry: coordinate.index * 256,
          expected: Wording.entries(coordinate.width),
          found: "\(error)",
          "the entry bundle '\(coordinate.path)' does not parse: \(error): restore it from a copy of the store"))
      return nil
    }
  }
}
