internal import Findings
internal import Glibc

/// The reader of standard output has gone away; nothing more can be told it, and nothing is wrong.
package struct BrokenPipe: Error, Equatable, Sendable {}

/// Standard output or standard error, or a stand-in that remembers what was written.
package final class OutputChannel {
  /// A file descriptor; nil for a stand-in.
  private let descriptor: Int32?
  /// What shows results that are longer than the screen; nil where nothing does.
  private var pager: Pager?
  private var running: Pager.Running?
  private var buffer: [UInt8] = []
  private let bufferLimit: Int
  /// What kept something from being written.
  private var trouble: (any Error)?

  /// Whether somebody watches.
  package let isTerminal: Bool
  package let usesColour: Bool
  /// How wide a line may be: `COLUMNS`, else a terminal's width, but 40 at least and 100 at most.
  package let columns: Int
  /// Whether somebody said how wide a line may be: a terminal, or `COLUMNS`. Lines for a program stay whole.
  package let hasWidth: Bool

  /// - Parameter environment: The value of an environment variable.
  package init(descriptor: Int32, bufferLimit: Int, environment: (String) -> String?) {
    self.descriptor = descriptor
    self.bufferLimit = bufferLimit
    isTerminal = isatty(descriptor) == 1
    let isPlain = environment("NO_COLOR").map { !$0.isEmpty } ?? false || environment("TERM") == "dumb"
    usesColour = isTerminal && !isPlain
    let asked = environment("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    columns = min(
      100, max(40, asked ?? (isTerminal ? OutputChannel.terminalColumns(descriptor) : nil) ?? 100))
    hasWidth = isTerminal || asked != nil
  }

  /// A channel that keeps what is written to it.
  package init(isTerminal: Bool = false, usesColour: Bool = false, columns: Int = 100) {
    descriptor = nil
    bufferLimit = .max
    self.isTerminal = isTerminal
    self.usesColour = usesColour
    self.columns = columns
    hasWidth = isTerminal
  }

  /// Whether the reader of a pipe is still there (`poll(2)`); of everything else it is taken that somebody is.
  var isRead: Bool {
    guard let descriptor else { return true }
    var state = pollfd(fd: descriptor, events: 0, revents: 0)
    guard unsafe poll(&state, 1, 0) > 0 else { return true }
    return Int32(state.revents) & (POLLERR | POLLNVAL | POLLHUP) == 0
  }

  /// Whether a pager shows what is written.
  var isPaging: Bool { running != nil }

  /// Shows results that are longer than the screen through a pager; on a terminal only.
  func page(with pager: Pager) {
    if isTerminal, descriptor != nil { self.pager = pager }
  }

  /// Lets the pager's reader see the results to their end.
  func endPaging() {
    pager = nil
    guard let running else { return }
    self.running = nil
    running.finish()
  }

  /// What was written to a stand-in.
  package var written: String { String(decoding: buffer, as: UTF8.self) }

  package func write(_ bytes: some Sequence<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count > bufferLimit { try flush() }
  }

  /// Hands over what is still here.
  ///
  /// - Throws: What kept it from being written, now and at every later call: whoever lets one failure pass must not take
  ///   the whole for told.
  package func flush() throws {
    if let trouble {
      buffer.removeAll(keepingCapacity: true)
      throw trouble
    }
    do {
      try writeOut()
    } catch {
      trouble = error
      throw error
    }
  }

  private func writeOut() throws {
    guard let own = descriptor, !buffer.isEmpty else { return }
    if let pager, running == nil, let rows = OutputChannel.size(own).map({ Int($0.ws_row) }), rows > 1,
      buffer.count(where: { $0 == 0x0a }) >= rows
    {
      running = pager.start()
    }
    let descriptor = running?.input ?? own
    // Even if it fails, it is not to be written twice.
    defer { buffer.removeAll(keepingCapacity: true) }
    var start = 0
    while start < buffer.count {
      let count = unsafe buffer.withUnsafeBytes { bytes in
        unsafe Glibc.write(descriptor, bytes.baseAddress.map { unsafe $0 + start }, bytes.count - start)
      }
      if count > 0 { start += count }
      if count < 0, errno == EPIPE { throw BrokenPipe() }
      if count < 0, errno != EINTR {
        let reason = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
        throw Failure(.ioError, "the output cannot be written: \(reason)")
      }
    }
  }

  private static func terminalColumns(_ descriptor: Int32) -> Int? {
    size(descriptor).flatMap { $0.ws_col > 0 ? Int($0.ws_col) : nil }
  }

  private static func size(_ descriptor: Int32) -> winsize? {
    var size = winsize()
    let status = unsafe withUnsafeMutablePointer(to: &size) { unsafe ioctl(descriptor, UInt(TIOCGWINSZ), $0) }
    return status == 0 ? size : nil
  }
}
