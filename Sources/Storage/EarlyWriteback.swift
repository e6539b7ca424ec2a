internal import Synchronization

/// Has what is staged go to the disk while more is read, so that the wait before the commit is short.
///
/// It waits for nothing on anybody's behalf: the commit waits for everything again. But what the disk could not take is told
/// once, to whoever asks first (`syncfs(2)`), and so its error is an error of the staging.
final class EarlyWriteback: Sendable {
  /// From so many bytes on it is worth its thread.
  static let threshold = 32 << 20

  private struct State {
    var isDone = false
    var error: (any Error)?
  }

  private let state = Mutex(State())
  private let thread = Mutex<BackgroundThread?>(nil)

  /// Begins.
  ///
  /// - Parameter folder: One on the file system that is meant.
  init(of folder: FileDescriptor, path: String, _ syscalls: Syscalls) {
    // Without a thread the commit waits a little longer.
    let started = BackgroundThread { [self] in
      while !state.withLock({ $0.isDone }) {
        do {
          try syscalls.syncfs(folder, path: path)
        } catch {
          return state.withLock { $0.error = error }
        }
      }
    }
    thread.withLock { $0 = started }
  }

  /// Ends it, after the round that it is at.
  ///
  /// - Throws: What the disk could not take.
  func end() throws {
    state.withLock { $0.isDone = true }
    thread.withLock { $0.take() }?.join()
    if let error = state.withLock({ $0.error }) { throw error }
  }
}
