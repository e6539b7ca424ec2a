/// What stands around a report, whatever it says: above it what a reader has to know of the store, below it from where it
/// comes and how that is checked.
public struct ReportCover: Sendable {
  /// A sentence above all others.
  public struct Notice: Sendable, Equatable {
    /// The sentence.
    public var text: String
    /// Whether the store is known not to be sound, so that nothing below it is to be relied on.
    public var isAlarm: Bool

    /// A sentence, and how grave it is.
    public init(_ text: String, isAlarm: Bool) {
      self.text = text
      self.isAlarm = isAlarm
    }
  }

  /// In the order in which they are to be read.
  public var notices: [Notice]
  /// Sentences at the foot.
  public var foot: [String]

  /// A cover of what is known.
  public init(notices: [Notice] = [], foot: [String] = []) {
    self.notices = notices
    self.foot = foot
  }

  /// Nothing around it.
  public static let none = ReportCover()

  /// Those that go on top of every page, on a terminal too.
  private var alarms: [Notice] { notices.filter(\.isAlarm) }

  /// A page of text within it. What else a reader has to know, a terminal is told beside the page.
  func around(_ blocks: [Block]) -> [Block] {
    alarms.map { .verdict("NOT SOUND: \($0.text)", .bad) } + blocks
      + (foot.isEmpty ? [] : [.gap] + foot.map { .paragraph($0) })
  }

  /// Rows within it: of a store that is not sound each says so in a column `unsound`, wherever it is copied to.
  public func around(_ table: Table) -> Table {
    alarms.isEmpty ? table : table.adding(column: "unsound", alarms.map(\.text).joined(separator: " "))
  }

  /// A value within it.
  func around(_ value: JSONOutput) -> JSONOutput {
    guard case .object(let members) = value else { return value }
    let head: [(String, JSONOutput)] = alarms.isEmpty ? [] : [("unsound", .strings(alarms.map(\.text)))]
    let tail: [(String, JSONOutput)] = foot.isEmpty ? [] : [("check", .strings(foot))]
    return .object(head + members + tail)
  }
}

/// A report that says itself what stands around it.
public protocol CoveredReport: Report {
  /// What stands around it in every format.
  var cover: ReportCover { get }
}
