internal import Crypto
internal import Statements

/// The order in which offer files can go into a log, whatever order they were named in.
///
/// A file stands after those with statements that its own name, and of one hand the older words stand before the newer:
/// put in the other way round, the older ones would be refused as replayed. Within a file the order is the file's.
enum OfferOrder {
  private struct Contents {
    var statements: Set<Digest> = []
    var named: Set<Digest> = []
    /// By key: what its first word in the file had seen, and when it was signed.
    var words: [Digest: (size: Int, signedAt: Instant)] = [:]
  }

  /// - Parameter files: Each read once more when it is taken; one that cannot be read stays where it is.
  static func sorted(_ files: [String]) -> [String] {
    guard files.count > 1 else { return files }
    let contents = files.map { OfferOrder.contents(of: $0) }
    var left = Array(files.indices)
    var order: [Int] = []
    while !left.isEmpty {
      // Where each waits for another nothing helps, and the first is taken as it was named.
      let next =
        left.first { one in left.allSatisfy { $0 == one || !precedes(contents[$0], contents[one]) } } ?? left[0]
      order.append(next)
      left.removeAll { $0 == next }
    }
    return order.map { files[$0] }
  }

  private static func precedes(_ first: Contents, _ second: Contents) -> Bool {
    if !second.named.isDisjoint(with: first.statements) { return true }
    // What is named comes first whatever the clocks say.
    if !first.named.isDisjoint(with: second.statements) { return false }
    return first.words.contains { key, word in
      second.words[key].map { (word.size, word.signedAt) < ($0.size, $0.signedAt) } ?? false
    }
  }

  private static func contents(of file: String) -> Contents {
    var contents = Contents()
    for envelope in (try? OfferFile.read(file)) ?? [] {
      guard let statement = try? Statement(payload: envelope.payload, lists: { _ in nil }) else { continue }
      contents.statements.insert(statement.id)
      contents.named.formUnion(statement.predicate.namedStatements)
      // Evidence and measurements may come in any order (design: For each key …).
      switch statement.predicate {
      case .evidence, .measurement: continue
      default: break
      }
      if contents.words[envelope.keyID] == nil {
        contents.words[envelope.keyID] = (statement.seen?.size ?? 0, statement.signedAt)
      }
    }
    return contents
  }
}
