internal import CommandLine
internal import Findings
internal import Crypto
internal import Storage

/// Where a user's keys, memory of logs and indexes lie: `$CUSTODY_HOME`, by default `~/.config/custody`.
struct Home: Sendable {
  let path: String

  /// - Parameter environment: The process's.
  init(environment: Environment) throws {
    if let path = environment["CUSTODY_HOME"] {
      self.path = path
    } else if let home = environment["HOME"] {
      path = "\(home)/.config/custody"
    } else {
      throw Failure(
        .configuration, "neither CUSTODY_HOME nor HOME is set, so that there is no place for keys",
        hint: "set CUSTODY_HOME to a folder of your own")
    }
  }

  init(path: String) {
    self.path = path
  }

  /// Does what needs a folder of the home to be there, or to be made.
  ///
  /// - Throws: `configuration` where it cannot be used.
  static func using<Result>(_ folder: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as StorageError where error.code != .inputOutput {
      throw Failure(
        .configuration, "the folder '\(folder)' for what is yours alone cannot be used: \(error.message)",
        hint: "set CUSTODY_HOME to a folder of your own")
    }
  }

  var keys: String { "\(path)/keys" }
  var trust: String { "\(path)/trust" }

  /// The folder of the index of a log.
  func cache(origin: String) -> String { "\(path)/cache/\(SHA256.hash(origin).hex)" }
}
