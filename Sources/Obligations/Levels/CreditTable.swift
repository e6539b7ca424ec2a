internal import Ownership
package import Statements

/// What a party owes back for what a period of a service level came to, as a table that goes with the agreement says.
///
/// Of the rows that a value falls under, the one with the largest credit counts.
package struct CreditTable: Sendable, Equatable {
  /// When a row applies.
  package enum Condition: Sendable, Equatable {
    /// The period's value fulfils a comparison: `< 99.9`.
    case value(LevelTarget)
    /// The period is over, and nobody measured it.
    case unmeasured
  }

  package struct Row: Sendable, Equatable {
    /// The level's id.
    package var level: String
    package var condition: Condition
    package var credit: Credit

    package init(level: String, condition: Condition, credit: Credit) {
      self.level = level
      self.condition = condition
      self.credit = credit
    }
  }

  /// A number with its unit: 10 of `%`, 250 of `USD`. What a percentage is of, the agreement says.
  package struct Credit: Sendable, Equatable {
    package var amount: Decimal
    package var unit: String

    package init(amount: Decimal, unit: String) {
      self.amount = amount
      self.unit = unit
    }
  }

  /// The kind by which an agreement's `papers` name such a table.
  package static let kind = "service-credits"

  /// In the table's order. Rows of one level have one unit.
  package var rows: [Row]

  package init(rows: [Row]) { self.rows = rows }

  /// What a period of a level gives; nil where no row applies, so also for one that is not over.
  package func credit(for result: LevelResults.Result) -> Credit? {
    let value = result.measured.flatMap { Decimal($0.measurement.value) }
    let own = rows.filter { row in
      guard row.level == result.level else { return false }
      switch row.condition {
      case .value(let target): return value.map(target.isMet) ?? false
      case .unmeasured: return result.state == .unmeasured
      }
    }
    return own.map(\.credit).max { $0.amount < $1.amount }
  }
}

extension CreditTable.Credit: CustomStringConvertible {
  /// `10 %`
  package var description: String { "\(amount) \(unit)" }
}
