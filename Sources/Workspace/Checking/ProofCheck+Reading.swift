package import Crypto
internal import Findings
internal import Statements
internal import TreeLog

extension ProofCheck {
  /// Reads a proof, and checks it.
  ///
  /// - Parameters:
  ///   - named: A file with the entry's bytes, where they are not in the proof.
  ///   - keys: Those that may have signed the checkpoint.
  ///   - home: What the user remembers; nil where they have no place for that.
  package static func read(_ path: String, entry named: String?, keys: [NoteKey], home: Home?) throws -> ProofCheck {
    let file = try InputFile.read(path, limit: ProofBundle.sizeLimit)
    let bundle: ProofBundle
    do throws(ProofSyntaxError) {
      bundle = try ProofBundle(parsing: file)
    } catch {
      throw Failure(
        .malformedInput, "'\(path)' is not a proof: \(error)", hint: "a proof is what 'custody prove' writes")
    }
    let named = try named.map { try InputFile.read($0, limit: Entry.sizeLimit) }
    guard let bytes = named ?? bundle.extra else {
      throw Failure(
        .inputMissing, "the proof '\(path)' does not hold the entry itself", hint: "give it with --entry FILE")
    }
    let trust = try home.flatMap { try TrustMemory($0).record(of: bundle.checkpoint.origin) }
    return ProofCheck(bundle, bytes: bytes, keys: keys, trust: trust)
  }
}
