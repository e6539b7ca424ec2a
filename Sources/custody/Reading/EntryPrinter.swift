internal import CommandLine
internal import Rendering
internal import Workspace

/// Prints entries one by one, as lines or as the elements of one JSON array.
final class EntryPrinter {
  private let line: EntryLine
  private let console: Console
  private let isJSON: Bool
  /// How many were printed.
  private(set) var count = 0

  init(_ store: OpenedStore, _ global: GlobalArguments, _ console: Console) {
    line = EntryLine(store, width: console.columns, height: console.hasWidth ? 4 : 1)
    self.console = console
    isJSON = global.format == .json
  }

  func print(_ listed: ListedEntry) throws {
    defer { count += 1 }
    guard isJSON else {
      for text in try line.lines(listed) { try console.print(text, style: listed.isEffective ? nil : .yellow) }
      return
    }
    let object = JSONOutput.object(try line.members(listed)).pretty
    let indented = object.split(separator: "\n").joined(separator: "\n  ")
    try console.write(((count == 0 ? "[\n  " : ",\n  ") + indented).utf8)
  }

  /// Says that nothing follows.
  func finish() throws {
    if isJSON { try console.write((count == 0 ? "[]\n" : "\n]\n").utf8) }
  }
}
