package import Statements

/// What one thing costs, as a plan has it. A number that is nil is not known.
package struct PlanCost: Sendable, Equatable {
  /// What is paid for, which says by what the amount is multiplied.
  package enum Kind: String, Sendable, CaseIterable {
    /// For each user, each month.
    case perUser = "per-user"
    /// For each device, each month.
    case perDevice = "per-device"
    /// A flat sum each month.
    case tier
    case retainer
    /// Hours, paid for at a rate.
    case blockHours = "block-hours"
    /// Paid once.
    case project
    case hardware
    case exitFee = "exit-fee"
    /// For each person, each year, with benefits in percent.
    case salary
    case training
    case tools
    case afterHours = "after-hours"

    /// How often it is paid; nil where the line has to say it.
    package var usualRhythm: Rhythm? {
      switch self {
      case .perUser, .perDevice, .tier, .retainer: .month
      case .project, .hardware, .exitFee: .once
      case .salary: .year
      case .blockHours, .training, .tools, .afterHours: nil
      }
    }

    /// The keys with numbers that it needs.
    package var numbers: [String] {
      switch self {
      case .blockHours: ["hours", "rate"]
      case .salary: ["amount", "headcount", "benefits"]
      default: ["amount"]
      }
    }
  }

  package enum Rhythm: String, Sendable, CaseIterable {
    case once, month, year
  }

  package var kind: Kind
  package var title: String?
  /// How often; nil where it is not known.
  package var every: Rhythm?
  package var amount: Decimal?
  package var hours: Decimal?
  package var rate: Decimal?
  package var headcount: Decimal?
  /// On top of salaries, in percent of them.
  package var benefits: Decimal?

  package init(_ kind: Kind, title: String? = nil, every: Rhythm? = nil, amount: Decimal? = nil) {
    self.kind = kind
    self.title = title
    self.every = every ?? kind.usualRhythm
    self.amount = amount
  }

  package var name: String { title ?? kind.rawValue }
}
