internal import Crypto
package import Statements

/// Files about which one statement is made.
package struct EvidenceBatch {
  package var evidence: Evidence
  package var sources: [ArtifactSource]

  package init(evidence: Evidence, sources: [ArtifactSource]) {
    self.evidence = evidence
    self.sources = sources
  }
}

extension EvidenceBatch {
  /// The most artifacts that a statement names itself; more go into a manifest.
  package static let inlineLimit = 64

  /// The longest payload that an entry holds with room to spare.
  private static let payloadLimit = 48_000

  /// The statement about some artifacts.
  ///
  /// - Parameter keep: Takes in the manifest, where there has to be one.
  package static func draft(
    _ evidence: Evidence, _ artifacts: [Artifact], at place: SigningPlace, keep: ([UInt8]) throws -> Void
  ) throws -> Draft {
    let subjects = artifacts.map(\.subject)
    // 'list/…' is where a statement's own arrays lie.
    let isPlain = artifacts.count <= inlineLimit && !artifacts.contains { $0.name.utf8.starts(with: "list/".utf8) }
    if isPlain {
      let payload = Statement.payload(
        .evidence(evidence), store: place.origin, signedAt: place.desk.clock.now(), seen: place.seen,
        subjects: subjects,
        placeholder: place.seen.root)
      if payload.count <= payloadLimit || artifacts.count == 1 {
        return Draft(predicate: .evidence(evidence), subjects: subjects)
      }
    }
    let manifest = Manifest.encode(artifacts.map { Manifest.Item(digest: $0.digest, name: $0.name) })
    try keep(manifest)
    let subject = Subject(
      name: "manifest", digest: SHA256.hash(manifest), size: manifest.count, mediaType: MediaType.manifest)
    return Draft(predicate: .evidence(evidence), subjects: [subject])
  }
}
