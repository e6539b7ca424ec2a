internal import Findings
package import TreeLog

/// A file that says whose cosignatures are asked for.
package enum PolicyFile {
  /// Reads it, strictly.
  package static func read(_ path: String) throws -> WitnessPolicy {
    let bytes = try InputFile.read(path, limit: WitnessPolicy.sizeLimit)
    do throws(WitnessPolicyError) {
      return try WitnessPolicy(parsing: bytes)
    } catch {
      throw Failure(.malformedInput, "'\(path)' is not a policy: \(error)", hint: "see https://c2sp.org/tlog-policy")
    }
  }
}
