internal import Findings
internal import Glibc

/// The variables that the process was started with.
package struct Environment: Sendable {
  private let value: @Sendable (String) -> String?

  package init(_ value: @escaping @Sendable (String) -> String?) { self.value = value }

  /// The process's own.
  package static let process = Environment { name in unsafe getenv(name).map { unsafe String(cString: $0) } }

  /// A variable's value; nil where it is not set or empty.
  package subscript(name: String) -> String? { value(name).flatMap { $0.isEmpty ? nil : $0 } }

  /// Refuses a variable of the process that is not UTF-8: with other bytes put in their place it would name another file.
  ///
  /// - Parameter names: Of those whose values may be shown.
  /// - Throws: `configuration`
  package static func checkProcess(_ names: [String]) throws {
    for name in names {
      guard let value = unsafe getenv(name) else { continue }
      let bytes = unsafe UnsafeRawBufferPointer(start: value, count: strlen(value))
      guard unsafe String(validating: bytes, as: UTF8.self) == nil else { continue }
      throw Failure(
        .configuration, unsafe "the variable \(name) is not UTF-8: '\(ByteText.visible(bytes))'",
        hint: "rename the folder that it names, or name another")
    }
  }
}
