package import Findings

/// The machine did not give objects to read that are there: nothing can be said of the store until it does.
package struct ObjectsUnreadable: FailureConvertible {
  /// Why the first of them, by digest, was not read.
  package let first: any Error
  /// How many more there are.
  package let others: Int

  package var failure: Failure {
    let failure = Failure(describing: first)
    let more = others == 0 ? "" : ", and \(Wording.count(others, "more object")) cannot be read"
    return Failure(
      failure.code, "the store was not verified: \(failure.message)\(more)",
      hint: failure.hint
        ?? "verify it again once the machine can read all of it; what a failed disk lost comes from a copy")
  }
}
