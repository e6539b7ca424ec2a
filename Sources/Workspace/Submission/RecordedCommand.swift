internal import Glibc
package import Statements

/// Another program that is to be run, so that what it prints is evidence.
package struct RecordedCommand {
  package let arguments: [String]
  /// In seconds; nil to let it run.
  package let timeout: Int?
  /// What the standard output is called; nil for `stdout.txt`.
  package let outputName: String?
  /// The variables of this process that it does not get.
  package let withheld: [String]

  package init(arguments: [String], timeout: Int?, outputName: String?, withheld: [String]) {
    self.arguments = arguments
    self.timeout = timeout
    self.outputName = outputName
    self.withheld = withheld
  }

  /// A run that has ended.
  package struct Run {
    /// How it was run, as the statement says it.
    package let record: Evidence.Run
    /// What it printed, for as long as the run is kept.
    package let sources: [ArtifactSource]
    /// Whether it was ended for want of time.
    package let isLate: Bool

    fileprivate let outputs: [CapturedOutput]
  }

  /// Runs it to its end.
  ///
  /// - Parameter whileRunning: Called now and then with what was printed so far.
  package func run(
    at place: SigningPlace, whileRunning: (_ output: CapturedOutput, _ errors: CapturedOutput) -> Void
  ) throws -> Run {
    let folder = place.desk.home.cache(origin: place.origin)
    let child = ChildProcess(
      arguments: arguments, output: try CapturedOutput(in: folder), errors: try CapturedOutput(in: folder),
      withheld: withheld)
    let start = place.desk.clock.now()
    let (status, isLate) = try child.run(timeout: timeout) { whileRunning(child.output, child.errors) }
    // A clock that was set back meanwhile does not end a run before it began.
    let end = max(start, place.desk.clock.now())
    return Run(
      record: Evidence.Run(
        arguments: arguments, status: status, host: RecordedCommand.hostName, start: start, end: end),
      sources: [
        ArtifactSource(
          origin: .file(child.output.path), name: outputName ?? "stdout.txt",
          mediaType: outputName == nil ? "text/plain" : nil),
        ArtifactSource(origin: .file(child.errors.path), name: "stderr.txt", mediaType: "text/plain"),
      ], isLate: isLate, outputs: [child.output, child.errors])
  }

  private static var hostName: String {
    var bytes = [UInt8](repeating: 0, count: 256)
    let result = unsafe bytes.withUnsafeMutableBytes { buffer in
      guard let start = buffer.baseAddress else { return Int32(-1) }
      return unsafe gethostname(start.assumingMemoryBound(to: CChar.self), buffer.count - 1)
    }
    let name = bytes.prefix { $0 != 0 }
    return result == 0 && !name.isEmpty ? String(decoding: name, as: UTF8.self) : "unknown"
  }
}

extension Submission {
  /// Records what a run printed, and how it was run.
  ///
  /// - Parameter evidence: What it shows.
  package func perform(_ run: RecordedCommand.Run, _ evidence: Evidence) throws -> Result {
    var evidence = evidence
    evidence.collected = run.record.end
    evidence.run = run.record
    // The files have no name: they are there for as long as they are held open.
    return try withExtendedLifetime(run.outputs) {
      try perform([EvidenceBatch(evidence: evidence, sources: run.sources)])
    }
  }
}
