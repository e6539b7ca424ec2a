internal import Crypto
internal import Ownership
internal import Rendering
internal import Statements
internal import TreeLog

extension FleetLine {
  /// For machines: all that is known of it. Where its log begins after the day its numbers are null, and never 0.
  ///
  /// - Parameters:
  ///   - day: The day of the report.
  ///   - others: The names of other folders with the same log.
  func json(on day: Day, sameLogAs others: [String]) -> JSONOutput {
    let why = reasons(on: day) + [remark(on: day)].compactMap { $0 }
    let head: [(String, JSONOutput)] = [
      ("name", .string(name)), ("folder", .string(path)), ("state", .string(state)), ("why", .strings(why)),
      ("page", .optional(page)), ("act", .optional(next)), ("sameLogAs", .strings(others)),
    ]
    guard let facts else { return .object(head) }
    let isKnown = begins == nil
    func count(_ number: Int) -> JSONOutput { isKnown ? .integer(number) : .null }
    let about: [(String, JSONOutput)] = [
      (
        "checkpoint",
        [
          "origin": .string(facts.checkpoint.origin), "size": .integer(facts.checkpoint.size),
          "root": .string(facts.checkpoint.root.hex),
        ]
      ), ("client", .string(facts.client)), ("organization", .string(facts.organization)),
      ("checked", .string(facts.scope)), ("notice", .optional(facts.notice)),
      ("logBegins", .optional(begins.map { "\($0)" })),
    ]
    let numbers: [(String, JSONOutput)] = [
      ("units", isKnown ? facts.units.json() : .null), ("unowned", count(facts.unowned)),
      ("unaccepted", count(facts.unaccepted)), ("contested", count(facts.contested)), ("stale", count(facts.stale)),
      ("staleSoon", count(facts.staleSoon)), ("overdueDuties", count(facts.overdueDuties)),
      ("dutiesSoon", count(facts.dutiesSoon)), ("lateActions", count(facts.lateActions)),
      ("overdueRequests", count(facts.overdueRequests)), ("missedLevels", count(facts.missedLevels)),
      ("unmeasuredLevels", count(facts.unmeasuredLevels)),
    ]
    let news = isKnown ? facts.news : nil
    let ending = isKnown ? facts.ending : nil
    return .object(
      head + about + numbers + [
        (
          "news",
          news.map {
            [
              "since": .string("\($0.day)"), "size": .integer($0.size), "entries": .integer($0.entries),
              "movedUnits": .integer($0.moved),
            ]
          } ?? .null
        ),
        (
          "ending",
          ending.map {
            [
              "engagement": .string($0.engagement), "lastDay": .string("\($0.lastDay)"),
              "noticeBy": .optional($0.noticeBy.map { "\($0)" }),
            ]
          } ?? .null
        ), ("newest", .optional(facts.newest.map { "\($0)" })),
      ])
  }
}
