package import Crypto

/// What became of objects that assessments rest on.
extension ProjectionIndex {
  /// Whether every evidence that brought an object has been replaced.
  ///
  /// - Parameter known: The size of the tree that is known.
  /// - Returns: false also for what no evidence brought.
  package func isReplaced(object: Digest, upTo known: Int) throws -> Bool {
    let sql = """
      SELECT e.statement FROM (SELECT entry FROM use WHERE digest = ?1 UNION SELECT entry FROM item WHERE digest = ?1) u
      JOIN evidence e ON e.entry = u.entry WHERE e.entry < ?2
      """
    let limit = min(size, known)
    return try read { database in
      let statements = try database.query(sql).map([.digest(object), .integer(limit)]) { try $0.digest(0) }
      guard !statements.isEmpty else { return false }
      return try statements.allSatisfy { statement in
        try database.query("SELECT 1 FROM replacement WHERE statement = ? AND entry < ? LIMIT 1")
          .first([.digest(statement), .integer(limit)]) { _ in true } ?? false
      }
    }
  }
}
