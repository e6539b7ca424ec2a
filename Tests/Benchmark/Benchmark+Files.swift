/// 10,000 files in one submission: taking them in, and verifying them.
extension Benchmark {
  private static let count = 10_000
  private static let size = 26_000

  mutating func measureFiles() throws {
    let source = "\(work)/source"
    let names = try Folder.fill(source, count: Benchmark.count, size: Benchmark.size, salt: "files")
    let hasSubmit = has("submit")
    // A program that cannot submit yet is not said to meet a target.
    let label = hasSubmit ? "submit" : "stand-in for submit"
    if !hasSubmit { table.note("this program has no 'submit': the stand-in calls the modules that it will") }
    var bare: [ProcessFigures] = []
    var submissions: [ProcessFigures] = []
    var store = ""
    // Nothing is removed between the runs: ext4 searches long for new inodes while many were freed a moment before.
    var peers: [String: [Double]] = [:]
    for round in 0..<(options.isQuick ? 1 : 5) {
      for peer in Peer.all {
        guard let run = try take(source, with: peer, round: round) else { continue }
        peers[peer.name, default: []].append(run.milliseconds)
      }
      let target = "\(work)/bare-\(round)"
      try Folder.make(target)
      settle()
      bare.append(try job(["copy", source, target]))

      let made = try makeStore("files-\(round)")
      store = made.store
      try custody(["framework", "adopt", "nist-800-171-r2", "--store", store])
      settle()
      submissions.append(
        hasSubmit
          ? try custody(
            ["submit", "--control", "nist-800-171-r2/3.1.1", "--store", store, "--quiet"] + names, in: source)
          : try job(["artifacts", store, made.home, source]))
    }
    table.add(Figure("files: bare copy, hash and sync", "ms", bare.map(\.milliseconds)))
    table.add(Figure("files: \(label)", "ms", submissions.map(\.milliseconds)))
    for peer in Peer.all {
      guard let runs = peers[peer.name] else {
        table.note("'\(peer.name)' is not installed, and was not measured")
        continue
      }
      table.add(Figure("files: \(peer.name)", "ms", runs))
    }
    if let fastest = peers.values.map({ Figure("", "", $0).median }).min() {
      table.add(
        Figure(
          "files: \(label) / fastest of them", "×", submissions.map { $0.milliseconds / fastest },
          below: hasSubmit ? 0.5 : nil))
      // What nobody can be below who keeps each file as a file of its own.
      table.add(Figure("files: bare / fastest of them", "×", bare.map { $0.milliseconds / fastest }))
    }
    table.add(
      Figure(
        "files: \(label) / bare", "×", zip(submissions, bare).map { $0.milliseconds / $1.milliseconds },
        below: hasSubmit ? 2 : nil))
    table.add(
      Figure(
        "files: \(label) / bare, processor time", "×",
        zip(submissions, bare).map { $0.processorMilliseconds / $1.processorMilliseconds }))
    table.add(
      Figure("files: \(label), peak memory", "MB", submissions.map(\.peakMegabytes), below: hasSubmit ? 100 : nil))
    settle()
    try measureObjects(store)
  }

  /// Verifying against `sha256sum` over the same objects.
  private mutating func measureObjects(_ store: String) throws {
    var bare: [ProcessFigures] = []
    var verifications: [ProcessFigures] = []
    for round in 0...(options.isQuick ? 2 : 5) {
      let sums = try runner.run(
        "/bin/sh", ["-c", "find object -type f -print0 | xargs -0 -P2 -n64 sha256sum"], in: store)
      let verification = try custody(["verify", store, "--fail-on", "never"])
      guard round > 0 else { continue }
      bare.append(sums)
      verifications.append(verification)
    }
    table.add(Figure("objects: find | xargs -P2 sha256sum", "ms", bare.map(\.milliseconds)))
    table.add(Figure("objects: verify", "ms", verifications.map(\.milliseconds)))
    table.add(
      Figure(
        "objects: verify / sha256sum", "×", zip(verifications, bare).map { $0.milliseconds / $1.milliseconds },
        below: 1.3))
    table.add(
      Figure(
        "objects: verify / sha256sum, processor time", "×",
        zip(verifications, bare).map { $0.processorMilliseconds / $1.processorMilliseconds }))
    table.add(Figure("objects: verify, peak memory", "MB", verifications.map(\.peakMegabytes), below: 100))
  }
}
