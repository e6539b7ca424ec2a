/// What a DSSE signature covers: `DSSEv1 SP LEN(type) SP type SP LEN(body) SP body`.
///
/// Specification: <https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md>, "Signature Definition".
package enum PreAuthenticationEncoding {
  /// The bytes to sign for a body of some type; lengths count bytes.
  package static func encode(type: String, body: borrowing [UInt8]) -> [UInt8] {
    let head = "DSSEv1 \(type.utf8.count) \(type) \(body.count) "
    var result: [UInt8] = []
    result.reserveCapacity(head.utf8.count + body.count)
    result.append(contentsOf: head.utf8)
    result.append(contentsOf: copy body)
    return result
  }
}
