internal import Crypto
internal import Findings
internal import Statements
package import TreeLog

extension OpenedStore {
  /// The tree that this log had at a size.
  package func tree(at size: Int) throws -> Checkpoint {
    guard (1...checkpoint.size).contains(size) else {
      throw Failure(
        .usage, "this log has no tree of \(Wording.entries(size)): it has \(checkpoint.size)",
        hint: "name a size from 1 to \(checkpoint.size)")
    }
    return Checkpoint(origin: origin, size: size, root: try reader.root(at: size))
  }

  /// The size of the tree of this log whose three lines have a digest; nil for none. The newest is looked at first.
  func size(ofTreeWith imprint: Digest) throws -> Int? {
    let reader = reader
    let progress = desk.notices.begin("looking for the tree", total: checkpoint.size)
    defer { progress.finish() }
    for size in stride(from: checkpoint.size, through: 1, by: -1) {
      let tree = Checkpoint(origin: origin, size: size, root: try reader.root(at: size))
      if SHA256.hash(tree.text) == imprint { return size }
      progress.advance(by: 1)
    }
    return nil
  }
}
