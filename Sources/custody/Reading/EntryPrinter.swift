internal import CommandLine
internal import Rendering
internal import Workspace

/// Prints entries one by one, as lines or as the elements of one JSON array.
final class EntryPrinter {
  private let line: EntryLine
  private let console: Console
  private let format: OutputFormat
  private static let columns = ["entry", "time", "type", "signer", "effective", "replaced", "statement", "summary"]
  /// How many were printed.
  private(set) var count = 0

  init(_ store: OpenedStore, _ global: GlobalArguments, _ console: Console) {
    // What a program reads is whole, a line an entry.
    line =
      console.hasWidth
      ? EntryLine(store, width: console.columns, height: 4) : EntryLine(store, width: 1 << 20, height: 1)
    self.console = console
    format = global.format
  }

  func print(_ listed: ListedEntry) throws {
    defer { count += 1 }
    if format == .csv {
      let members = try line.members(listed)
      var table = CSVOutput(columns: EntryPrinter.columns)
      if count > 0 { table = CSVOutput(untitled: EntryPrinter.columns.count) }
      table.add(EntryPrinter.columns.map { name in members.first { $0.0 == name }?.1.plain ?? "" })
      return try console.write(table.text.utf8)
    }
    guard format == .json else {
      for text in try line.lines(listed) { try console.print(text, style: listed.isEffective ? nil : .yellow) }
      return
    }
    let object = JSONOutput.object(try line.members(listed)).pretty
    let indented = object.split(separator: "\n").joined(separator: "\n  ")
    try console.write(((count == 0 ? "[\n  " : ",\n  ") + indented).utf8)
  }

  /// Says that nothing follows.
  func finish() throws {
    if format == .csv, count == 0 { try console.write(CSVOutput(columns: EntryPrinter.columns).text.utf8) }
    if format == .json { try console.write((count == 0 ? "[]\n" : "\n]\n").utf8) }
  }
}
