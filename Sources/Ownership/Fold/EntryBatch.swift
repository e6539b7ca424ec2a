package import Crypto
package import Statements
internal import TreeLog

/// An entry's bytes, read as far as that needs nothing but them.
package struct ParsedEntry: Sendable {
  package let leafHash: Digest
  package let entry: Result<Entry, StatementSyntaxError>
  /// nil where the entry itself is malformed.
  package let statement: Result<Statement, StatementSyntaxError>?

  package init(_ bytes: [UInt8], library: ObjectLibrary) {
    leafHash = MerkleHash.leaf(bytes)
    do throws(StatementSyntaxError) {
      let read = try Entry(parsing: bytes)
      entry = .success(read)
      do throws(StatementSyntaxError) {
        statement = .success(try Statement(payload: read.envelope.payload, lists: library.lists))
      } catch {
        statement = .failure(error)
      }
    } catch {
      entry = .failure(error)
      statement = nil
    }
  }
}

/// Reads entries and checks their signatures on every core, ahead of the fold, which takes them one by one.
package enum EntryBatch {
  /// Reads a run of entries.
  ///
  /// - Parameters:
  ///   - raw: In log order; nil for one whose bytes are not to be had.
  ///   - keys: Every key that statements have brought so far; those of this run are added. A key's id is its own
  ///     digest, so that whoever brings it, a signature holds under it or under none.
  /// - Returns: Each entry, and whether its envelope's signature holds; nil where its key is not known.
  package static func read(
    _ raw: [[UInt8]?], library: ObjectLibrary, keys: inout [Digest: VerificationKey]
  ) -> [(entry: ParsedEntry?, isSigned: Bool?)] {
    let parsed = Parallel.map(raw) { bytes in bytes.map { ParsedEntry($0, library: library) } }
    for entry in parsed {
      guard case .success(let statement)? = entry?.statement else { continue }
      for text in statement.predicate.publicKeys {
        guard let key = try? VerificationKey(base64: text) else { continue }
        keys[key.keyID] = key
      }
    }
    let known = keys
    let signed = Parallel.map(parsed, grain: 16) { entry -> Bool? in
      guard case .success(let read)? = entry?.entry, let key = known[read.envelope.keyID] else { return nil }
      return read.envelope.isSigned(by: key)
    }
    return zip(parsed, signed).map { ($0, $1) }
  }
}
