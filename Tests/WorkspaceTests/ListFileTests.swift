import Spreadsheets
import Testing

@testable import Workspace

/// Tables as spreadsheets save them.
struct ListFileTests {
  private static let columns: Set<String> = ["file", "controls", "description"]

  private func records(_ bytes: [UInt8]) -> [[String]] { ListFile(bytes, columns: Self.columns).records.map(\.fields) }

  @Test(arguments: [
    "file,controls\na,3.1.1\n", "file;controls\r\na;3.1.1\r\n", "file\tcontrols\na\t3.1.1\n",
    "file|controls\na|3.1.1\n",
    "sep=;\nfile;controls\na;3.1.1\n", "\"sep=;\"\r\nfile;controls\r\na;3.1.1\r\n",
    "sep=\t\nfile\tcontrols\na\t3.1.1\n",
    "SEP=,\nfile,controls\na,3.1.1\n", "sep=#\nfile#controls\na#3.1.1\n", "\u{FEFF}file;controls\na;3.1.1\n",
    "file,controls\n,\na,3.1.1\n , \n", "file,controls\ra,3.1.1\r", "sep=;\rfile;controls\ra;3.1.1\r",
    "Evidence of March,\n\nfile,controls\na,3.1.1\n", "Our \"best\" evidence;\nfile;controls\na;3.1.1\n",
    "Evidence\nfile;controls\na;3.1.1\n", "# a remark, with a comma\nfile,controls\na,3.1.1\n",
  ])
  func `what stands between fields is found out`(_ text: String) {
    #expect(records(Array(text.utf8)) == [["file", "controls"], ["a", "3.1.1"]])
  }

  @Test func `UTF-16 is read, with a mark and without`() {
    let units = Array("file;controls\nTür;3.1.1\n".utf16)
    let little = units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    for bytes in [little, big, [0xff, 0xfe] + little, [0xfe, 0xff] + big] {
      #expect(records(bytes) == [["file", "controls"], ["Tür", "3.1.1"]])
    }
  }

  @Test func `its first lines say how days are written`() {
    for (text, order) in [
      ("dates=dmy\nfile\n", DateOrder.dmy), ("sep=;\ndates=MM/DD/YYYY\nfile;x\n", .mdy),
      ("dates=yyyy-mm-dd,,\nfile\n", .ymd), ("# dates=dmy\nfile,controls\n", .dmy), ("dates: dmy\nfile\n", .dmy),
      ("Dates: d/m/yyyy;;\nfile;controls;x\n", .dmy), ("Title\ndate format: mdy\nfile,controls\n", .mdy),
      ("\"# dates: dmy\"\r\nfile,controls\r\n", .dmy), ("dates: dmy\rfile\r", .dmy),
    ] {
      let list = ListFile(Array(text.utf8), columns: Self.columns)
      #expect(list.dates == order && list.faults.isEmpty)
    }
    let wrong = ListFile(Array("dates=tomorrow\nfile\n".utf8), columns: Self.columns)
    #expect(wrong.faults.map(\.line) == [1])
    #expect(ListFile(Array("file\n".utf8), columns: Self.columns).dates == nil)
  }

  @Test func `titles above the header are told, and a header alone has none`() {
    let columns = Self.columns
    let list = ListFile(Array("Evidence\n\nQ3 2026\nfile,controls\na,3.1.1\n".utf8), columns: columns)
    #expect(list.titles == [1, 3] && list.records.map(\.line) == [4, 5])
    #expect(ListFile(Array("file,controls\nfile,controls\n".utf8), columns: columns).titles == [])
    // What names no file's column is told where it stands.
    #expect(ListFile(Array("fil,controls\na,3.1.1\n".utf8), columns: columns).records.map(\.line) == [1, 2])
  }

  @Test(arguments: [
    ("FILE_NAME", "file"), ("File-Name", "file"), ("Evidence file", "file"), ("Evidence File(s):", "file"),
    ("Control ID(s)", "controls"), ("CONTROL_IDS", "controls"), ("Control(s)", "controls"), ("Control #", "controls"),
    ("Practice ID", "controls"), ("Description", "description"), ("\u{feff}file", "file"),
  ])
  func `headings are known however they are spelled`(_ heading: String, _ column: String) {
    #expect(ListColumn.known(heading, Self.columns) == column)
  }

  @Test func `other headings are not`() {
    for heading in ["Owner", "Status", "", "#", "filed", "control owner", "evidence owner"] {
      #expect(ListColumn.known(heading, Self.columns) == nil, "\(heading)")
    }
  }

  @Test func `lines are counted from the first, and 8-bit text is named`() {
    let list = ListFile(
      Array("sep=;\nfile;controls\n\nT".utf8) + [0xfc] + Array("r;3.1.1\n".utf8), columns: Self.columns)
    #expect(list.faults.map(\.line) == [4] && list.faults[0].reason.contains("CSV UTF-8"))
  }
}
