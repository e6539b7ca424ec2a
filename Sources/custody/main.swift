internal import Glibc

Interruption.ignoreBrokenPipes()
let program = Program(
  commands: CommandTable.commands, environment: .process,
  console: .standard(environment: { Environment.process[$0] }), willRun: Interruption.handle)
exit(program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
