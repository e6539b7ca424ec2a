internal import Findings
internal import Storage

/// Where requests for acceptances are written: each to a file of its own, and none in the place of another.
package enum AcceptanceRequestFile {
  /// A name that is still free in the working folder: `maple.request`, else `maple-2.request`.
  package static func freeName(for party: String) throws -> String {
    var number = 1
    while true {
      let name = number == 1 ? "\(party).request" : "\(party)-\(number).request"
      if try RegularFile.sizeWithoutFollowing(name) == nil { return name }
      number += 1
    }
  }

  /// Writes a request; one that asks the same party about the same version is replaced, and nothing else is.
  ///
  /// - Throws: `cannotCreate` where another file is there.
  package static func write(_ path: String, _ request: AcceptanceRequest) throws {
    if try RegularFile.sizeWithoutFollowing(path) != nil {
      let there = try? AcceptanceRequest.read(path).request
      guard let there, there.party == request.party, there.statement == request.statement else {
        throw Failure(
          .cannotCreate, "'\(path)' is there already, and is not this request",
          hint: "name a file that is not there yet: --request \(try freeName(for: request.party))")
      }
    }
    try OutputFile.write(path, try request.bytes)
  }
}
