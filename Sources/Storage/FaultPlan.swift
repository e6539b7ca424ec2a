internal import Glibc
internal import Synchronization

/// The operations on the file system that matter to what survives a crash.
package enum Operation: String, Sendable {
  case open, create, read, write, fsync, syncfs, rename, mkdir, unlink, rmdir, flock, stat, statfs, list

  /// Whether it changes nothing.
  var onlyReads: Bool {
    switch self {
    case .open, .read, .stat, .statfs, .list: true
    case .create, .write, .fsync, .syncfs, .rename, .mkdir, .unlink, .rmdir, .flock: false
    }
  }

  /// As it stands in "cannot … 'path'".
  var verb: String {
    switch self {
    case .open, .create, .read, .rename: rawValue
    case .write: "write to"
    case .fsync, .syncfs: "bring to the disk"
    case .mkdir: "make the folder"
    case .unlink, .rmdir: "remove"
    case .flock: "lock"
    case .stat, .statfs: "look at"
    case .list: "list"
    }
  }
}

/// Makes one operation fail, and writes down what happened: how the tests see every place a crash can hit.
package final class FaultPlan: Sendable {
  /// When the operation fails.
  package enum Moment: Sendable, CaseIterable {
    /// It has not happened.
    case beforeEffect
    /// It has happened, and nobody learns of it.
    case afterEffect
  }

  /// One operation that was asked for.
  package struct Record: Sendable, Equatable {
    package let operation: Operation
    package let path: String
  }

  private struct State {
    var count = 0
    var isDead = false
    var records: [Record] = []
  }

  private let failing: Int?
  private let moment: Moment
  private let staysDead: Bool
  private let state = Mutex(State())

  /// A plan that only writes down.
  package init() {
    failing = nil
    moment = .beforeEffect
    staysDead = false
  }

  /// A plan in which the operation of that number, counted from 0, fails.
  ///
  /// - Parameter staysDead: Whether everything after it fails too, as after a crash; otherwise as after one error.
  package init(failing: Int, _ moment: Moment, staysDead: Bool) {
    self.failing = failing
    self.moment = moment
    self.staysDead = staysDead
  }

  /// What was asked for so far.
  package var records: [Record] { state.withLock { $0.records } }

  /// Whether the operation of that number was reached.
  package var hasFailed: Bool { state.withLock { $0.count > failing ?? Int.max } }

  /// Says, before an operation, at which moment it fails: nil for not at all.
  func next(_ operation: Operation, _ path: String) -> Moment? {
    state.withLock { state in
      defer { state.count += 1 }
      if state.isDead { return .beforeEffect }
      state.records.append(Record(operation: operation, path: path))
      guard state.count == failing else { return nil }
      state.isDead = staysDead
      return moment
    }
  }
}
