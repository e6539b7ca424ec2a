import Foundation

/// Files below `Fixtures/` in the package's root.
package enum Fixtures {
  /// The path of a fixture, found from where this file was compiled.
  package static func path(_ relative: String) -> String {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(root)/Fixtures/\(relative)"
  }

  /// The bytes of a fixture.
  package static func bytes(_ relative: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(relative))))
  }

  /// A fixture in JSON, read as a type of the test's own.
  package static func json<T: Decodable>(_ relative: String, as type: T.Type = T.self) throws -> T {
    try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: path(relative))))
  }
}

/// Bytes from hexadecimal digits in a fixture.
package func bytes(hex: String) -> [UInt8] {
  var result: [UInt8] = []
  var digits = hex[...]
  while digits.count >= 2 {
    result.append(UInt8(digits.prefix(2), radix: 16) ?? 0)
    digits = digits.dropFirst(2)
  }
  return result
}
