internal import Glibc

/// What one process took.
struct ProcessFigures {
  /// From before it was started until it was gone, in milliseconds.
  let milliseconds: Double
  /// What the processors worked for it and its children, in milliseconds; other work on the machine hardly changes it.
  let processorMilliseconds: Double
  /// The most memory that it, or the largest of its children, had resident, in MB of 1024 × 1024 bytes.
  let peakMegabytes: Double
  let status: Int32
  let output: String
  let errors: String
}

/// Starts processes and sees what they take.
///
/// A process inherits the peak of the one that starts it: so this program does whatever takes memory in a process of
/// its own (see `Job`).
struct ProcessRunner {
  /// Where output is caught: a file costs the process less than a pipe that somebody must empty.
  let scratch: String
  let environment: [String]

  /// - Parameters:
  ///   - folder: The working folder.
  ///   - input: The file that is standard input.
  ///   - accepts: The statuses that count as success.
  @discardableResult
  func run(
    _ program: String, _ arguments: [String], in folder: String = "/", input: String = "/dev/null",
    accepts: Set<Int32> = [0]
  ) throws -> ProcessFigures {
    let output = "\(scratch)/output"
    let errors = "\(scratch)/errors"
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard unsafe chdir(folder) == 0 else { throw BenchmarkError("'\(folder)' cannot be worked in") }
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer { unsafe (words + variables).forEach { unsafe free($0) } }

    let clock = ContinuousClock()
    let start = clock.now
    var child = pid_t()
    let result = unsafe posix_spawn(&child, program, &actions, nil, &words, &variables)
    guard result == 0 else { throw BenchmarkError("'\(program)' cannot be started (error \(result))") }
    var status: Int32 = 0
    var usage = rusage()
    guard unsafe wait4(child, &status, 0, &usage) == child else {
      throw BenchmarkError("'\(program)' cannot be waited for")
    }
    let elapsed = start.duration(to: clock.now)
    let figures = ProcessFigures(
      milliseconds: elapsed.milliseconds,
      processorMilliseconds: usage.ru_utime.milliseconds + usage.ru_stime.milliseconds,
      peakMegabytes: Double(usage.ru_maxrss) / 1024,
      status: status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f),
      output: String(decoding: try Folder.read(output), as: UTF8.self),
      errors: String(decoding: try Folder.read(errors), as: UTF8.self))
    guard accepts.contains(figures.status) else {
      let command = ([program] + arguments.prefix(8)).joined(separator: " ")
      throw BenchmarkError("'\(command)' ended with \(figures.status): \(figures.errors.prefix(500))")
    }
    return figures
  }
}

extension timeval {
  var milliseconds: Double { Double(tv_sec) * 1000 + Double(tv_usec) / 1000 }
}

extension Duration {
  var milliseconds: Double {
    Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
  }
}
