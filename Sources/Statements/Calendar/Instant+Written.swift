extension Instant {
  /// The instant that people write: in full, to the second or to the minute, or a day for its first moment.
  ///
  /// - Parameter text: `2026-09-30T10:00:00.000Z`, `2026-09-30T10:00:00Z`, `2026-09-30T10:00Z` or `2026-09-30`.
  /// - Returns: nil for any other spelling.
  public init?(written text: String) {
    let spellings = [text, "\(text.dropLast()).000Z", "\(text.dropLast()):00.000Z", "\(text)T00:00:00.000Z"]
    guard let instant = spellings.lazy.compactMap({ Instant($0) }).first else { return nil }
    self = instant
  }
}
