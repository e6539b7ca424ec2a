internal import Rendering
internal import Statements
internal import Workspace

extension PersonMentions {
  /// So many units are named in a command.
  private static let shown = 12

  /// What names somebody else for the units, and what shows the agreement where its text names them.
  func commands(_ member: String) -> [String] {
    let agreement = ShellWord.quoted(engagement)
    let party = Identifier.party(ofMember: member)
    let controls = named.prefix(PersonMentions.shown).map { ShellWord.quoted($0) }.joined(separator: " ")
    let staffing = units == 0 ? nil : "custody staff \(agreement) \(controls) --responsible \(party)/NAME"
    let document =
      lines.isEmpty && steps.isEmpty ? nil : "custody engagement show \(agreement) --document"
    return [staffing, document].compactMap { $0 }
  }
}
