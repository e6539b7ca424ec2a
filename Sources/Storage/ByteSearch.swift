internal import CProcess

/// Looks for a few short texts in what goes by in pieces, wherever the pieces are cut.
package struct ByteSearch: Sendable {
  private let needles: [[UInt8]]
  /// How much of a piece may be the beginning of what goes on in the next.
  private let reach: Int

  /// - Parameter needles: None empty. The most that is remembered between two pieces is as long as the longest.
  package init(_ needles: [[UInt8]]) {
    self.needles = needles
    reach = max(0, (needles.map(\.count).max() ?? 0) - 1)
  }

  /// One run over something, from its beginning to its end.
  package struct Run {
    private let search: ByteSearch
    private var tail: [UInt8] = []
    /// Which needle was found first, counted from 0; nil as long as none was.
    package private(set) var found: Int?

    fileprivate init(_ search: ByteSearch) { self.search = search }

    /// Takes the next piece.
    package mutating func feed(_ piece: UnsafeRawBufferPointer) {
      guard found == nil, !search.needles.isEmpty else { return }
      if !tail.isEmpty {
        let seam = unsafe tail + piece.prefix(search.reach)
        found = unsafe seam.withUnsafeBytes { unsafe search.index(in: $0) }
      }
      if found == nil { found = unsafe search.index(in: piece) }
      let kept = unsafe piece.suffix(search.reach)
      tail = unsafe kept.count < search.reach ? Array((tail + kept).suffix(search.reach)) : Array(kept)
    }
  }

  /// Begins with the first piece.
  package func begin() -> Run { Run(self) }

  /// Whether one of the needles is in some bytes at hand.
  package func isIn(_ bytes: [UInt8]) -> Bool {
    unsafe bytes.withUnsafeBytes { unsafe index(in: $0) } != nil
  }

  private func index(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let start = bytes.baseAddress else { return nil }
    return needles.firstIndex { needle in
      unsafe needle.withUnsafeBytes { unsafe memory_contains(start, bytes.count, $0.baseAddress, $0.count) }
    }
  }
}
