internal import Catalogs
package import Findings
package import Ownership

/// What is told of a name that nothing here has, with the one that was perhaps meant.
package enum KnownNames {
  /// No party of that id has joined.
  ///
  /// - Parameter hint: What to do where no id is near.
  package static func noParty(
    _ id: String, in membership: Membership, hint: String = "'custody party list' lists them"
  ) -> Failure {
    let near = Spelling.nearest(to: id, among: membership.parties.map(\.id))
    return Failure(
      .inputMissing, "no party '\(id)' is in this store", hint: near.map { "did you mean '\($0)'" } ?? hint)
  }

  /// No member of that id has joined: it may be another's, or one of another party.
  package static func noMember(_ id: String, in membership: Membership) -> Failure {
    let names = membership.members.map(\.id)
    let person = id.split(separator: "/").last.map(String.init) ?? id
    let near = Spelling.nearest(to: id, among: names) ?? names.first { $0.hasSuffix("/\(person)") }
    return Failure(
      .inputMissing, "no member '\(id)' is in this store",
      hint: near.map { "did you mean '\($0)'" } ?? "'custody member list' lists them")
  }

  /// Fails where no party and no member of that id has ever joined: it would find nothing for ever.
  package static func checkJoined(_ id: String, in membership: Membership) throws {
    let names = membership.parties.map(\.id) + membership.members.map(\.id)
    guard !names.contains(id) else { return }
    let near = names.first { $0.hasSuffix("/\(id)") } ?? Spelling.nearest(to: id, among: names)
    throw Failure(
      .inputMissing, "no party and no member of this store is '\(id)'",
      hint: near.map { "did you mean '\($0)'" } ?? "'custody member list' lists them")
  }

  /// No agreement of that id was applied.
  package static func noEngagement(_ id: String, among ids: [String]) -> Failure {
    let near = Spelling.nearest(to: id, among: ids)
    return Failure(
      .inputMissing, "there is no engagement '\(id)'",
      hint: near.map { "did you mean '\($0)'" } ?? "'custody engagement history' lists them")
  }

  /// Fails where one of some frameworks is not adopted: with what it may be a slip for, or how it is adopted.
  package static func checkAdopted(_ frameworks: [String], among adopted: [String], on day: String) throws {
    guard let unknown = frameworks.first(where: { !adopted.contains($0) }) else { return }
    let hint: String
    if BundledCatalogs.names.contains(unknown) {
      hint = "custody framework adopt \(unknown)"
    } else if let near = self.frameworks(like: unknown, among: adopted).first {
      hint = "did you mean '\(near)'"
    } else {
      hint = adopted.isEmpty ? "'custody framework list' lists them" : "adopted are \(adopted.joined(separator: ", "))"
    }
    throw Failure(.inputMissing, "no framework '\(unknown)' is adopted on \(day)", hint: hint)
  }

  /// The ids that one may be a slip, or short, for: `cmmc-l2` for `cmmc-level-2`, `hippa` for `hipaa-security`.
  package static func frameworks(like id: String, among names: [String]) -> [String] {
    if let near = Spelling.nearest(to: id.lowercased(), among: names) { return [near] }
    let wanted = letters(of: id)
    guard wanted.count >= 3 else { return [] }
    let shortened = names.filter { isSubsequence(wanted, of: letters(of: $0)) }
    guard shortened.isEmpty else { return shortened }
    return names.filter { Spelling.distance(wanted, Array(letters(of: $0).prefix(wanted.count))) <= 1 }
  }

  private static func letters(of id: String) -> [UInt8] {
    Array(id.lowercased().utf8.prefix(64)).filter { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
  }

  private static func isSubsequence(_ part: [UInt8], of whole: [UInt8]) -> Bool {
    var rest = whole[...]
    return part.allSatisfy { byte in
      guard let index = rest.firstIndex(of: byte) else { return false }
      rest = rest[(index + 1)...]
      return true
    }
  }
}
