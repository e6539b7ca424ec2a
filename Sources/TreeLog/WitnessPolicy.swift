package import Crypto

/// Whose word a reader asks for before they believe a checkpoint: the logs they know, witnesses, and how many of them
/// must have cosigned it.
///
///     log example.com/log+33d7b496+AeHTu4Q3hEIM…
///     witness one one.example+10a1c019+BGSEitir7W6F…
///     witness two two.example+5b38f48c+BLf0S6Zb1bE4…
///     group either any one two
///     quorum either
///
/// Specification: <https://c2sp.org/tlog-policy>.
package struct WitnessPolicy: Sendable, Equatable {
  /// A key that the policy names, under the name that the policy gives it.
  package struct Witness: Sendable, Equatable {
    /// Octets, which mean nothing outside of the policy.
    package let name: [UInt8]
    /// nil for a kind of key that custody cannot check: such a witness never has cosigned anything.
    package let key: NoteKey?

    /// For people.
    package var title: String { String(decoding: name, as: UTF8.self) }
  }

  /// Some members, of whom so many must have cosigned.
  struct Group: Sendable, Equatable {
    let name: [UInt8]
    let threshold: Int
    /// Each is the place of a witness or of an earlier group.
    let members: [Member]
  }

  /// Who may be a member of a group, or the quorum.
  enum Member: Sendable, Equatable {
    case witness(Int)
    case group(Int)
  }

  /// The keys of the logs that are known, each with its origin for a name; those that custody can check.
  package internal(set) var logs: [NoteKey] = []
  /// In the order of their lines.
  package internal(set) var witnesses: [Witness] = []
  var groups: [Group] = []
  /// nil where no witness is asked for.
  var quorum: Member?

  /// The longest file that is read, in bytes.
  package static let sizeLimit = 1 << 20

  /// The name of the quorum: a group's, a witness's, or `none`.
  package var quorumName: String {
    switch quorum {
    case nil: "none"
    case .witness(let index): witnesses[index].title
    case .group(let index): String(decoding: groups[index].name, as: UTF8.self)
    }
  }

  /// What the policy asks for, for people: `2 of X1, X2, X3`.
  package var demand: String {
    switch quorum {
    case nil: "no witness"
    case .witness(let index): witnesses[index].title
    case .group(let index):
      "\(groups[index].threshold) of "
        + groups[index].members.map { member in
          switch member {
          case .witness(let index): witnesses[index].title
          case .group(let index): String(decoding: groups[index].name, as: UTF8.self)
          }
        }.joined(separator: ", ")
    }
  }
}

/// What is wrong with a policy, and on which line of it.
package struct WitnessPolicyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Counted from 1; nil where it is about the file as a whole.
  package let line: Int?
  /// A clause.
  package let reason: String

  package init(line: Int?, _ reason: String) {
    self.line = line
    self.reason = reason
  }

  package var description: String { line.map { "line \($0): \(reason)" } ?? reason }
}
