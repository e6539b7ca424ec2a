/// A log of 10,000 entries: verifying it, and adding one more.
extension Benchmark {
  private static let size = 10_000

  mutating func measureLog() throws {
    let (store, home) = try makeStore("log")
    try job(["log", store, home, String(Benchmark.size)])
    settle()
    try measureEntries(store)
    try measureOneSubmission(store)
  }

  /// Verifying against bare signature checks on the same cores.
  private mutating func measureEntries(_ store: String) throws {
    var bare: [Double] = []
    var whole: [ProcessFigures] = []
    var withoutObjects: [ProcessFigures] = []
    for round in 0...(options.isQuick ? 2 : 5) {
      let signatures = Double(try job(["signatures", store]).output.dropLast()) ?? 0
      let full = try custody(["verify", store, "--fail-on", "never"])
      let entries = try custody(["verify", store, "--fail-on", "never", "--objects", "none"])
      // The first round brings everything into the page cache.
      guard round > 0 else { continue }
      bare.append(signatures)
      whole.append(full)
      withoutObjects.append(entries)
    }
    table.add(Figure("entries: bare signature checks", "ms", bare))
    table.add(Figure("entries: verify", "ms", whole.map(\.milliseconds)))
    table.add(Figure("entries: verify / bare", "×", zip(whole, bare).map { $0.milliseconds / $1 }, below: 1.5))
    table.add(Figure("entries: verify --objects none", "ms", withoutObjects.map(\.milliseconds)))
    table.add(
      Figure("entries: verify --objects none / bare", "×", zip(withoutObjects, bare).map { $0.milliseconds / $1 }))
    table.add(Figure("entries: verify, peak memory", "MB", whole.map(\.peakMegabytes), below: 100))
  }

  /// One small file into the log, as a whole process.
  private mutating func measureOneSubmission(_ store: String) throws {
    // The index lies in the home: without it, the first command folds the whole log.
    let building = try (0..<(options.isQuick ? 1 : 3)).map { _ in
      Folder.remove("\(work)/home/cache")
      return try custody(["party", "list", "--store", store])
    }
    table.add(Figure("one: building the index", "ms", building.map(\.milliseconds)))
    table.add(Figure("one: building the index, peak memory", "MB", building.map(\.peakMegabytes)))
    let runs = options.isQuick ? 5 : 20
    let reading = try (0..<runs).map { _ in try custody(["party", "list", "--store", store]) }
    table.add(Figure("one: party list, index ready", "ms", reading.map(\.milliseconds)))
    guard has("submit") else {
      table.note("this program has no 'submit': what one submission takes was not measured")
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
}
