internal import Glibc

/// The variables that the process was started with.
package struct Environment: Sendable {
  private let value: @Sendable (String) -> String?

  package init(_ value: @escaping @Sendable (String) -> String?) { self.value = value }

  /// The process's own.
  package static let process = Environment { name in unsafe getenv(name).map { unsafe String(cString: $0) } }

  /// A variable's value; nil where it is not set or empty.
  package subscript(name: String) -> String? { value(name).flatMap { $0.isEmpty ? nil : $0 } }
}
