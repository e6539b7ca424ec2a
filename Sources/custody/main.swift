internal import CommandLine
internal import Glibc

StandardStreams.secure()
Interruption.ignoreBrokenPipes()
let program = Program(
  CommandTable.program, environment: .process,
  console: .standard(environment: { Environment.process[$0] }), willRun: Interruption.handle)
exit(program.run(ProcessArguments.words).rawValue)
