package import Statements

/// What a service level promises of a value: `>= 99.9`, `<= 4`.
package struct LevelTarget: Sendable, Equatable {
  package enum Comparison: String, Sendable, CaseIterable {
    // The longer stand first, so that none is taken for the beginning of another.
    case atLeast = ">="
    case atMost = "<="
    case moreThan = ">"
    case lessThan = "<"
    case equal = "="
  }

  package var comparison: Comparison
  package var bound: Decimal

  /// - Parameter text: A comparison and a decimal number, with a space between them or none.
  /// - Returns: nil for any other spelling.
  package init?(_ text: String) {
    guard let comparison = Comparison.allCases.first(where: { text.utf8.starts(with: $0.rawValue.utf8) }) else {
      return nil
    }
    let rest = text.dropFirst(comparison.rawValue.count).drop { $0 == " " }
    guard let bound = Decimal(String(rest)) else { return nil }
    self.comparison = comparison
    self.bound = bound
  }

  /// Whether a value keeps the promise; decimals are compared exactly.
  package func isMet(by value: Decimal) -> Bool {
    switch comparison {
    case .atLeast: value >= bound
    case .atMost: value <= bound
    case .moreThan: value > bound
    case .lessThan: value < bound
    case .equal: value == bound
    }
  }

  /// Whether a computed value that does not come out even is rounded up: never in favour of whoever promises.
  package var roundsUp: Bool {
    switch comparison {
    case .atMost, .lessThan: true
    case .atLeast, .moreThan, .equal: false
    }
  }
}
