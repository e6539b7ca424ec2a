internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// The periods of a service level as a small picture: a dot for each that was met, a hollow square for each that was
/// missed, a cross where nobody measured, and a dashed line for the target. Shapes, not colours, say which is which.
struct LevelSparkline {
  private let results: [LevelResults.Result]

  private static let (step, height, margin) = (14, 34, 8)

  /// - Parameter results: Periods of one level that are over, or measured, the earliest first.
  init(_ results: [LevelResults.Result]) { self.results = results }

  /// Nothing where there are fewer than two periods: one dot is no picture.
  func add(to body: inout HTMLFragment) {
    guard results.count > 1, let last = results.last else { return }
    let values = results.map { $0.measured.flatMap { Double($0.measurement.value) } }
    let bound = LevelTarget(last.target).flatMap { Double("\($0.bound)") }
    let known = (values + [bound]).compactMap { $0 }
    let (low, high) = (known.min() ?? 0, known.max() ?? 1)
    func y(_ value: Double) -> Int {
      let part = high > low ? (value - low) / (high - low) : 0.5
      return LevelSparkline.margin + Int(((1 - part) * Double(LevelSparkline.height)).rounded())
    }
    let width = results.count * LevelSparkline.step + LevelSparkline.margin
    body.element(
      "svg",
      [
        "class": "spark", "width": "\(width)", "height": "\(LevelSparkline.height + 2 * LevelSparkline.margin)",
        "viewBox": "0 0 \(width) \(LevelSparkline.height + 2 * LevelSparkline.margin)", "role": "img",
        "aria-label": label,
      ]
    ) { picture in
      if let bound {
        picture.element(
          "line", ["class": "target", "x1": "0", "x2": "\(width)", "y1": "\(y(bound))", "y2": "\(y(bound))"], "")
      }
      for (place, result) in results.enumerated() {
        let x = LevelSparkline.margin + place * LevelSparkline.step
        LevelSparkline.add(result, x, values[place].map(y), to: &picture)
      }
    }
  }

  private static func add(_ result: LevelResults.Result, _ x: Int, _ y: Int?, to picture: inout HTMLFragment) {
    let said = "\(result.period): \(result.measured?.measurement.value ?? "not measured"), \(result.state.rawValue)"
    guard let y else {
      let middle = margin + height / 2
      picture.element("path", ["class": "none", "d": "M\(x - 3) \(middle - 3)l6 6m0-6l-6 6"]) {
        $0.element("title", [:], said)
      }
      return
    }
    if result.state == .missed {
      picture.element(
        "rect", ["class": "missed", "x": "\(x - 4)", "y": "\(y - 4)", "width": "8", "height": "8"]
      ) { $0.element("title", [:], said) }
    } else {
      picture.element("circle", ["class": "met", "cx": "\(x)", "cy": "\(y)", "r": "3"]) {
        $0.element("title", [:], said)
      }
    }
  }

  /// The same in words.
  private var label: String {
    let counts = LevelResults.State.allCases.compactMap { state -> String? in
      let count = results.count { $0.state == state }
      return count == 0 ? nil : "\(count) \(state.rawValue)"
    }
    return "\(results.first.map { "\($0.period)" } ?? "") to \(results.last.map { "\($0.period)" } ?? ""): "
      + counts.joined(separator: ", ")
  }
}
