/// Which name somebody perhaps meant who wrote one that does not exist.
public enum Spelling: Sendable {
  /// The name that differs least from the text; among equals, the first.
  ///
  /// - Parameter distance: How many bytes may at most be put in, left out, changed or swapped. Short texts get
  ///   less, so that no name is proposed that shares hardly a letter with what was written.
  /// - Returns: nil where none is near.
  public static func nearest(to text: String, among names: [String], within distance: Int = 3) -> String? {
    let written = Array(text.utf8)
    // A long text is no slip of the finger, and comparing it would cost its square.
    guard !written.isEmpty, written.count <= 64 else { return nil }
    var best: (distance: Int, name: String)?
    for name in names {
      let letters = Array(name.utf8)
      let limit = min(distance, max(1, min(letters.count, written.count) / 2), best.map { $0.distance - 1 } ?? .max)
      guard letters.count <= 128, abs(letters.count - written.count) <= limit else { continue }
      let found = self.distance(written, letters)
      if found <= limit { best = (found, name) }
    }
    return best?.name
  }

  /// How many bytes have to be put in, left out, changed or swapped with the next to make one text of the other.
  public static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before: [Int] = []
    var above = Array(0...right.count)
    for (index, byte) in left.enumerated() {
      var row = [index + 1]
      for (column, other) in right.enumerated() {
        var best = min(above[column + 1] + 1, row[column] + 1, above[column] + (byte == other ? 0 : 1))
        if index > 0, column > 0, byte == right[column - 1], left[index - 1] == other {
          best = min(best, before[column - 1] + 1)
        }
        row.append(best)
      }
      before = above
      above = row
    }
    return above[right.count]
  }
}
