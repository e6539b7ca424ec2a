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
    self.init(bytes) { _ in library.lists }
  }

  /// - Parameter lists: Says, of an entry, where arrays are read that its predicate keeps in objects.
  init(_ bytes: [UInt8], lists: (Entry) -> ListLoader.Source) {
    leafHash = MerkleHash.leaf(bytes)
    do throws(StatementSyntaxError) {
      let read = try Entry(parsing: bytes)
      entry = .success(read)
      do throws(StatementSyntaxError) {
        statement = .success(try Statement(payload: read.envelope.payload, lists: lists(read)))
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
  ///   - areVerified: Whether all of them are known to be signed by the keys they name: nothing is computed then.
  /// - Returns: Each entry, and whether its envelope's signature holds; nil where its key is not known.
  package static func read(
    _ raw: [[UInt8]?], library: ObjectLibrary, keys: inout [Digest: VerificationKey], areVerified: Bool = false
  ) -> [(entry: ParsedEntry?, isSigned: Bool?)] {
    let earlier = keys
    let read = Parallel.map(raw, grain: 16) { bytes -> (entry: ParsedEntry?, isSigned: Bool?) in
      bytes.map { EntryBatch.read($0, library, earlier, areVerified) } ?? (nil, nil)
    }
    var hasNewKeys = false
    for (entry, _) in read {
      guard case .success(let statement)? = entry?.statement else { continue }
      for text in statement.predicate.publicKeys {
        guard let key = try? VerificationKey(base64: text), keys[key.keyID] == nil else { continue }
        keys[key.keyID] = key
        hasNewKeys = true
      }
    }
    guard hasNewKeys else { return read }
    // Who signs with a key that this very run brings.
    let known = keys
    return Parallel.map(Array(zip(raw, read)), grain: 16) { bytes, read in
      guard let bytes, read.isSigned == nil else { return read }
      return EntryBatch.read(bytes, library, known, areVerified)
    }
  }

  /// Reads an entry and checks its signature; objects are read for statements only whose signature holds.
  private static func read(
    _ bytes: [UInt8], _ library: ObjectLibrary, _ keys: [Digest: VerificationKey], _ areVerified: Bool
  ) -> (entry: ParsedEntry?, isSigned: Bool?) {
    var isSigned: Bool?
    let parsed = ParsedEntry(bytes) { entry in
      isSigned = keys[entry.envelope.keyID].map { areVerified || entry.envelope.isSigned(by: $0) }
      return isSigned == true ? library.lists : { _ in nil }
    }
    return (parsed, isSigned)
  }
}
