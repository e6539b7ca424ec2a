/// One large file: memory must not grow with it.
extension Benchmark {
  mutating func measureLargeFile() throws {
    let megabytes = options.isQuick ? 200 : 1024
    let source = "\(work)/large"
    try Folder.make(source)
    try Folder.makeSparse("\(source)/large.bin", size: megabytes << 20)
    let made = try makeStore("large-store")
    let store = made.store
    try custody(["framework", "adopt", "nist-800-171-r2", "--store", store])
    settle()
    if has("submit") {
      let submit = ["submit", "--control", "nist-800-171-r2/3.1.1", "--store", store]
      try add("large: submit of a file", custody(submit + ["large.bin"], in: source))
      do {
        try add("large: submit from standard input", custody(submit + ["-"], input: "\(source)/large.bin"))
      } catch let error as BenchmarkError {
        table.note("submitting from standard input failed: \(error.message)")
      }
    } else {
      try add("large: stand-in for submit", isStandIn: true, job(["artifacts", store, made.home, source]))
    }
    try add("large: verify", custody(["verify", store, "--fail-on", "never"]))
  }

  private mutating func add(_ name: String, isStandIn: Bool = false, _ figures: ProcessFigures) {
    table.add(Figure(name, "ms", [figures.milliseconds]))
    table.add(Figure("\(name), peak memory", "MB", [figures.peakMegabytes], below: isStandIn ? nil : 100))
  }
}
