/// The order in which people look for numbered things: `3.2` before `3.10`.
package enum NaturalOrder {
  package static func precedes(_ left: String, _ right: String) -> Bool {
    let (left, right) = (pieces(left), pieces(right))
    for (one, other) in zip(left, right) where one != other {
      if let first = one.number, let second = other.number, first != second { return first < second }
      return one.text.utf8.lexicographicallyPrecedes(other.text.utf8)
    }
    return left.count < right.count
  }

  private struct Piece: Equatable {
    let text: String
    let number: Int?
  }

  /// Runs of digits, and what stands between them.
  private static func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var run: [UInt8] = []
    var isDigits = false
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    func close() {
      guard !run.isEmpty else { return }
      let text = String(decoding: run, as: UTF8.self)
      pieces.append(Piece(text: text, number: isDigits && run.count < 18 ? Int(text) : nil))
      run.removeAll()
    }
    for byte in text.utf8 {
      if isDigit(byte) != isDigits { close() }
      isDigits = isDigit(byte)
      run.append(byte)
    }
    close()
    return pieces
  }
}
