internal import Findings
internal import Glibc

/// Takes what is answered: into memory up to a limit, or into a new file.
final class AnswerSink {
  /// What an error says of itself is not longer.
  private static let errorLimit = 1 << 16

  /// The most that is taken of an answer that says yes.
  let limit: Int
  /// In memory: a body, or what an error says of itself.
  private(set) var bytes: [UInt8] = []
  /// How many bytes of a body came.
  private(set) var count = 0
  /// Whether there was more than is wanted, and the transfer was ended for that.
  private(set) var isFull = false
  /// Whether the file could not be written.
  private(set) var hasFailed = false

  private let file: String?
  private var descriptor: Int32 = -1

  /// - Parameter file: Made here, before anybody is asked: it must not be there, and only its owner can read it.
  /// - Throws: ``Refusal`` where it cannot be made.
  init(limit: Int, file: String? = nil) throws(Refusal) {
    self.limit = limit
    self.file = file
    guard let file else { return }
    descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Refusal(status: 0, fault: "the file for what is answered cannot be made")
    }
  }

  deinit {
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  /// - Parameter isYes: Whether the head says that the body is what was asked for.
  /// - Returns: How many bytes were taken; fewer than there are end the transfer.
  func take(_ piece: UnsafeRawBufferPointer, isYes: Bool) -> Int {
    let room = (isYes ? limit : AnswerSink.errorLimit) - (isYes ? count : bytes.count)
    let taken = unsafe UnsafeRawBufferPointer(rebasing: piece.prefix(max(0, room)))
    if isYes && descriptor >= 0 {
      guard unsafe write(taken) else {
        hasFailed = true
        return 0
      }
    } else {
      unsafe bytes += taken
    }
    if isYes { count += taken.count }
    if taken.count < piece.count { isFull = true }
    return taken.count
  }

  private func write(_ piece: UnsafeRawBufferPointer) -> Bool {
    var done = 0
    while done < piece.count {
      let count = unsafe Glibc.write(descriptor, piece.baseAddress?.advanced(by: done), piece.count - done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  /// Ends it: the file stays only where it is whole.
  ///
  /// - Returns: Whether all that came is there.
  func close(keeping isWanted: Bool) -> Bool {
    guard descriptor >= 0, let file else { return true }
    let isClosed = Glibc.close(descriptor) == 0
    descriptor = -1
    if !isWanted || !isClosed { _ = unsafe unlink(file) }
    return isClosed
  }
}
