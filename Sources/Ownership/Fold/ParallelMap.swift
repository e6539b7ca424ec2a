internal import Dispatch
internal import FoundationEssentials
internal import Synchronization

/// Applies a function to many values on every core.
package enum Parallel {
  /// How many pieces are worked on at once.
  package static let width = max(1, ProcessInfo.processInfo.activeProcessorCount)

  /// The function's results, in the order of the values.
  ///
  /// - Parameters:
  ///   - grain: How many values a core takes at a time; fewer than that are not worth a second core.
  ///   - width: How many threads there are, for what mostly waits for somebody else; one a core unless stated.
  package static func map<Value: Sendable, Result: Sendable>(
    _ values: [Value], grain: Int = 32, width: Int? = nil, _ transform: @escaping @Sendable (Value) -> Result
  ) -> [Result] {
    let pieces = (values.count + grain - 1) / grain
    guard pieces > 1 else { return values.map(transform) }
    let results = Mutex([Int: [Result]]())
    let next = Atomic(0)
    perform(min(width ?? Parallel.width, pieces)) {
      while true {
        let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard piece < pieces else { return }
        let range = piece * grain..<min(values.count, (piece + 1) * grain)
        let part = values[range].map(transform)
        results.withLock { $0[piece] = part }
      }
    }
    return results.withLock { parts in (0..<pieces).flatMap { parts[$0] ?? [] } }
  }

  /// Does the same several times at once.
  private static func perform(_ count: Int, _ work: @escaping @Sendable () -> Void) {
    guard count > width else { return DispatchQueue.concurrentPerform(iterations: count) { _ in work() } }
    // A queue of its own has a thread of its own, whether there is a core for it or not.
    let group = DispatchGroup()
    for _ in 0..<count { DispatchQueue(label: "waiting").async(group: group) { work() } }
    group.wait()
  }
}

/// Work that goes on beside what the caller does meanwhile.
package final class Ahead<Value: Sendable>: Sendable {
  private let done = DispatchSemaphore(value: 0)
  private let result = Mutex<Value?>(nil)

  /// Begins at once.
  package init(_ work: @escaping @Sendable () -> Value) {
    DispatchQueue.global().async { [self] in
      let value = work()
      result.withLock { $0 = value }
      done.signal()
    }
  }

  /// The work's result, once it is there.
  package var value: Value {
    while true {
      if let value = result.withLock({ $0 }) { return value }
      done.wait()
      done.signal()
    }
  }
}
