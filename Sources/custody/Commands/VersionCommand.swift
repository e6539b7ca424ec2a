internal import CommandLine

/// `custody version`: which custody this is.
enum VersionCommand {
  static let spec = CommandSpec<NoArguments>(
    name: "version", abstract: "Say which custody this is.",
    examples: [Example("custody version", "the same as 'custody --version'")], parameters: [],
    initial: NoArguments.init
  ) { _, global, console in
    try CommandTable.program.printVersion(isJSON: global.format == .json, to: console)
    return .success
  }
}
