internal import CommandLine
internal import FoundationEssentials
internal import Glibc

StandardStreams.secure()
Interruption.ignoreBrokenPipes()
let program = Program(
  CommandTable.program, environment: .process,
  console: .standard(environment: { Environment.process[$0] }),
  pager: { Pager(variables: ProcessInfo.processInfo.environment.filter { $0.key != "CUSTODY_PASSPHRASE" }) },
  willRun: Interruption.handle)
exit(
  program.run {
    let words = try ProcessArguments.words()
    try Environment.checkProcess(["CUSTODY_HOME", "CUSTODY_STORE", "CUSTODY_AS", "HOME"])
    return words
  }.rawValue)
