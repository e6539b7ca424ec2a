internal import Glibc

/// Tells one thread from another.
enum ThreadIdentity {
  static var current: UInt { UInt(pthread_self()) }
}
