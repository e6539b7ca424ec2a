internal import Crypto
internal import Findings
internal import Statements

/// What is to be said of a statement that is well signed, beside whether it counts.
enum Remarks {
  static func findings(_ statement: Statement, sequence: Int) -> [Finding] {
    unreadable(statement, sequence) + futureDated(statement, sequence)
  }

  private static func unreadable(_ statement: Statement, _ sequence: Int) -> [Finding] {
    statement.missingLists.map { list in
      Finding(
        .undecided, "entry \(sequence)", entry: sequence, expected: list.hex,
        "entry \(sequence) (\(statement.predicate.typeName)) cannot be read: the object \(list.short), which holds a list "
          + "of it, is missing or changed: restore it from a copy")
    }
  }

  /// Evidence cannot cover a day that its signer had not reached, nor have been collected after it was signed.
  private static func futureDated(_ statement: Statement, _ sequence: Int) -> [Finding] {
    guard case .evidence(let evidence) = statement.predicate else { return [] }
    let signedAt = statement.signedAt
    var claims: [(claim: String, found: String, limit: String)] = []
    if let through = evidence.through, through > signedAt.day {
      claims.append(("covers days through \(through)", "\(through)", "\(signedAt.day)"))
    }
    if let collected = evidence.collected, collected > signedAt {
      claims.append(("was collected at \(collected)", "\(collected)", "\(signedAt)"))
    }
    return claims.map { claim, found, limit in
      Finding(
        .futureDated, "entry \(sequence)", entry: sequence, expected: "not after \(limit)", found: found,
        "the evidence of entry \(sequence) says that it \(claim), and it was signed at \(signedAt)")
    }
  }
}
