internal import Findings
internal import Ownership
internal import Statements
internal import TreeLog

/// `custody.json`: the format's number and the origin, in their one spelling.
enum ConfigurationCheck {
  /// - Returns: The origin; nil where the file does not say it.
  static func run(_ contents: any StoreContents, _ findings: inout FindingList) throws -> String? {
    func malformed(_ found: String, _ message: String) {
      findings.add(
        .chain,
        Finding(
          .storeMalformed, "custody.json", expected: "{\"format\":1,\"origin\":\"\u{2026}\"} and a newline",
          found: found, message))
    }
    guard let bytes = try contents.configuration() else {
      malformed("nothing", "'custody.json' is missing: restore it from a copy of the store")
      return nil
    }
    guard let read = StoreConfiguration(parsing: bytes) else {
      malformed(
        Wording.bytes(bytes.count),
        "'custody.json' is not what the format says: restore it from a copy of the store")
      return nil
    }
    return read.origin
  }
}

/// What `custody.json` holds.
package struct StoreConfiguration: Sendable, Equatable {
  package let origin: String

  package init(origin: String) {
    self.origin = origin
  }

  /// Reads the file's one spelling.
  package init?(parsing bytes: [UInt8]) {
    guard bytes.count <= 4096, bytes.last == 0x0a, let value = try? JSONValue(canonical: Array(bytes.dropLast())),
      case .object(let object) = value, object.members.count == 2, object["format"] == .integer(1),
      case .string(let origin)? = object["origin"], Origin.isValid(origin)
    else { return nil }
    self.origin = origin
  }

  /// The file's one spelling.
  package var bytes: [UInt8] {
    JSONValue.object(JSONObject([("format", .integer(1)), ("origin", .string(origin))])).canonicalBytes + [0x0a]
  }
}
