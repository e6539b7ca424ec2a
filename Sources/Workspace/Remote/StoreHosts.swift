internal import Findings
internal import FoundationEssentials
internal import Storage
internal import Synchronization
internal import TreeLog

/// The programs that hold stores elsewhere for this process: one for each address, for as long as the process runs.
package final class StoreHosts: Sendable {
  private let running = Mutex<[String: RemoteProcess]>([:])
  /// The folders that are searched for the program that opens connections, as in `PATH`.
  private let searchPath: String?
  /// Words for that program, as `--plain-http`.
  private let options: [String]

  package init(searchPath: String?, options: [String] = []) {
    self.searchPath = searchPath
    self.options = options
  }

  /// The same programs, started anew: they end with the value that this gives.
  package func anew() -> StoreHosts { StoreHosts(searchPath: searchPath, options: options) }

  func host(of address: String) throws -> any StoreHost {
    try running.withLock { running in
      if let host = running[address] { return host }
      let program = try RemoteHelper.path(searchPath: searchPath, without: "without it no store elsewhere can be reached")
      let host = try RemoteProcess(
        program: program, address: address, options: options,
        withheld: ["CUSTODY_PASSPHRASE", "CUSTODY_NEW_PASSPHRASE"])
      running[address] = host
      return host
    }
  }
}

extension Desk {
  /// What lies in a store, wherever it is.
  ///
  /// - Parameter keeps: Whether what is at hand of a store elsewhere is believed. A verifier reads what lies there.
  func contents(of layout: StoreLayout, keeps: Bool = true) throws -> any StoreContents {
    guard let address = layout.address else { return try DirectoryContents(layout: layout) }
    try Home.using(home.path) {
      try FileManager.default.createDirectory(atPath: layout.inbox, withIntermediateDirectories: true)
    }
    return try BucketContents(hosts.host(of: address), layout: layout, keeps: keeps)
  }
}
