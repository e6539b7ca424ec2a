internal import Glibc

/// Tells one thread from another.
package enum ThreadIdentity {
  package static var current: UInt { UInt(pthread_self()) }
}
