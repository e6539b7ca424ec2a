internal import Synchronization

extension ObjectStore {
  /// Copies and hashes many files, two at a time where there are many.
  ///
  /// - Parameter progress: Told now and then, on the calling thread, how many more are done.
  /// - Returns: In the same order.
  /// - Throws: The error of the first file, in that order, that could not be staged; nothing stays staged then.
  package func stage(files paths: [String], progress: (Int) -> Void = { _ in }) throws -> [StagedObject] {
    let work = StagingWork(paths: paths, store: self)
    guard paths.count >= StagingWork.parallelLimit else {
      work.run(progress)
      return try work.results()
    }
    // A second thread, and this one: more only compete for the disk.
    let second = BackgroundThread { work.run() }
    work.run(progress)
    second?.join()
    return try work.results()
  }

  fileprivate func writeback(with object: StagedObject) -> EarlyWriteback {
    EarlyWriteback(of: object.folder, path: StoreLayout.parent(object.path), syscalls)
  }
}

/// Files to stage, taken one after the other by whoever is free.
private final class StagingWork: Sendable {
  /// From so many files on a second thread is worth its start.
  static let parallelLimit = 8

  private static let progressStep = 64

  private struct State {
    var next = 0
    var staged: [Int: StagedObject] = [:]
    var failure: (index: Int, error: any Error)?
    var size = 0
    var writeback: EarlyWriteback?
  }

  private let paths: [String]
  private let store: ObjectStore
  private let state = Mutex(State())

  init(paths: [String], store: ObjectStore) {
    self.paths = paths
    self.store = store
  }

  /// - Parameter progress: Told how many files were taken since it was told last.
  func run(_ progress: (Int) -> Void = { _ in }) {
    var told = 0
    while let index = take() {
      if index - told >= StagingWork.progressStep {
        progress(index - told)
        told = index
      }
      do {
        let object = try store.stage(file: paths[index])
        state.withLock { state in
          state.staged[index] = object
          state.size += object.size
          if state.size >= EarlyWriteback.threshold, state.writeback == nil {
            state.writeback = store.writeback(with: object)
          }
        }
      } catch {
        state.withLock { state in
          if index < state.failure?.index ?? Int.max { state.failure = (index, error) }
        }
      }
    }
    progress(paths.count - told)
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.failure == nil, state.next < paths.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  func results() throws -> [StagedObject] {
    let (staged, failure, writeback) = state.withLock { ($0.staged, $0.failure, $0.writeback) }
    do {
      try writeback?.end()
      if let failure { throw failure.error }
    } catch {
      store.discard(Array(staged.values))
      throw error
    }
    return paths.indices.compactMap { staged[$0] }
  }
}
