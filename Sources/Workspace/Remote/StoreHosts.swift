internal import Findings
package import Storage
internal import Synchronization
internal import TreeLog

/// Who holds stores elsewhere for this process: one for each address, for as long as the value is there.
package final class StoreHosts: Sendable {
  private let running = Mutex<[String: any StoreHost]>([:])
  private let start: @Sendable (_ address: String) throws -> any StoreHost

  /// - Parameter start: Gives whoever holds the store at an address.
  package init(start: @escaping @Sendable (_ address: String) throws -> any StoreHost) { self.start = start }

  /// The program that opens connections, one for each address.
  ///
  /// - Parameters:
  ///   - searchPath: The folders that are searched for it, as in `PATH`.
  ///   - options: Words for it, as `--plain-http`.
  package convenience init(searchPath: String?, options: [String] = []) {
    self.init { address in
      let program = try RemoteHelper.path(
        searchPath: searchPath, without: "without it no store elsewhere can be reached")
      return try RemoteProcess(
        program: program, address: address, options: options,
        withheld: ["CUSTODY_PASSPHRASE", "CUSTODY_NEW_PASSPHRASE"])
    }
  }

  /// The same, asked anew: programs end with the value that this gives.
  package func anew() -> StoreHosts { StoreHosts(start: start) }

  func host(of address: String) throws -> any StoreHost {
    try running.withLock { running in
      if let host = running[address] { return host }
      let host = try start(address)
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
    // Evidence passes through here.
    try Home.using(home.path) { try PrivateFile.makeFolder(layout.inbox) }
    return try BucketContents(hosts.host(of: address), layout: layout, keeps: keeps)
  }
}
