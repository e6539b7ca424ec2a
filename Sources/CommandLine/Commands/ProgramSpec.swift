package import Rendering

/// A program as a whole: what it is called, what it is for, and every command.
package struct ProgramSpec: Sendable {
  package let name: String
  package let version: String
  /// What a machine is told with the version, in this order.
  package let versionDetails: [(name: String, value: JSONOutput)]
  /// Sentences with which the overview begins.
  package let abstract: String
  /// The same in half a line, for the manual page: in lower case, without a full stop.
  package let summary: String
  /// What the overview shows of how to begin.
  package let examples: [Example]
  /// The environment variables that it reads, and what for.
  package let variables: [(name: String, meaning: String)]
  /// In the order in which help lists them.
  package let commands: [Command]

  package init(
    name: String, version: String, versionDetails: [(name: String, value: JSONOutput)] = [], abstract: String,
    summary: String, examples: [Example], variables: [(name: String, meaning: String)] = [], commands: [Command]
  ) {
    self.name = name
    self.version = version
    self.versionDetails = versionDetails
    self.abstract = abstract
    self.summary = summary
    self.examples = examples
    self.variables = variables
    self.commands = commands
  }

  /// Says which version this is.
  package func printVersion(isJSON: Bool, to console: Console) throws {
    guard isJSON else { return try console.print("\(name) \(version)") }
    let head: [(String, JSONOutput)] = [("name", .string(name)), ("version", .string(version))]
    try console.print(.object(head + versionDetails.map { ($0.name, $0.value) }))
  }
}
