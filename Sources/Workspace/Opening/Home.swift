internal import Crypto
internal import Findings
internal import Storage

/// Where a user's keys, memory of logs and indexes lie: `$CUSTODY_HOME`, by default `~/.config/custody`.
public struct Home: Sendable {
  /// The folder.
  public let path: String

  /// - Parameter path: The folder; made once there is something to keep.
  public init(path: String) {
    self.path = path
  }

  /// The home that environment variables name.
  ///
  /// - Parameter variable: A variable's value; nil where it is not set or empty.
  /// - Throws: `configuration` where neither `CUSTODY_HOME` nor `HOME` is set.
  public init(_ variable: (String) -> String?) throws {
    if let path = variable("CUSTODY_HOME") {
      self.path = path
    } else if let home = variable("HOME") {
      path = "\(home)/.config/custody"
    } else {
      throw Failure(
        .configuration, "neither CUSTODY_HOME nor HOME is set, so that there is no place for keys",
        hint: "set CUSTODY_HOME to a folder of your own")
    }
  }

  /// Does what needs a folder of the home to be there, or to be made.
  ///
  /// - Throws: `configuration` where it cannot be used; what the disk or another process is to blame for as it is.
  public static func using<Result>(_ folder: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      throw told(error, of: folder)
    }
  }

  /// An error with a folder of the home, as the user is told it.
  static func told(_ error: any Error, of folder: String) -> any Error {
    guard let error = error as? StorageError, error.code != .inputOutput, error.code != .locked else { return error }
    return Failure(
      .configuration, "the folder '\(folder)' for what is yours alone cannot be used: \(error.message)",
      hint: "set CUSTODY_HOME to a folder of your own")
  }

  package var keys: String { "\(path)/keys" }
  package var trust: String { "\(path)/trust" }

  /// The folder of what was asked of timestamping authorities for a log.
  package func timestamps(origin: String) -> String { "\(path)/timestamps/\(SHA256.hash(origin).hex)" }

  /// The folder of the index of a log.
  package func cache(origin: String) -> String { "\(path)/cache/\(SHA256.hash(origin).hex)" }
}
