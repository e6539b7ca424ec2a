internal import Glibc

/// Lets threads wait until something has changed (`pthread_cond_wait(3)`).
@safe final class Gate: @unchecked Sendable {
  // Both stay where they were made for as long as the value is there, and only the C library touches them.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Waits until a question has an answer, which is asked again after each change.
  func wait<Value>(until value: () throws -> Value?) rethrows -> Value {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let value = try value() { return value }
      unsafe pthread_cond_wait(condition, mutex)
    }
  }

  /// Changes something, and lets everybody who waits look again.
  func change(_ body: () -> Void) {
    unsafe pthread_mutex_lock(mutex)
    body()
    unsafe pthread_cond_broadcast(condition)
    unsafe pthread_mutex_unlock(mutex)
  }
}
