internal import TreeLog

/// Files of a log that were read of late, and which ones are worth asking for together: whoever reads one after the other goes
/// on doing so.
struct ReadAhead {
  private var files: [TileCoordinate: [UInt8]] = [:]
  /// The oldest first.
  private var order: [TileCoordinate] = []
  private var bytes = 0
  /// The full file of each kind that was asked for last, and how long it was, in bytes.
  private var last: [TileCoordinate.Kind: (index: Int, size: Int)] = [:]

  /// So many files are asked for at once at most, and so many bytes of them kept.
  private static let window = 32
  private static let limit = 16 << 20

  /// A file that was read a moment ago.
  func bytes(_ coordinate: TileCoordinate) -> [UInt8]? { files[coordinate] }

  /// - Parameter size: That of the tree, in entries.
  /// - Returns: The file itself, and those after it where the one before was asked for last.
  mutating func wanted(from coordinate: TileCoordinate, size: Int) -> [TileCoordinate] {
    guard !coordinate.isPartial else { return [coordinate] }
    let before = last[coordinate.kind]
    last[coordinate.kind] = (coordinate.index, files[coordinate]?.count ?? before?.size ?? 0)
    guard let before, before.index + 1 == coordinate.index, files[coordinate] == nil else { return [coordinate] }
    let end = min(ReadAhead.full(coordinate.kind, of: size), coordinate.index + ReadAhead.count(before.size))
    guard coordinate.index < end else { return [coordinate] }
    return (coordinate.index..<end).map { TileCoordinate(kind: coordinate.kind, index: $0) }
  }

  /// As many as stay within half of what is kept, if all are as long as the last.
  private static func count(_ size: Int) -> Int { min(window, max(1, limit / 2 / max(1, size))) }

  /// How many full files of a kind a tree has.
  private static func full(_ kind: TileCoordinate.Kind, of size: Int) -> Int {
    switch kind {
    case .entries: size >> 8
    case .hashes(let level): level < 7 ? size >> (8 * (level + 1)) : 0
    }
  }

  mutating func put(_ file: [UInt8], _ coordinate: TileCoordinate) {
    guard files.updateValue(file, forKey: coordinate) == nil else { return }
    if last[coordinate.kind]?.index == coordinate.index { last[coordinate.kind]?.size = file.count }
    order.append(coordinate)
    bytes += file.count
    var gone = 0
    while bytes > ReadAhead.limit, gone < order.count - 1 {
      bytes -= files.removeValue(forKey: order[gone])?.count ?? 0
      gone += 1
    }
    order.removeFirst(gone)
  }
}
