/// Tells text that may go to a terminal as it is from everything else, piece by piece.
package struct PlainText {
  /// The beginning of a character that a piece ended in.
  private var pending: [UInt8] = []
  package private(set) var isPlain = true

  package init() {}

  /// Looks at further bytes.
  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    guard isPlain else { return }
    pending.append(contentsOf: bytes)
    let whole = pending.count - PlainText.unfinished(pending[...])
    guard let text = String(validating: pending[..<whole], as: UTF8.self) else {
      isPlain = false
      return
    }
    pending.removeFirst(whole)
    isPlain = text.unicodeScalars.allSatisfy { scalar in
      scalar == "\n" || scalar == "\r" || scalar == "\t" || !TerminalText.isHazardous(scalar)
    }
  }

  /// Says that nothing follows.
  package mutating func finish() {
    if !pending.isEmpty { isPlain = false }
  }

  /// How many bytes at the end are the beginning of a character whose rest is still to come.
  private static func unfinished(_ bytes: ArraySlice<UInt8>) -> Int {
    for (offset, byte) in bytes.suffix(3).reversed().enumerated() where byte & 0xc0 != 0x80 {
      let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
      return length > offset + 1 ? offset + 1 : 0
    }
    return 0
  }
}
