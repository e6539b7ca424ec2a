internal import CommandLine
internal import Crypto
internal import Findings
internal import FoundationEssentials
internal import Glibc

StandardStreams.secure()
Interruption.ignoreBrokenPipes()
let program = Program(
  CommandTable.program, environment: .process,
  console: .standard(environment: { Environment.process[$0] }),
  pager: {
    Pager(
      variables: ProcessInfo.processInfo.environment.filter {
        !["CUSTODY_PASSPHRASE", "CUSTODY_NEW_PASSPHRASE"].contains($0.key)
      })
  },
  willRun: Interruption.handle, didRecord: InboxSweep.run)
exit(
  program.run {
    let words = try ProcessArguments.words()
    do {
      try SHA256.start()
    } catch {
      throw Failure(
        .ioError, "\(error)", hint: "it may be that too many files are open (ulimit -n), or OPENSSL_CONF is damaged")
    }
    try Environment.checkProcess(["CUSTODY_HOME", "CUSTODY_STORE", "CUSTODY_AS", "HOME"])
    return words
  }.rawValue)
