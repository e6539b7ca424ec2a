package import Crypto
internal import Findings
internal import Storage
internal import TreeLog

/// A request for a token over a tree of a log.
package struct AskedTimestamp {
  /// The size of the tree.
  package let size: Int
  package let request: TimestampRequest
}

/// `$CUSTODY_HOME/timestamps`: what this user asked of authorities, a file for each request, so that a token that answers
/// another one is not taken for its answer.
struct TimestampMemory {
  private let folder: String

  init(_ home: Home, origin: String) {
    folder = home.timestamps(origin: origin)
  }

  private func path(_ asked: AskedTimestamp) -> String {
    "\(folder)/\(asked.size)-\(asked.request.nonce ?? "0").tsq"
  }

  /// Keeps a request, and waits until the disk has it.
  func keep(_ asked: AskedTimestamp) throws {
    try Home.using(folder) {
      try PrivateFile.makeFolder(folder)
      try PrivateFile.replace(path(asked), bytes: asked.request.bytes)
    }
  }

  /// Every request that is remembered.
  func all() throws -> [AskedTimestamp] {
    try Home.using(folder) { try PrivateFile.names(in: folder) }.compactMap { name in
      guard name.hasSuffix(".tsq"), let size = Int(name.prefix { $0 != "-" }),
        let bytes = try RegularFile.read("\(folder)/\(name)", limit: TimestampRequest.sizeLimit),
        let request = TimestampRequest(parsing: bytes)
      else { return nil }
      return AskedTimestamp(size: size, request: request)
    }
  }

  /// Forgets a request that was answered.
  func forget(_ asked: AskedTimestamp) { PrivateFile.remove(path(asked)) }
}

extension OpenedStore {
  /// Makes a request for a token over a tree of this log, and remembers it.
  ///
  /// - Parameters:
  ///   - size: The tree's size; nil for the newest.
  ///   - policy: The object identifier of the policy that is asked for; nil for the authority's own.
  package func timestampRequest(size: Int?, policy: String?, isRemembered: Bool = true) throws -> AskedTimestamp {
    try refuseIfOlder()
    let tree = try tree(at: size ?? checkpoint.size)
    let asked: AskedTimestamp
    do throws(TimestampRequest.Fault) {
      asked = AskedTimestamp(
        size: tree.size, request: try TimestampRequest.make(over: SHA256.hash(tree.text), policy: policy))
    } catch {
      switch error {
      case .malformedPolicy:
        throw Failure(
          .usage, "'\(policy ?? "")' is not an object identifier",
          hint: "write it in numbers, as in 1.3.6.1.4.1.4146.2.3")
      case .library(let reason): throw Failure(.bug, "the request cannot be made: \(reason)")
      }
    }
    if isRemembered { try TimestampMemory(desk.home, origin: origin).keep(asked) }
    return asked
  }
}
