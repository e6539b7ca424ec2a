package import Statements

/// How words of the command line are read as values.
package enum CommandText {
  /// An id of a party or an agreement.
  package static let identifier: @Sendable (String) throws -> String = { text in
    guard Identifier.isValid(text) else {
      let plain = text.lowercased().map { " _.".contains($0) ? "-" : String($0) }.joined()
      throw InvalidValue(
        Identifier.isValid(plain)
          ? "'\(text)' is not an id: did you mean '\(plain)'"
          : "'\(text)' is not an id: 1 to 32 of a-z, 0-9 and hyphens, with no hyphen at either end")
    }
    return text
  }

  /// A member's id.
  package static let member: @Sendable (String) throws -> String = { text in
    guard Identifier.isMember(text) else {
      throw InvalidValue("'\(text)' is not a member: write PARTY/PERSON, as in acme/bo")
    }
    return text
  }

  /// A day, as in `2026-09-30`.
  package static let day: @Sendable (String) throws -> Day = { text in
    guard let day = Day(text) else { throw InvalidValue("'\(text)' is not a day: write YYYY-MM-DD") }
    return day
  }

  /// An instant, in full or to the second or minute, or a day for its first moment.
  package static let instant: @Sendable (String) throws -> Instant = { text in
    guard let instant = Instant(written: text) else {
      throw InvalidValue("'\(text)' is not an instant: write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ, in UTC")
    }
    return instant
  }

  /// A whole number, zero or more.
  package static let count: @Sendable (String) throws -> Int = { text in
    guard let number = Int(text), number >= 0, number <= JSONValue.integerLimit else {
      throw InvalidValue("'\(text)' is not a whole number")
    }
    return number
  }

  /// Any text but an empty one.
  package static let text: @Sendable (String) throws -> String = { text in
    guard !text.isEmpty else { throw InvalidValue("its value is empty") }
    return text
  }
}
