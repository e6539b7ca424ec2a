internal import Glibc

do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  if let job = options.job {
    try Job.run(job, options.jobArguments)
  } else {
    var benchmark = try Benchmark(options)
    if try !benchmark.run() { exit(1) }
  }
} catch let error as BenchmarkError {
  say("custody-benchmark: \(error.message)")
  exit(64)
} catch {
  say("custody-benchmark: \(error)")
  exit(70)
}
