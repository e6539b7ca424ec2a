internal import TreeLog

/// Which partial tiles and bundles stay, and which go.
///
/// Nothing in a store says which sizes it once had, and nothing needs to: a checkpoint of size s leaves a bundle of
/// width s mod 256, and one whose size is a multiple of 256 a partial tile on a higher level, which counts as a size of
/// its own where no bundle accounts for it. So the sizes of the newest checkpoints are read off the widths that are
/// there, and a partial file goes if it belongs to none of the newest 16. Where a multiple of 256 is not seen so, an
/// older checkpoint's files stay for longer; and what lies far from the right edge stays for good. Neither does harm.
struct PartialFiles {
  /// How many checkpoints keep their partial files.
  static let keptCheckpoints = 16

  let layout: StoreLayout
  let syscalls: Syscalls

  /// Removes what a crashed append left among the partial files that a growing tree comes past.
  ///
  /// Left there, it would lie within the new tree and be taken for a file of an older one, with other bytes.
  func removeScratch(from old: Int, to new: Int, _ batch: inout SyncBatch) throws {
    for coordinate in TileDelta.files(from: old, to: new) {
      let committed = TileDelta.file(coordinate.kind, index: coordinate.index, size: old)?.width ?? 0
      let folder = layout.partialFolder(coordinate)
      for width in try widths(coordinate) where width > committed {
        try syscalls.unlink(layout.file(coordinate.with(width: width)))
        batch.add(folder: folder)
      }
    }
  }

  /// Removes the partial files of checkpoints older than the newest 16. Failing to is no error: the append is done.
  func prune(size: Int) {
    var levels: [[TileCoordinate]] = [list(.entries, count: size)]
    var sizes: Set<Int> = [size]
    for file in levels[0] where file.index * 256 + file.width <= size { sizes.insert(file.index * 256 + file.width) }
    var level = 0
    while size >> (8 * level) > 0 {
      let files = list(.hashes(level: level), count: size >> (8 * level))
      levels.append(files)
      for file in files {
        let count = file.index * 256 + file.width
        // No known size accounts for this file: it is that of a checkpoint at the boundary itself.
        if count <= size >> (8 * level), !sizes.contains(where: { $0 >> (8 * level) == count }) {
          sizes.insert(count << (8 * level))
        }
      }
      level += 1
    }
    let kept = sizes.sorted(by: >).prefix(PartialFiles.keptCheckpoints)
    let needed = Set(kept.flatMap { TileDelta.partials(for: $0) })
    for files in levels {
      var emptied: Set<TileCoordinate> = []
      for file in files where !needed.contains(file) {
        try? syscalls.unlink(layout.file(file))
        emptied.insert(file.with(width: 256))
      }
      emptied.subtract(files.filter { needed.contains($0) }.map { $0.with(width: 256) })
      for file in emptied { try? syscalls.rmdir(layout.partialFolder(file)) }
    }
  }

  /// The partial files near the right edge of a level that has so many hashes: those in the edge's folder, and in the
  /// one before it while the edge is new there.
  private func list(_ kind: TileCoordinate.Kind, count: Int) -> [TileCoordinate] {
    let edge = max(0, count - 1) >> 8
    var groups = [TileCoordinate(kind: kind, index: edge)]
    if edge >= 1000, edge % 1000 < 64 { groups.append(TileCoordinate(kind: kind, index: edge - edge % 1000 - 1)) }
    var files: [TileCoordinate] = []
    for group in groups {
      let folder = StoreLayout.parent(group.path)
      for name in (try? syscalls.list("\(layout.root)/\(folder)")) ?? []
      where name.utf8.suffix(2).elementsEqual(".p".utf8) {
        guard let coordinate = TileCoordinate(path: "\(folder)/\(name.dropLast(2))") else { continue }
        files += ((try? widths(coordinate)) ?? []).map { coordinate.with(width: $0) }
      }
    }
    return files
  }

  private func widths(_ coordinate: TileCoordinate) throws -> [Int] {
    try syscalls.list(layout.partialFolder(coordinate))
      .compactMap { TileCoordinate(path: "\(coordinate.fullPath).p/\($0)")?.width }
  }
}
