/// A piece of a page that people read, free of how it is laid out.
public enum Block: Sendable, Equatable {
  /// A heading, with what belongs to it after it.
  case heading(String)
  /// An empty line between what belongs together.
  case gap
  /// Sentences.
  case paragraph(String)
  /// Names and values, one below the other.
  case facts([Fact])
  case table(Table)
  /// One line that is cut where it is too long: what has to fit a screen.
  case line(String)
  /// A command that can be copied, behind a lead.
  case command(String, lead: String)

  /// A name, and what it has: `checkpoint  41 entries`.
  public struct Fact: Sendable, Equatable {
    /// What a value is.
    public enum Value: Sendable, Equatable {
      case text(String)
      /// Ready to be copied into a shell: its words stay whole.
      case command(String)
    }

    /// What stands before the value.
    public var name: String
    /// What it has.
    public var value: Value

    /// A text under a name.
    public init(_ name: String, _ text: String) {
      self.name = name
      value = .text(text)
    }

    /// A command under a name.
    public init(_ name: String, command: String) {
      self.name = name
      value = .command(command)
    }
  }

  /// One name with its value.
  public static func fact(_ name: String, _ text: String) -> Block { .facts([Fact(name, text)]) }
}
