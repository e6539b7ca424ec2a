internal import FoundationEssentials
internal import Glibc

/// Measures every figure in turn, each on stores of its own.
struct Benchmark {
  let options: Options
  let work: String
  let runner: ProcessRunner
  /// The program under measurement.
  let custodyPath: String
  /// This program, for its jobs.
  let itself: String
  var table = FigureTable()

  init(_ options: Options) throws {
    self.options = options
    try Folder.make(options.work)
    work = "\(try Folder.absolute(options.work))/run-\(getpid())"
    try Folder.make(work)
    // A copy: a build that goes on meanwhile must not change what is measured.
    custodyPath = "\(work)/custody"
    try FileManager.default.copyItem(atPath: options.custody, toPath: custodyPath)
    itself = try Folder.absolute("/proc/self/exe")
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    runner = ProcessRunner(scratch: work, environment: ["PATH=\(path)", "HOME=\(work)", "CUSTODY_HOME=\(work)/home"])
  }

  /// - Returns: Whether every target was met, noise aside.
  mutating func run() throws -> Bool {
    defer {
      if options.keeps { say("left in \(work)") } else { Folder.remove(work) }
    }
    if options.wants("start") { measure("start-up") { try $0.measureStart() } }
    if options.wants("log") { measure("a log of \(options.size) entries") { try $0.measureLog() } }
    if options.wants("files") { measure("10,000 files of 26 KB") { try $0.measureFiles() } }
    if options.wants("large") { measure("one large file") { try $0.measureLargeFile() } }
    print(table.text)
    if let page = options.page { try Folder.write(Array(table.page(size: options.size).utf8), to: page) }
    return table.isMet
  }

  /// One group of figures; if it fails, the others are still measured.
  private mutating func measure(_ group: String, _ body: (inout Benchmark) throws -> Void) {
    say(group)
    do {
      try body(&self)
    } catch let error as BenchmarkError {
      table.fail("\(group): \(error.message)")
    } catch {
      table.fail("\(group): \(error)")
    }
  }

  // MARK: What the measurements share

  /// Runs the program under measurement; findings are no failure.
  @discardableResult
  func custody(
    _ arguments: [String], in folder: String = "/", input: String = "/dev/null"
  ) throws -> ProcessFigures {
    try runner.run(custodyPath, arguments, in: folder, input: input, accepts: [0, 3])
  }

  @discardableResult
  func job(_ arguments: [String]) throws -> ProcessFigures {
    try runner.run(itself, ["--job"] + arguments)
  }

  /// Whether the program has a command.
  func has(_ command: String) -> Bool {
    (try? runner.run(custodyPath, [command, "--help"])) != nil
  }

  /// A new store, and a home whose only key is its administrator's.
  func makeStore(_ name: String) throws -> (store: String, home: String) {
    let store = "\(work)/\(name)"
    let home = "\(work)/home"
    Folder.remove(home)
    try custody(["init", store, "--organization", "Acme Manufacturing", "--as", "acme/bo", "--quiet"])
    return (store, home)
  }

  /// Lets earlier writes reach the disk, so that nobody pays for another's.
  func settle() { sync() }

  /// The program as it starts and ends.
  private mutating func measureStart() throws {
    try custody(["--version"])
    let runs = try (0..<(options.isQuick ? 10 : 40)).map { _ in try custody(["--version"]) }
    table.add(Figure("start: custody --version", "ms", runs.map(\.milliseconds), below: 10))
    table.add(Figure("start: peak memory", "MB", runs.map(\.peakMegabytes)))
  }
}
