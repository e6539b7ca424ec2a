/// Why a finding stands, and who can close it with what.
package struct Advice: Sendable, Equatable {
  /// Somebody who can act, and the command with which they would.
  package struct Actor: Sendable, Equatable {
    package var party: String
    /// Who of the party may: nil where it has nobody who could sign.
    package var member: String?
    /// Ready to be copied into a shell.
    package var command: String
    /// The same with `CONTROL` for the control, where the command names one.
    package var pattern: String
  }

  /// What is the matter, the same for everything that is so for one reason; a sentence without its full stop.
  package var reason: String
  /// What is particular to one control; may be empty.
  package var detail = ""
  /// What is to be done, in words.
  package var remedy: String
  /// The first of them first.
  package var actors: [Actor]

  /// The whole sentence.
  package var why: String { detail.isEmpty ? reason : "\(reason): \(detail)" }
}
