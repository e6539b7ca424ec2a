package import Findings
package import Statements

/// Versions of agreements that cannot be read, or whose documents name another agreement or client.
package enum UnreadableVersions {
  /// A finding for each that is an engagement's newest, and that the client has neither accepted nor declined: it says
  /// nothing.
  package static func findings(_ resolver: Resolver, asOf day: Day) -> [Finding] {
    let client = resolver.input.client
    return resolver.unreadableProposals(on: day).map { engagement, entry in
      Finding(
        .pending, engagement, entry: entry,
        "the version of '\(engagement)' in entry \(entry) is not an agreement of that id with '\(client)' that can be "
          + "read: it says nothing, and awaits acceptance by '\(client)', which should ask for another")
    }
  }
}
