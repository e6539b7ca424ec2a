/// The rules that entries are folded by: who may say what, and who owns what by it.
package enum FoldRules {
  /// Raised with any change that makes of the same entries something else: reports name it, and what was remembered of
  /// a fold by other rules is void.
  package static let version = 1
}
