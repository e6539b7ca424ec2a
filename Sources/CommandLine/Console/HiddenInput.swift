internal import Findings
internal import Glibc
internal import Synchronization

/// A line that is typed at the process's terminal and not shown: see termios(3).
package enum HiddenInput {
  /// The longest line that is read, in bytes.
  private static let limit = 4096

  /// What the terminal was set to before; read by a signal's handler, so it lies outside Swift's care.
  nonisolated(unsafe) private static let saved = UnsafeMutablePointer<termios>.allocate(capacity: 1)
  /// The terminal that is hidden on; -1 for none.
  private static let hidden = Atomic<Int32>(-1)

  /// Asks on the terminal that the process belongs to, whatever its standard streams are.
  ///
  /// - Returns: nil where there is none.
  /// - Throws: `interrupted` where the input ends instead.
  package static func ask(_ prompt: String) throws -> String? {
    let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else { return nil }
    defer { close(terminal) }
    guard unsafe tcgetattr(terminal, saved) == 0 else { return nil }
    var silent = unsafe saved.pointee
    silent.c_lflag &= ~tcflag_t(ECHO)
    hidden.store(terminal, ordering: .sequentiallyConsistent)
    defer { restore() }
    guard unsafe tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else { return nil }
    say(prompt, on: terminal)
    let bytes = line(of: terminal)
    say("\n", on: terminal)
    guard let bytes else { throw Failure(.interrupted, "no passphrase was given") }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.usage, "what was typed is not UTF-8", hint: "set the terminal to UTF-8")
    }
    return text
  }

  /// Shows again what is typed; safe in a signal's handler (signal-safety(7)).
  static func restore() {
    let terminal = hidden.exchange(-1, ordering: .sequentiallyConsistent)
    if terminal >= 0 { _ = unsafe tcsetattr(terminal, TCSANOW, saved) }
  }

  /// - Returns: Without the line's end; nil at the end of the input.
  private static func line(of terminal: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < limit {
      var byte: UInt8 = 0
      let count = unsafe read(terminal, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { return bytes.isEmpty ? nil : bytes }
      if byte == 0x0a { return bytes }
      bytes.append(byte)
    }
    return bytes
  }

  private static func say(_ text: String, on terminal: Int32) {
    var bytes = Array(text.utf8)
    _ = unsafe write(terminal, &bytes, bytes.count)
  }
}
