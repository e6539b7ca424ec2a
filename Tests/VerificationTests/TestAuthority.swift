import Foundation
import TestSupport

/// A time-stamping authority that is made for the tests, by OpenSSL's program.
final class TestAuthority: Sendable {
  private let folder: TemporaryFolder

  struct Failed: Error { let words: String }

  /// One whom readers here trust, and one whom they do not know.
  static let trusted: Result<TestAuthority, any Error> = Result {
    // What is made once is never given back.
    atexit {
      for made in [TestAuthority.trusted, TestAuthority.stranger] { try? made.get().folder.remove("") }
    }
    return try TestAuthority("Clock")
  }
  static let stranger: Result<TestAuthority, any Error> = Result { try TestAuthority("Stranger") }

  private init(_ name: String) throws {
    folder = try TemporaryFolder()
    try folder.write(
      Array("[tsa]\nserial = serial\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\n".utf8),
      to: "configuration")
    try folder.write(Array("01\n".utf8), to: "serial")
    try run(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key -out certificate -days 30 "
        + "-subj /CN=\(name) -addext extendedKeyUsage=critical,timeStamping")
  }

  /// Its certificate, in PEM.
  func certificate() throws -> [UInt8] { folder.read("certificate") ?? [] }

  /// A token over some bytes, as of now (RFC 3161).
  func token(over bytes: [UInt8]) throws -> [UInt8] {
    let name = UUID().uuidString
    try folder.write(bytes, to: "\(name).data")
    try run("ts -query -data \(name).data -sha256 -cert -out \(name).query")
    try run(
      "ts -reply -config configuration -section tsa -queryfile \(name).query -signer certificate -inkey key "
        + "-out \(name).reply")
    return folder.read("\(name).reply") ?? []
  }

  private func run(_ words: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = words.split(separator: " ").map(String.init)
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(words: words) }
  }
}
