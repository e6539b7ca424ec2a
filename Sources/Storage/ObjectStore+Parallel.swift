internal import Glibc
internal import Synchronization

extension ObjectStore {
  /// Copies and hashes many files, two at a time where there are many.
  ///
  /// - Returns: In the same order.
  /// - Throws: The error of the first file, in that order, that could not be staged; nothing stays staged then.
  package func stage(files paths: [String]) throws -> [StagedObject] {
    let work = StagingWork(paths: paths, store: self)
    if paths.count >= StagingWork.parallelLimit {
      // A second thread, and this one: more only compete for the disk.
      let context = unsafe Unmanaged.passRetained(work)
      var thread = pthread_t()
      let result = unsafe pthread_create(
        &thread, nil,
        { context in
          if let context = unsafe context {
            unsafe Unmanaged<StagingWork>.fromOpaque(context).takeRetainedValue().run()
          }
          return nil
        }, context.toOpaque())
      work.run()
      if result == 0 {
        pthread_join(thread, nil)
      } else {
        unsafe context.release()
      }
    } else {
      work.run()
    }
    return try work.results()
  }
}

/// Files to stage, taken one after the other by whoever is free.
private final class StagingWork: Sendable {
  /// From so many files on a second thread is worth its start.
  static let parallelLimit = 8

  private struct State {
    var next = 0
    var staged: [Int: StagedObject] = [:]
    var failure: (index: Int, error: any Error)?
  }

  private let paths: [String]
  private let store: ObjectStore
  private let state = Mutex(State())

  init(paths: [String], store: ObjectStore) {
    self.paths = paths
    self.store = store
  }

  func run() {
    while let index = take() {
      do {
        let object = try store.stage(file: paths[index])
        state.withLock { $0.staged[index] = object }
      } catch {
        state.withLock { state in
          if index < state.failure?.index ?? Int.max { state.failure = (index, error) }
        }
      }
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.failure == nil, state.next < paths.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  func results() throws -> [StagedObject] {
    let (staged, failure) = state.withLock { ($0.staged, $0.failure) }
    if let failure {
      store.discard(Array(staged.values))
      throw failure.error
    }
    return paths.indices.compactMap { staged[$0] }
  }
}
