internal import Crypto
internal import TreeLog

extension Session {
  /// The leaf hash of the genesis entry, by which a log is known for ever.
  func genesis() throws -> Digest {
    try LogReader(contents: contents, size: checkpoint.size, root: checkpoint.root).leafHash(0)
  }
}
