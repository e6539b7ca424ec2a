package import Findings
package import Statements

/// An entry of the log, with what the fold made of it.
package struct ListedEntry {
  /// Counted from 0.
  package let number: Int
  package let bytes: [UInt8]
  /// nil where the bytes are no entry.
  package let entry: Entry?
  /// nil where the entry holds none that can be read.
  package let statement: Statement?
  /// Whether the statement counts.
  package let isEffective: Bool
  /// The member who signed; of an entry that does not count, whose key the envelope names; nil where it is nobody's.
  package let signer: String?
  package let findings: [Finding]

  /// The `<type>` of `urn:custody:<type>:v1`; `malformed` where no statement can be read.
  package var type: String { statement?.predicate.typeName ?? "malformed" }

  /// Why the entry does not count; nil where it does.
  package var refusal: (code: FindingCode, reason: String)? {
    guard !isEffective, let finding = findings.first(where: { $0.severity == .error }) else { return nil }
    // The whole sentence begins by naming the entry, which its reader has before them already.
    let parts = finding.message.split(separator: " does not count: ", maxSplits: 1)
    return (finding.code, parts.count == 2 ? String(parts[1]) : finding.message)
  }
}
