package import Findings

/// Versions of agreements that cannot be read, or whose documents name another agreement or client.
package enum UnreadableVersions {
  /// A finding for each that the client has not accepted, and which so says nothing.
  package static func findings(_ input: ResolutionInput) -> [Finding] {
    input.versions.filter { version in
      version.document == nil
        && !input.acceptances.contains { $0.version == version.statement && $0.party == input.client && $0.accepts }
    }.map { version in
      Finding(
        .pending, version.engagement, entry: version.entry,
        "the version of '\(version.engagement)' in entry \(version.entry) is not an agreement of that id with "
          + "'\(input.client)' that can be read: it says nothing, and awaits acceptance by '\(input.client)', which should "
          + "ask for another")
    }
  }
}
