internal import Rendering

extension OutputChannel {
  /// What a line begins with that a person may copy behind it, to its end.
  private static let leads = ["next: custody ", "custody: hint: custody "]

  /// A line as it is shown in the columns that there are; whole where nobody said how many.
  ///
  /// A command at its end, behind a colon, begins a line of its own where the whole is too wide for one.
  func fitted(_ line: String) -> [String] {
    guard hasWidth, DisplayWidth.of(line) > columns else { return [line] }
    let indentation = String(line.prefix { $0 == " " })
    let text = String(line.dropFirst(indentation.count))
    // A line that begins so is a command whole.
    if (["custody "] + OutputChannel.leads).contains(where: { text.hasPrefix($0) }) {
      return TextWrapping.command(text, width: columns - indentation.count).map { indentation + $0 }
    }
    guard let command = OutputChannel.command(endingIn: line) else { return prose(line) }
    let head = String(line[..<line.index(before: command.startIndex)])
    return prose(head)
      + TextWrapping.command(String(command), width: columns - 2).map { "  " + $0 }
  }

  private func prose(_ line: String) -> [String] {
    let indentation = String(line.prefix { $0 == " " })
    return HangingLines.lines(
      String(line.dropFirst(indentation.count)), lead: indentation, margin: min(16, indentation.count + 2),
      width: columns)
  }

  /// The command that a line proposes at its end: `compare the key id, then: custody party confirm onsite 1b9d…`.
  private static func command(endingIn line: String) -> Substring? {
    guard let colon = line.ranges(of: ": custody ").last else { return nil }
    return line[line.index(colon.lowerBound, offsetBy: 2)...]
  }
}
