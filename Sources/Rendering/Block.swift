/// A piece of a page that people read, free of how it is laid out.
public enum Block: Sendable, Equatable {
  /// A heading, with what belongs to it after it.
  case heading(String)
  /// A heading of less weight, for pages on which many short parts have to find room.
  case subheading(String)
  /// An empty line between what belongs together.
  case gap
  /// Sentences.
  case paragraph(String)
  /// Names and values, one below the other.
  case facts([Fact])
  case table(Table)
  /// Sentences behind a lead, of which as many lines are shown as so many columns fill: what has to fit a screen. What is
  /// left out is an ellipsis behind a whole word.
  case brief(String, lead: String, columns: Int)
  /// A sentence that everything comes down to.
  case verdict(String, Tone)
  /// A command that can be copied, behind a lead.
  case command(String, lead: String)

  /// How something is meant, where colours can show it.
  public enum Tone: Sendable, Equatable {
    case plain
    /// As it should be.
    case good
    /// Not as it should be.
    case bad
  }

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
    /// How it is meant.
    public var tone: Tone

    /// A text under a name.
    public init(_ name: String, _ text: String, tone: Tone = .plain) {
      self.name = name
      value = .text(text)
      self.tone = tone
    }

    /// A command under a name.
    public init(_ name: String, command: String) {
      self.name = name
      value = .command(command)
      tone = .plain
    }
  }

  /// One name with its value.
  public static func fact(_ name: String, _ text: String) -> Block { .facts([Fact(name, text)]) }
}
