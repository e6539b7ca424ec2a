internal import Glibc
internal import Synchronization

/// A line typed on the process's terminal, whatever its standard input is, without showing it (`termios(3)`).
enum HiddenLine {
  /// The longest that is read, in bytes.
  private static let limit = 4096
  /// What the terminal was set to before; read by a signal's handler, so it lies outside Swift's care.
  nonisolated(unsafe) private static let saved = UnsafeMutablePointer<termios>.allocate(capacity: 1)
  /// The terminal that is hidden on; -1 for none.
  private static let hidden = Atomic<Int32>(-1)

  /// - Returns: nil where there is no terminal, or its input ends.
  static func read(_ prompt: String) -> String? {
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
    return bytes.flatMap { String(validating: $0, as: UTF8.self) }
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
      let count = unsafe Glibc.read(terminal, &byte, 1)
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
