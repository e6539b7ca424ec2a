import Findings
import Catalogs
import Crypto
import Foundation
import Ownership
import Statements
import Testing
import TreeLog

@testable import Verification

/// The fixtures' folder.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let foreignStore = root.appending(path: "Fixtures/stores/foreign")
}

struct ForeignStoreVerificationTests {
  struct Expected: Decodable {
    struct Owned: Decodable {
      struct Unit: Decodable {
        let accountable: String?
        let findings: [String]
      }

      let asOf: String
      let units: [String: Unit]
    }

    let origin: String
    let size: Int
    let root: String
    let leafHashes: [String]
    let sound: Bool
    let ownership: Owned
  }

  static func expected() throws -> Expected {
    let path = Repository.root.appending(path: "Fixtures/stores/foreign.expected.json")
    return try JSONDecoder().decode(Expected.self, from: Data(contentsOf: path))
  }

  @Test func `a store that another program wrote is sound and says who owns what`() throws {
    let expected = try Self.expected()
    let contents = try MemoryContents(folder: Repository.foreignStore)
    let asOf = try #require(Day(expected.ownership.asOf))
    let report = try Verifier(contents, options: VerificationOptions(asOf: asOf)).verify()
    let integrity = report.findings.filter { $0.code.isIntegrityError }
    #expect(integrity.isEmpty, "\(integrity)")
    #expect(report.isSound == expected.sound)
    #expect(report.checkpoint?.origin == expected.origin)
    #expect(report.checkpoint?.size == expected.size)
    #expect(report.checkpoint?.root.hex == expected.root)
    #expect(report.genesis?.hex == expected.leafHashes[0])
    let matrix = try #require(report.snapshot?.matrix)
    #expect(matrix.units.count == expected.ownership.units.count)
    for row in matrix.units {
      let unit = try #require(expected.ownership.units[row.id.description])
      #expect(row.accountable == unit.accountable, "\(row.id)")
      #expect(row.findings.map(\.rawValue).sorted() == unit.findings.sorted(), "\(row.id)")
    }
  }
}
