internal import Crypto
internal import Findings
internal import Glibc

/// Reads a file, hashes it, and copies it where that is asked for, without a store.
package enum ArtifactReader {
  private static let bufferSize = 1 << 18

  /// - Parameters:
  ///   - source: Read to its end; memory is one buffer.
  ///   - target: Path of a file that is not there yet.
  package static func read(_ source: ArtifactSource, copyingTo target: String? = nil) throws -> Artifact {
    let input = try open(source)
    defer { close(input) }
    var before = stat()
    guard unsafe fstat(input, &before) == 0 else { throw failure("look at", source.title, errno) }
    let isFile = source.origin != .standardInput
    if isFile, before.st_mode & S_IFMT != S_IFREG {
      throw Failure(.malformedInput, "\(source.title) is not a regular file", hint: "pipe it in and name it '-'")
    }
    let output: Int32? = try target.map { path in
      let number = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      guard number >= 0 else { throw failure("create", "'\(path)'", errno, code: .cannotCreate) }
      return number
    }
    defer { if let output { close(output) } }
    let (digest, size) = try copy(input, source.title, to: output)
    var after = stat()
    guard unsafe fstat(input, &after) == 0 else { throw failure("look at", source.title, errno) }
    if isFile,
      size != Int(after.st_size) || before.st_mtim.tv_nsec != after.st_mtim.tv_nsec
        || before.st_mtim.tv_sec != after.st_mtim.tv_sec
    {
      throw Failure(
        .malformedInput, "\(source.title) changed while it was read", hint: "submit it once nothing writes to it")
    }
    return Artifact(source, digest: digest, size: size)
  }

  private static func open(_ source: ArtifactSource) throws -> Int32 {
    let number =
      switch source.origin {
      case .standardInput: dup(STDIN_FILENO)
      case .file(let path): unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
      }
    guard number >= 0 else {
      throw failure("open", source.title, errno, code: errno == ENOENT ? .inputMissing : .ioError)
    }
    return number
  }

  private static func copy(_ input: Int32, _ title: String, to output: Int32?) throws -> (Digest, Int) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 4096)
    defer { unsafe buffer.deallocate() }
    var hasher = SHA256Hasher()
    var size = 0
    while true {
      let count = unsafe Glibc.read(input, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("read", title, errno) }
      if count == 0 { return (hasher.finalize(), size) }
      unsafe hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      size += count
      guard let output else { continue }
      var written = 0
      while written < count {
        let step = unsafe Glibc.write(output, buffer.baseAddress?.advanced(by: written), count - written)
        if step < 0, errno == EINTR { continue }
        guard step >= 0 else { throw failure("copy", title, errno) }
        written += step
      }
    }
  }

  private static func failure(
    _ verb: String, _ title: String, _ number: Int32, code: FailureCode = .ioError
  ) -> Failure {
    let reason = unsafe String(cString: strerror(number)).lowercased()
    return Failure(code, "cannot \(verb) \(title): \(reason)")
  }
}
