import Obligations
import Statements
import Testing

@testable import Workspace

/// Tables of service credits as people write them.
struct CreditFileTests {
  private func read(_ text: String, _ levels: [String]? = ["uptime", "response"]) -> (rows: [String], faults: [String])
  {
    let read = CreditFile.read(Array(text.utf8), levels: levels)
    return (
      read.table.rows.map { row in
        switch row.condition {
        case .value(let target): "\(row.level) \(target.comparison.rawValue) \(target.bound): \(row.credit)"
        case .unmeasured: "\(row.level) unmeasured: \(row.credit)"
        }
      }, read.faults
    )
  }

  @Test func `columns in any order, units of any kind, separators of either kind`() {
    #expect(
      read("level,value,credit\nuptime,< 99.9,10 %\nuptime,<99,25%\nresponse,unmeasured,250.5 USD\n").rows
        == ["uptime < 99.9: 10 %", "uptime < 99: 25 %", "response unmeasured: 250.5 USD"])
    #expect(read("Credit;Level;Value\n10 %;uptime;< 99.9\n").rows == ["uptime < 99.9: 10 %"])
  }

  @Test(arguments: [
    ("level,value,credit\nupptime,< 99.9,10 %\n", "line 2: 'upptime' is none of the agreement's service levels"),
    (
      "level,value,credit\nuptime,99.9,10 %\n",
      "line 2: '99.9' is no value: write a comparison, as in '< 99.9', or 'unmeasured'"
    ),
    (
      "level,value,credit\nuptime,< 99.9,10\n",
      "line 2: '10' is no credit: write a number without separators and its unit, as in '10 %' or '1000 USD'"
    ),
    (
      "level;value;credit\nuptime;< 99.9;1,000 USD\n",
      "line 2: '1,000 USD' is no credit: write a number without separators and its unit, as in '10 %' or '1000 USD'"
    ),
    (
      "level;value;credit\nuptime;< 99.9;5,5 %\n",
      "line 2: '5,5 %' is no credit: write a number without separators and its unit, as in '10 %' or '1000 USD'"
    ),
    (
      "level,value,credit\nuptime,< 99.9,10 %\nuptime,< 99,250 USD\n",
      "line 3: 'uptime' has credits in '%' above, so that '250 USD' cannot be compared"
    ),
    ("level,value\nuptime,< 99.9\n", "line 1: its columns are to be 'level', 'value' and 'credit'"),
    ("level,value,credit\n", "it has no row"),
  ])
  func `what is wrong is told with its line`(text: String, fault: String) {
    #expect(read(text).faults == [fault])
  }

  @Test func `any level may stand in a table that is read years later`() {
    #expect(read("level,value,credit\nold,< 1,1 %\n", nil).rows == ["old < 1: 1 %"])
  }
}
