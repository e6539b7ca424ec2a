internal import Rendering
internal import Reports

/// `custody version`: which custody this is.
enum VersionCommand {
  static let spec = CommandSpec<NoArguments>(
    name: "version", abstract: "Say which custody this is.",
    examples: [Example("custody version", "the same as 'custody --version'")], parameters: [],
    initial: NoArguments.init
  ) { _, global, console in
    try print(isJSON: global.format == .json, to: console)
  }

  static func print(isJSON: Bool, to console: Console) throws -> ExitStatus {
    if isJSON {
      try console.print([
        "name": "custody", "version": .string(Version.current), "storeFormat": .integer(Version.storeFormat),
      ])
    } else {
      try console.print("custody \(Version.current)")
    }
    return .success
  }
}

/// For commands that take only what every command takes.
struct NoArguments: Sendable {}
