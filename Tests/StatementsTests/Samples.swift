import Crypto
import Foundation
import Statements

/// The sample payloads in the format's description, and what it says of their members.
enum Samples {
  struct Sample: CustomStringConvertible, Sendable {
    /// `key-revocation`.
    let type: String
    let payload: [UInt8]
    /// Members of the predicate that are there always.
    let required: [String]
    /// Those that may be there, whatever else is.
    let optional: [String]

    var description: String { type }
  }

  /// Every type that has a heading, with its sample.
  static let all: [Sample] = {
    let path = ForeignStore.root.appending(path: "Sources/Statements/Statements.docc/StatementTypes.md")
    guard let text = try? String(contentsOf: path, encoding: .utf8) else { return [] }
    return text.components(separatedBy: "\n## ").dropFirst().compactMap { section in
      let lines = section.split(separator: "\n", omittingEmptySubsequences: false)
      guard let start = lines.firstIndex(of: "```json"), start + 1 < lines.count else { return nil }
      let rows = lines.filter { $0.hasPrefix("| `") }.map { $0.components(separatedBy: " | ") }
      func names(_ there: (String) -> Bool) -> [String] {
        rows.filter { $0.count > 2 && there($0[2]) }.flatMap { row in
          row[0].dropFirst(2).components(separatedBy: ", ").map { $0.replacingOccurrences(of: "`", with: "") }
        }.filter { !$0.contains(".") && !$0.contains("[") }
      }
      return Sample(
        type: String(lines[0]), payload: Array(lines[start + 1].utf8),
        required: names { $0 == "always" || $0.hasPrefix("always; may be empty") }, optional: names { $0 == "may" })
    }
  }()
}

/// Why a payload is no statement; nil where it is one.
func fault(_ payload: [UInt8], lists: @escaping ListLoader.Source = { _ in nil }) -> StatementSyntaxError? {
  do throws(StatementSyntaxError) {
    _ = try Statement(payload: payload, lists: lists)
    return nil
  } catch {
    return error
  }
}

extension JSONValue {
  /// The value at a path of keys, changed; setting nil removes it.
  func setting(_ path: [String], _ value: JSONValue?) -> JSONValue {
    guard case .object(var object) = self, let key = path.first else { return self }
    object[key] = path.count == 1 ? value : object[key]?.setting(Array(path.dropFirst()), value)
    return .object(object)
  }

  subscript(path: String...) -> JSONValue? {
    path.reduce(self as JSONValue?) { value, key in
      guard case .object(let object)? = value else { return nil }
      return object[key]
    }
  }

  /// The paths of all objects in it, arrays' elements aside.
  var objectPaths: [[String]] {
    guard case .object(let object) = self else { return [] }
    return [[]] + object.members.flatMap { key, value in value.objectPaths.map { [key] + $0 } }
  }
}
