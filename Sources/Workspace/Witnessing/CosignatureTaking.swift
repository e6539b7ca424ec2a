internal import Crypto
internal import Findings
internal import Index
internal import Ownership
internal import Statements
internal import TreeLog

/// Anchors what a witness gives back: the checkpoint with its line below, or the line alone.
///
/// Only what is checked goes into the log: lines of the log's own keys, and of witnesses whose keys the log knows, the user
/// was told, or holds. What else stands below the checkpoint, anybody could have put there.
struct CosignatureTaking {
  let appending: Appending
  /// Keys of witnesses that the user was told.
  let told: [NoteKey]

  /// Of a line alone nobody knows which tree it is about: the newest so many are tried.
  private static let triedLimit = 256

  /// What is anchored: a note all of whose lines hold.
  struct Found {
    let checkpoint: Checkpoint
    let note: SignedNote
    let witnesses: [String]
  }

  /// Reads a file, and checks it.
  ///
  /// - Throws: Why it cannot be anchored.
  func read(_ path: String) throws -> Found {
    let bytes = try InputFile.read(path, limit: SignedNote.sizeLimit)
    if AddCheckpointRequest.isMeant(by: bytes) {
      throw Failure(
        .malformedInput, "it is a request for a cosignature, which a witness answers",
        hint: "send it to a witness, who runs: custody cosign FILE")
    }
    let dash = Array("\u{2014} ".utf8)
    return bytes.starts(with: dash) ? try read(lines: bytes) : try read(note: bytes)
  }

  private func read(note bytes: [UInt8]) throws -> Found {
    let claimed: UnverifiedCheckpoint
    do throws(CheckpointSyntaxError) {
      claimed = try UnverifiedCheckpoint(parsing: bytes)
    } catch {
      throw Failure(
        .malformedInput, "it is not a cosigned checkpoint: \(error)", hint: "have the witness send it again")
    }
    let store = appending.store
    guard ByteOrder.areEqual(claimed.origin, store.origin) else {
      throw Failure(.malformedInput, "it is of the log '\(claimed.origin)', and this is '\(store.origin)'")
    }
    guard claimed.extensions.isEmpty else {
      throw Failure(.malformedInput, "it has extension lines, which this log never signs")
    }
    guard claimed.size > 0, claimed.size <= store.checkpoint.size else {
      throw Failure(
        .answerNo, "it is of \(Wording.entries(claimed.size)), and this log has \(store.checkpoint.size)",
        hint: "this is an older copy, or entries were cut off: run 'custody verify'")
    }
    guard try store.reader.root(at: claimed.size) == claimed.root else {
      throw Failure(
        .answerNo,
        "the witness has seen another log of \(Wording.entries(claimed.size)) under the name '\(store.origin)'",
        hint: "somebody showed it another one: ask which checkpoint it had before it")
    }
    return try check(claimed.note, claimed.tree)
  }

  /// Finds the tree that lines alone are about: the newest, or one of those before it.
  private func read(lines bytes: [UInt8]) throws -> Found {
    let store = appending.store
    let reader = store.reader
    let lowest = max(1, store.checkpoint.size - CosignatureTaking.triedLimit + 1)
    for size in stride(from: store.checkpoint.size, through: lowest, by: -1) {
      let tree = Checkpoint(origin: store.origin, size: size, root: try reader.root(at: size))
      let note: SignedNote
      do throws(NoteSyntaxError) {
        note = try SignedNote(parsing: tree.text + [0x0a] + bytes)
      } catch {
        throw Failure(.malformedInput, "it is not a cosignature: \(error)", hint: "have the witness send it again")
      }
      if let found = try? check(note, tree) { return found }
    }
    throw Failure(
      .malformedInput, "it is not a known witness's signature under any of the newest checkpoints",
      hint: "have the witness send the whole checkpoint with its line, or say its key: --witness VERIFIERKEY")
  }

  private func check(_ note: SignedNote, _ tree: Checkpoint) throws -> Found {
    let store = appending.store
    let logKeys = store.logKeys
    let witnesses = knownWitnesses
    var lines: [SignedNote.Signature] = []
    var names: [String] = []
    var strangers: [String] = []
    for line in note.signatures {
      if ByteOrder.areEqual(line.name, store.origin) {
        if logKeys.contains(where: { $0.id == line.keyID && $0.key.isValid(signature: line.bytes, for: note.text) }) {
          lines.append(line)
        }
        continue
      }
      let keys = witnesses.filter { $0.id == line.keyID && ByteOrder.areEqual($0.name, line.name) }
      guard !keys.isEmpty else {
        strangers.append("'\(line.name)'")
        continue
      }
      guard keys.contains(where: { Cosignature.time(of: line, by: $0, text: note.text) ?? 0 > 0 }) else {
        throw Failure(.malformedInput, "the cosignature of '\(line.name)' does not hold", hint: "have it sent again")
      }
      lines.append(line)
      names.append(line.name)
    }
    guard !names.isEmpty else {
      throw Failure(
        .malformedInput,
        strangers.isEmpty
          ? "no witness has signed it" : "nobody here knows the witness \(strangers.joined(separator: ", "))",
        hint: strangers.isEmpty
          ? "it is the log's own checkpoint: a witness adds its line with 'custody cosign'"
          : "have its verifier key told to you apart, and say it, once: --witness VERIFIERKEY; a member's witness key joins "
            + "the log with 'custody member add CARD'")
    }
    return Found(checkpoint: tree, note: SignedNote(text: note.text, signatures: lines), witnesses: names)
  }

  /// Those whose keys the log knows and has not revoked, those that were told, now or before, and the user's own.
  private var knownWitnesses: [NoteKey] {
    let registered = appending.state.membership.keys.compactMap { key -> NoteKey? in
      guard key.use == .witness, key.revoked == nil, let name = key.keyName,
        let read = try? VerificationKey(base64: key.publicKey)
      else { return nil }
      return NoteKey(witness: read, name: name)
    }
    let own = ((try? KeyChain(appending.store.desk.home).all()) ?? []).compactMap { held -> NoteKey? in
      guard held.use == "witness", let name = held.keyName, let key = try? VerificationKey(base64: held.publicKey)
      else {
        return nil
      }
      return NoteKey(witness: key, name: name)
    }
    let logKeys = appending.store.logKeys
    return (registered + (told + toldBefore).filter { $0.type == .cosignature } + own).filter { witness in
      // Whoever signs for the log is no witness of it.
      !logKeys.contains { $0.key == witness.key }
    }
  }

  /// The keys of witnesses that this user was told when they anchored something before.
  private var toldBefore: [NoteKey] { (appending.store.trust?.witnesses ?? []).compactMap { NoteKey(text: $0) } }

  /// Those of the keys that were told by which a note is known; they need not be said again.
  func used(_ found: Found) -> [String] {
    told.filter { key in
      found.note.signatures.contains { $0.keyID == key.id && ByteOrder.areEqual($0.name, key.name) }
    }.map(\.text)
  }

  /// The entry that anchors all that a note says already; nil where it says more.
  func entry(anchoring found: Found) throws -> Int? {
    let index = appending.store.index
    var filter = LogFilter()
    filter.type = "anchor"
    // An anchor of a tree stands behind all of its entries.
    filter.range = found.checkpoint.size..<max(found.checkpoint.size, appending.store.checkpoint.size)
    let wanted = Set(found.note.signatures.filter { !ByteOrder.areEqual($0.name, found.checkpoint.origin) })
    for row in try index.logRows(filter) where row.isEffective {
      for object in try index.objects(ofEntry: row.entry) where ByteOrder.areEqual(object.name, "cosignature") {
        guard let bytes = try appending.library.bytes(of: object.digest, limit: SignedNote.sizeLimit),
          let note = try? SignedNote(parsing: bytes), note.text == found.note.text,
          wanted.isSubset(of: note.signatures)
        else { continue }
        return row.entry
      }
    }
    return nil
  }
}
