/// Why a finding stands, and who can close it with what.
public struct Advice: Sendable, Equatable {
  /// Somebody who can act, and the command with which they would.
  public struct Actor: Sendable, Equatable {
    /// The party that has to act.
    public var party: String
    /// Who of the party may: nil where it has nobody who could sign.
    public var member: String?
    /// Ready to be copied into a shell.
    public var command: String
    /// The same with `CONTROL` for the control, where the command names one.
    public var pattern: String
  }

  /// What is the matter, the same for everything that is so for one reason; a sentence without its full stop.
  public var reason: String
  /// What is particular to one control; may be empty.
  public var detail = ""
  /// What is to be done, in words.
  public var remedy: String
  /// The first of them first.
  public var actors: [Actor]

  /// The whole sentence.
  public var why: String { detail.isEmpty ? reason : "\(reason): \(detail)" }
}
