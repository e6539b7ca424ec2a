internal import Crypto
internal import Dispatch
internal import FoundationEssentials
internal import Glibc
internal import Statements
internal import Storage
internal import Synchronization
internal import TreeLog

/// The least that the work needs: what custody is held against.
enum BareLoops {
  /// Glibc's headers hide it from Swift.
  private static let syncfs: (@convention(c) (Int32) -> Int32)? = {
    guard let symbol = unsafe dlsym(nil, "syncfs") else { return nil }
    return unsafe unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
  }()

  /// Copies and hashes every file of a folder, and waits once until all is on the disk.
  static func copy(from source: String, to target: String) throws {
    let size = 1 << 20
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 4096)
    defer { unsafe buffer.deallocate() }
    var digests: [Digest] = []
    for name in try Folder.names(source) {
      let input = unsafe open("\(source)/\(name)", O_RDONLY | O_CLOEXEC)
      let output = unsafe open("\(target)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o444)
      guard input >= 0, output >= 0 else { throw BenchmarkError("'\(name)' cannot be copied") }
      var hasher = SHA256Hasher()
      while true {
        let count = unsafe Glibc.read(input, buffer.baseAddress, size)
        guard count >= 0 else { throw BenchmarkError("'\(name)' cannot be read") }
        if count == 0 { break }
        unsafe hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        guard unsafe Glibc.write(output, buffer.baseAddress, count) == count else {
          throw BenchmarkError("'\(name)' cannot be written")
        }
      }
      digests.append(hasher.finalize())
      close(input)
      close(output)
    }
    let folder = unsafe open(target, O_RDONLY | O_CLOEXEC)
    guard folder >= 0, let syncfs, syncfs(folder) == 0 else { throw BenchmarkError("'\(target)' cannot be synced") }
    close(folder)
  }

  /// Checks the signature of every entry on every core.
  ///
  /// - Returns: The milliseconds of the checks alone, from start to end and of the processors: reading and parsing
  ///   happen before.
  static func checkSignatures(store: String) throws -> (elapsed: Double, processor: Double) {
    let contents = try DirectoryContents(layout: StoreLayout(root: store))
    guard let note = try contents.checkpoint() else { throw BenchmarkError("'\(store)' has no checkpoint") }
    let checkpoint = try UnverifiedCheckpoint(parsing: note)
    var keys: [Digest: VerificationKey] = [:]
    var work: [(key: VerificationKey, signature: [UInt8], message: [UInt8])] = []
    var (elapsed, processor) = (0.0, 0.0)
    // A batch at a time: a large log is not to be held in memory, and only the checks are timed.
    func checkBatch() throws {
      let times = try check(work)
      elapsed += times.elapsed
      processor += times.processor
      work.removeAll(keepingCapacity: true)
    }
    try LogReader(contents: contents, size: checkpoint.size, root: checkpoint.root).entries(in: 0..<checkpoint.size) {
      _, bytes in
      let envelope = try Entry(parsing: Array(bytes)).envelope
      if keys.isEmpty {
        for text in try Statement(payload: envelope.payload, lists: { _ in nil }).predicate.publicKeys {
          let key = try VerificationKey(base64: text)
          keys[key.keyID] = key
        }
      }
      guard let key = keys[envelope.keyID] else { throw BenchmarkError("an entry is of an unknown key") }
      work.append((key, envelope.signature, Envelope.signedBytes(envelope.payload)))
      if work.count == 20_000 { try checkBatch() }
    }
    try checkBatch()
    return (elapsed, processor)
  }

  private static func check(
    _ checks: [(key: VerificationKey, signature: [UInt8], message: [UInt8])]
  ) throws -> (elapsed: Double, processor: Double) {
    let width = ProcessInfo.processInfo.activeProcessorCount
    let failed = Atomic(0)
    let before = processorMilliseconds()
    let clock = ContinuousClock()
    let start = clock.now
    DispatchQueue.concurrentPerform(iterations: width) { part in
      for index in stride(from: part, to: checks.count, by: width) {
        let check = checks[index]
        if !check.key.isValid(signature: check.signature, for: check.message) {
          failed.wrappingAdd(1, ordering: .relaxed)
        }
      }
    }
    let elapsed = start.duration(to: clock.now)
    guard failed.load(ordering: .relaxed) == 0 else { throw BenchmarkError("a signature does not hold") }
    return (elapsed.milliseconds, processorMilliseconds() - before)
  }

  private static func processorMilliseconds() -> Double {
    var usage = rusage()
    _ = unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage.ru_utime.milliseconds + usage.ru_stime.milliseconds
  }
}
