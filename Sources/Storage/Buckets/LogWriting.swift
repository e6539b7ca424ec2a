package import Crypto
package import TreeLog

/// Who appends to a store, wherever it lies: a folder, a bucket.
package protocol LogWriting: AnyObject {
  /// Takes artifacts in, on this machine.
  var objects: ObjectStore { get }
  /// Whether others may append at any moment, so that an append may find another head than it was prepared for.
  var sharesHead: Bool { get }
  /// Whether the last append is known to have gone in; nil where it has to be looked up.
  var isCommitted: Bool? { get }

  /// Whether the place itself keeps things from being deleted: then ``terms`` say for how long.
  var keepsThings: Bool { get }
  /// For how long what is written from now on has to stay.
  var terms: RetentionTerms { get set }

  /// Gives staged objects their names in the store.
  ///
  /// - Returns: In the same order.
  func publish(_ staged: [StagedObject]) throws -> [StoredObject]
  /// Removes objects again that were published for nothing, where nobody else can rely on them by now.
  func withdraw(_ stored: [StoredObject])
  /// Appends entries in one step: all of them, or, after an error, none; see ``LogWriter/append(_:to:bringing:relyingOn:willCommit:didSync:makeCheckpoint:)``.
  func append(
    _ entries: [[UInt8]], to previous: Checkpoint?, bringing objects: [StoredObject], relyingOn others: [Digest],
    willCommit: () -> Void, didSync: (SyncWay) -> Void,
    makeCheckpoint: (_ size: Int, _ root: Digest) throws -> [UInt8]
  ) throws -> (size: Int, root: Digest)
}

/// The writer of a folder.
package final class FolderWriter: LogWriting {
  private let writer: LogWriter

  package init(_ writer: consuming LogWriter) { self.writer = writer }

  package var objects: ObjectStore { writer.objects }
  package var sharesHead: Bool { false }
  package var isCommitted: Bool? { nil }
  package var keepsThings: Bool { false }
  package var terms = RetentionTerms()
  package func publish(_ staged: [StagedObject]) throws -> [StoredObject] { try writer.objects.publish(staged) }
  package func withdraw(_ stored: [StoredObject]) { writer.objects.withdraw(stored) }

  package func append(
    _ entries: [[UInt8]], to previous: Checkpoint?, bringing objects: [StoredObject], relyingOn others: [Digest],
    willCommit: () -> Void, didSync: (SyncWay) -> Void,
    makeCheckpoint: (_ size: Int, _ root: Digest) throws -> [UInt8]
  ) throws -> (size: Int, root: Digest) {
    try writer.append(
      entries, to: previous, bringing: objects, relyingOn: others, willCommit: willCommit, didSync: didSync,
      makeCheckpoint: makeCheckpoint)
  }
}
