internal import Rendering

extension OutputChannel {
  /// What a line begins with that a person may copy behind it, to its end.
  private static let leads = ["next: custody ", "custody: hint: custody "]

  /// A line as it is shown in the columns that there are; whole where nobody said how many.
  func fitted(_ line: String) -> [String] {
    guard hasWidth, DisplayWidth.of(line) > columns else { return [line] }
    if OutputChannel.leads.contains(where: { line.hasPrefix($0) }) {
      return TextWrapping.command(line, width: columns)
    }
    let indentation = String(line.prefix { $0 == " " })
    return HangingLines.lines(
      String(line.dropFirst(indentation.count)), lead: indentation, margin: min(16, indentation.count + 2),
      width: columns)
  }
}
