internal import Crypto
internal import Findings
internal import FoundationEssentials
internal import Glibc
internal import Storage

/// The program that opens connections for custody, which opens none itself: `custody-remote`.
///
/// It is run without a shell. It gets the request's bytes on standard input and answers on standard output; what goes wrong
/// is its exit status, that of a failure of ours, and a line of JSON on standard error.
package struct RemoteHelper {
  /// The program's name.
  package static let name = "custody-remote"
  private let path: String

  /// Longer than it gives itself, in seconds.
  private static let patience = 60

  /// Finds it: beside the running program, else in one of the folders that are searched for programs.
  ///
  /// - Parameter searchPath: As in `PATH`.
  package init(searchPath: String?) throws {
    path = try RemoteHelper.path(
      searchPath: searchPath,
      without: "or do without it: 'custody timestamp request', any HTTP client, and 'custody timestamp attach'")
  }

  /// Finds it.
  ///
  /// - Parameter alternative: What can be done where it is missing.
  package static func path(searchPath: String?, without alternative: String) throws -> String {
    let beside = RemoteHelper.ownFolder.map { [$0] } ?? []
    // An empty part would mean the working folder, where anybody may have put a program of that name.
    let folders = beside + (searchPath ?? "").split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    let places = folders.map { folder in "\(folder)/\(RemoteHelper.name)" }
    let found = places.first { place in unsafe access(place, X_OK) == 0 }
    guard let found else {
      throw Failure(
        .configuration,
        "the program '\(RemoteHelper.name)', which alone opens connections, is neither beside custody nor on PATH",
        hint: "install it beside custody; \(alternative)")
    }
    return found
  }

  private static var ownFolder: String? {
    guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
      let slash = path.lastIndex(of: "/")
    else { return nil }
    return String(path[..<slash])
  }

  /// Sends a request for a token to an authority.
  ///
  /// - Parameters:
  ///   - url: Of http or https.
  ///   - certificates: A file of certificates that are trusted instead of the system's; nil for these.
  ///   - home: Where what it reads and writes is kept meanwhile, without a name.
  /// - Returns: What was answered.
  package func timestamp(_ request: AskedTimestamp, from url: String, certificates: String?, _ home: Home) throws
    -> [UInt8]
  {
    let words = [path, "timestamp", url] + (certificates.map { ["--ca", $0] } ?? [])
    return try run(words, request.request.bytes, limit: 1 << 20, folder: home.path)
  }

  private func run(_ words: [String], _ body: [UInt8], limit: Int, folder: String) throws -> [UInt8] {
    let input = try CapturedOutput(in: folder)
    try input.fill(body)
    let child = ChildProcess(
      arguments: words, output: try CapturedOutput(in: folder), errors: try CapturedOutput(in: folder),
      withheld: ["CUSTODY_PASSPHRASE", "CUSTODY_NEW_PASSPHRASE"], input: input.descriptor)
    let ended: (status: Int, isLate: Bool)
    do {
      ended = try withExtendedLifetime(input) { try child.run(timeout: RemoteHelper.patience) {} }
    } catch let error as Failure where error.code == .inputMissing {
      throw Failure(
        .configuration, "the program '\(path)' cannot be started", hint: "install it anew beside custody")
    }
    guard !ended.isLate else {
      throw Failure(.unavailable, "'\(RemoteHelper.name)' took longer than \(RemoteHelper.patience) seconds")
    }
    guard ended.status == 0 else { throw failure(ended.status, try child.errors.bytes(limit: 1 << 16)) }
    let answer = try child.output.bytes(limit: limit)
    guard answer.count <= limit else {
      throw Failure(.malformedInput, "what was answered has more than \(limit) bytes")
    }
    return answer
  }

  private struct Told: Decodable {
    struct Error: Decodable {
      let code: String
      let message: String
      let hint: String?
    }
    let error: Error
  }

  /// What it says went wrong.
  private func failure(_ status: Int, _ talk: [UInt8]) -> Failure {
    let last = talk.split(separator: 0x0a).last.map { Data($0) } ?? Data()
    guard let told = try? JSONDecoder().decode(Told.self, from: last), let code = FailureCode(rawValue: told.error.code)
    else {
      return Failure(
        .unavailable, "'\(RemoteHelper.name)' failed with status \(status)", hint: "try it by hand: \(path) --help")
    }
    return Failure(code, told.error.message, hint: told.error.hint)
  }
}
