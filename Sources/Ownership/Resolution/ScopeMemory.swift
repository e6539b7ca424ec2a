internal import Statements
internal import Synchronization

/// The scopes of days that were asked for before: a schedule asks for the same few again and again.
final class ScopeMemory: Sendable {
  /// Days are many only where somebody asks for each; then the oldest answers are dropped together.
  private static let limit = 4096

  private let known = Mutex<[Day: AdoptedScope]>([:])

  /// The scope of a day, made where it was not asked for before.
  func scope(on day: Day, _ make: () -> AdoptedScope) -> AdoptedScope {
    if let scope = known.withLock({ $0[day] }) { return scope }
    let scope = make()
    known.withLock { known in
      if known.count >= ScopeMemory.limit { known.removeAll() }
      known[day] = scope
    }
    return scope
  }
}
