internal import Findings
internal import Ownership
package import Storage
internal import Synchronization
internal import TreeLog
internal import Verification

/// Does one thing with each of many stores, on every core: a store at a time on each, so that memory does not grow with their
/// number.
package enum FleetWalk {
  /// The results, in the order of the places.
  ///
  /// Stores of one origin share an index and what is remembered of their log: they are looked at one after the other.
  ///
  /// - Parameters:
  ///   - desk: Where the stores are looked at from.
  ///   - notices: Told on the calling thread how many are done.
  ///   - body: Called from several threads; gives what is to be kept of a store, which should be little.
  package static func map<Result: Sendable>(
    _ places: [FleetPlaces.Place], from desk: FleetDesk, _ notices: any Notices,
    _ body: @escaping @Sendable (FleetPlaces.Place) -> Result
  ) -> [Result] {
    let work = Work(places, desk, body)
    let progress = notices.begin("reading stores", total: places.count)
    // Threads of their own: what reading a store does on all cores needs the others' queue.
    let helpers = (1..<max(1, min(Parallel.width, places.count))).map { _ in BackgroundThread { work.run { _ in } } }
    work.run { done in progress.advance(by: done - progress.count) }
    for helper in helpers { helper?.join() }
    progress.finish()
    return work.results
  }

  /// Groups of places, taken one after the other by whoever is free.
  private final class Work<Result: Sendable>: Sendable {
    private struct State {
      var next = 0
      var results: [Int: Result] = [:]
    }

    private let places: [FleetPlaces.Place]
    /// Places of one origin stand in one group, in their own order; the groups in that of their first.
    private let groups: [[Int]]
    private let body: @Sendable (FleetPlaces.Place) -> Result
    private let state = Mutex(State())

    init(
      _ places: [FleetPlaces.Place], _ desk: FleetDesk, _ body: @escaping @Sendable (FleetPlaces.Place) -> Result
    ) {
      self.places = places
      self.body = body
      var groups: [[Int]] = []
      var byOrigin: [String: Int] = [:]
      for (index, place) in places.enumerated() {
        let origin = desk.claimedOrigin(place)
        if let origin, let group = byOrigin[origin] {
          groups[group].append(index)
          continue
        }
        if let origin { byOrigin[origin] = groups.count }
        groups.append([index])
      }
      self.groups = groups
    }

    /// - Parameter progress: Told how many are done, by all threads.
    func run(_ progress: (Int) -> Void) {
      while let group = take() {
        for index in group {
          let result = body(places[index])
          progress(
            state.withLock { state in
              state.results[index] = result
              return state.results.count
            })
        }
      }
    }

    private func take() -> [Int]? {
      state.withLock { state in
        guard state.next < groups.count else { return nil }
        defer { state.next += 1 }
        return groups[state.next]
      }
    }

    var results: [Result] { state.withLock { state in places.indices.compactMap { state.results[$0] } } }
  }
}

extension StoreLocation {
  /// The origin that a store's own file claims; nil where it cannot be read.
  package static func claimedOrigin(_ path: String) -> String? {
    guard let contents = try? DirectoryContents(layout: StoreLayout(root: path)),
      let bytes = try? contents.configuration()
    else { return nil }
    return StoreConfiguration(parsing: bytes)?.origin
  }

  /// What changes whenever somebody appends to a store, or puts something into its inbox.
  package static func trace(_ layout: StoreLayout) -> String {
    [layout.checkpoint, layout.configuration, layout.inbox].map { RegularFile.trace($0) }.joined(separator: " ")
  }
}
