internal import Findings
internal import Index
package import Ownership
internal import TreeLog

extension OpenedStore {
  /// Who speaks for a statement of a key under suspicion; nil where it is not disputed, or does not count.
  package func dispute(ofEntry number: Int) throws -> Dispute? {
    let refused = Set(try index.rejected().compactMap { $0.severity == .error ? $0.entry : nil })
    guard !refused.contains(number) else { return nil }
    let runs = try Dispute.find(in: reader, state: state, library: library, refused: refused)
    guard var found = runs.first(where: { $0.from <= number && number <= $0.through }) else { return nil }
    (found.from, found.through, found.count) = (number, number, 1)
    return found
  }
}
