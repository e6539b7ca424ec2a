/// A log of a thousand to a million entries: verifying it, reading it, and adding one more.
extension Benchmark {
  mutating func measureLog() throws {
    let (store, home) = try makeStore("log")
    try job(["log", store, home, String(options.size)])
    settle()
    try measureEntries(store)
    try measureOneSubmission(store)
    try measureReading(store)
    try measureSinceVerified(store, home)
  }

  /// Verifying against bare signature checks on the same cores.
  private mutating func measureEntries(_ store: String) throws {
    var bare: [(elapsed: Double, processor: Double)] = []
    var whole: [ProcessFigures] = []
    var withoutObjects: [ProcessFigures] = []
    for round in 0...rounds {
      let signatures = try job(["signatures", store]).output.dropLast().split(separator: " ").compactMap { Double($0) }
      guard signatures.count == 2 else { throw BenchmarkError("the job 'signatures' does not say its time") }
      let full = try custody(["verify", store, "--fail-on", "never"])
      let entries = try custody(["verify", store, "--fail-on", "never", "--objects", "none"])
      // The first round brings everything into the page cache.
      guard round > 0 else { continue }
      bare.append((signatures[0], signatures[1]))
      whole.append(full)
      withoutObjects.append(entries)
    }
    let verify = Figure("", "", whole.map(\.milliseconds)).median
    let building = try (0..<(options.isQuick || options.size > 100_000 ? 1 : 3)).map { _ in
      // The index lies in the home: without it, the first command folds the whole log.
      Folder.remove("\(work)/home/cache")
      return try custody(["party", "list", "--store", store])
    }
    // For somebody who has verified nothing, each signature is checked.
    let (memory, aside) = ("\(work)/home/trust", "\(work)/home/aside")
    try Folder.move(memory, to: aside)
    Folder.remove("\(work)/home/cache")
    let first = try custody(["party", "list", "--store", store])
    Folder.remove(memory)
    try Folder.move(aside, to: memory)
    table.add(Figure("index: made for the first time", "ms", [first.milliseconds]))
    table.add(Figure("index: made anew", "ms", building.map(\.milliseconds)))
    table.add(Figure("index: made anew / verify", "×", building.map { $0.milliseconds / verify }, below: 1))
    table.add(Figure("index: made anew, peak memory", "MB", building.map(\.peakMegabytes)))
    func ratio(_ runs: [ProcessFigures]) -> [Double] { zip(runs, bare).map { $0.milliseconds / $1.elapsed } }
    table.add(Figure("entries: bare signature checks", "ms", bare.map(\.elapsed)))
    table.add(Figure("entries: verify", "ms", whole.map(\.milliseconds)))
    table.add(Figure("entries: verify / bare", "×", ratio(whole), below: 1.2))
    table.add(
      Figure(
        "entries: verify / bare, processor time", "×",
        zip(whole, bare).map { $0.processorMilliseconds / $1.processor }))
    table.add(Figure("entries: verify --objects none", "ms", withoutObjects.map(\.milliseconds)))
    table.add(Figure("entries: verify --objects none / bare", "×", ratio(withoutObjects)))
    table.add(Figure("entries: verify, peak memory", "MB", whole.map(\.peakMegabytes), below: 64))
  }

  /// One small file into the log, as a whole process.
  private mutating func measureOneSubmission(_ store: String) throws {
    let runs = options.isQuick ? 5 : 20
    let reading = try (0..<runs).map { _ in try custody(["party", "list", "--store", store]) }
    table.add(Figure("one: party list, index ready", "ms", reading.map(\.milliseconds)))
    guard has("submit") else {
      table.note("this program has no 'submit': 'party add' appends one statement too, and finds no control")
      let additions = try (0..<runs).map { number in
        try custody(["party", "add", "vendor-\(number)", "--kind", "vendor", "--name", "Vendor", "--store", store])
      }
      table.add(Figure("one: stand-in for submit", "ms", additions.map(\.milliseconds)))
      return
    }
    let folder = "\(work)/small"
    for control in ["nist-800-171-r2/3.1.1", "3.1.1"] {
      let names = try Folder.fill(folder, count: runs + 1, size: 200, salt: control)
      settle()
      let submissions = try names.map { name in
        try custody(["submit", name, "--control", control, "--store", store], in: folder)
      }
      table.add(
        Figure("one: submit --control \(control)", "ms", submissions.dropFirst().map(\.milliseconds), below: 25))
      table.add(Figure("one: submit, peak memory", "MB", submissions.dropFirst().map(\.peakMegabytes)))
    }
  }

  /// How often what takes long is run: once and again where the log is long.
  private var rounds: Int { options.size > 100_000 ? 1 : options.isQuick || options.size > 10_000 ? 2 : 5 }

  /// What is read every morning, from the index.
  private mutating func measureReading(_ store: String) throws {
    // The first looks at what nobody has looked at yet.
    try custody(["status", "--store", store])
    for (name, words) in [("status", ["status"]), ("report ownership", ["report", "ownership"]), ("log", ["log"])] {
      let runs = try (0..<5).map { _ in try custody(words + ["--store", store]) }
      table.add(Figure("reading: \(name)", "ms", runs.map(\.milliseconds), below: 300))
      table.add(Figure("reading: \(name), peak memory", "MB", runs.map(\.peakMegabytes), below: 64))
    }
  }

  /// Verifying once more after ten more entries.
  private mutating func measureSinceVerified(_ store: String, _ home: String) throws {
    try custody(["verify", store, "--fail-on", "never"])
    let runs = try (0..<(options.isQuick ? 2 : 5)).map { _ in
      try job(["more", store, home, "10"])
      settle()
      return try custody(["verify", store, "--since-verified", "--fail-on", "never"])
    }
    table.add(
      Figure("since: verify --since-verified, ten newer", "ms", runs.map(\.milliseconds), below: 100))
    table.add(Figure("since: peak memory", "MB", runs.map(\.peakMegabytes), below: 64))
  }
}
