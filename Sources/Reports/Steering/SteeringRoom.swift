internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering

/// How many rows of each grid a paper lists: all that there is room for, and the longest lists give way first.
struct SteeringRoom {
  let parts: [SteeringPart]
  /// How high all parts together may be.
  let room: Int
  /// How high a part is with so many rows of its grids.
  let height: (_ number: Int, _ limits: [Int]) -> Int

  /// No list of a paper is longer, whatever room there is.
  private static let longest = 40

  private typealias Cut = (limits: [[Int]], height: Int)

  /// Rows of each grid of each part.
  ///
  /// - Parameter isStrict: Whether a list gives way altogether to the command that shows it, where all fits then. What has
  ///   to stand on the paper is never cut, so that nothing may help.
  func limits(isStrict: Bool) -> [[Int]] {
    let all = parts.map { $0.grids.map { $0.isKept ? $0.rows.count : min($0.rows.count, SteeringRoom.longest) } }
    let whole = zip(parts.indices, all).reduce(0) { $0 + height($1.0, $1.1) }
    let fair = cut((all, whole)) { $0.floor }
    guard isStrict, fair.height > room else { return fair.limits }
    let least = cut(fair) { _ in 0 }
    return least.height > room ? fair.limits : least.limits
  }

  /// Takes rows away, of the longest list first, as long as it is too high and a list has more rows than it must have.
  private func cut(_ whole: Cut, to floor: (SteeringPart.Grid) -> Int) -> Cut {
    var cut = whole
    while cut.height > room {
      var longest: (part: Int, grid: Int, next: Int)?
      for (part, limits) in cut.limits.enumerated() {
        for (grid, count) in limits.enumerated() where !parts[part].grids[grid].isKept {
          // The line that counts the rest takes the place of the first row that goes.
          let next = count == parts[part].grids[grid].rows.count ? count - 2 : count - 1
          guard next >= floor(parts[part].grids[grid]) else { continue }
          if let found = longest, cut.limits[found.part][found.grid] >= count { continue }
          longest = (part, grid, next)
        }
      }
      guard let longest else { break }
      cut.height -= height(longest.part, cut.limits[longest.part])
      cut.limits[longest.part][longest.grid] = longest.next
      cut.height += height(longest.part, cut.limits[longest.part])
    }
    return cut
  }
}

extension SteeringReport {
  /// So many lines of text at 80 columns are two printed pages. It is longer only where there is much that cannot be cut.
  static let height = 110
  /// For so many columns is decided how much of each part is listed: a paper says the same in every window.
  static let width = 80

  /// How many rows text and tickets list of each part's grids.
  var textLimits: [[Int]] {
    let renderer = TextRenderer(width: SteeringReport.width)
    // An empty line stands above each question, and above the foot.
    let room = SteeringReport.height - renderer.height(head) - 1 - renderer.height(cover.foot.map { .paragraph($0) })
    return SteeringRoom(parts: parts, room: room) { number, limits in
      1 + renderer.height(SteeringReport.blocks(parts[number], number + 1, limits))
    }.limits(isStrict: false)
  }
}
