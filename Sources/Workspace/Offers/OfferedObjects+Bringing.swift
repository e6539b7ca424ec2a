internal import Crypto
internal import Findings
internal import Ownership
package import Statements
package import Storage
internal import TreeLog

extension OfferedObjects {
  /// Takes in the objects that a statement names and the store lacks: small ones that it means something by are kept,
  /// artifacts are staged.
  package static func bring(
    of statement: Statement, _ finder: OfferedObjects, into appending: Appending, isDryRun: Bool
  ) throws -> [StagedObject] {
    var staged: [StagedObject] = []
    do {
      let isEvidence = statement.predicate.typeName == "evidence"
      var artifacts: [(digest: Digest, name: String, size: Int?)] = []
      for subject in statement.subjects where try !isWhole(subject.digest, in: appending.store.contents) {
        let isArtifact = isEvidence && subject.mediaType != MediaType.manifest && subject.mediaType != MediaType.list
        if isArtifact {
          artifacts.append((subject.digest, subject.name, subject.size))
        } else if let bytes = try finder.small(subject.digest, named: subject.name) {
          appending.keep(bytes)
        } else if try !bringSchedule(subject.digest, of: statement, appending) {
          throw missing(subject.digest, subject.name, finder)
        }
      }
      if let manifest = statement.subjects.first(where: { $0.mediaType == MediaType.manifest }) {
        for item in try items(of: manifest, finder, appending) {
          if try isWhole(item.digest, in: appending.store.contents) {
            appending.rely(on: item.digest)
          } else {
            artifacts.append((item.digest, item.name, nil))
          }
        }
      }
      for artifact in artifacts {
        if let object = try finder.staged(artifact.digest) {
          staged.append(object)
          guard artifact.size == nil || artifact.size == object.size else {
            throw Failure(.malformedInput, "its object \(artifact.digest.short) is not of the size that it says")
          }
          continue
        }
        guard let path = finder.path(artifact.digest, named: artifact.name) else {
          throw missing(artifact.digest, artifact.name, finder)
        }
        if let size = artifact.size, try RegularFile.sizeWithoutFollowing(path) != size {
          throw Failure(
            .malformedInput,
            "'\(path)' is not the object \(artifact.digest.short) that the statement names: it is not of its size")
        }
        let object = try appending.stage(file: path)
        staged.append(object)
        guard object.digest == artifact.digest, artifact.size == nil || artifact.size == object.size else {
          throw Failure(
            .malformedInput,
            "'\(path)' is not the object \(artifact.digest.short) that the statement names, or not of its size")
        }
      }
      guard !isDryRun else {
        finder.discard(staged)
        return []
      }
      return staged
    } catch {
      finder.discard(staged)
      throw error
    }
  }

  /// Whether the store has an object, and every byte of it: an append that a power cut broke off may have left the name and
  /// not the bytes, and whoever sends the offer keeps no copy once it is said to be in the log.
  static func isWhole(_ digest: Digest, in contents: any StoreContents) throws -> Bool {
    guard try contents.objectSize(digest) != nil else { return false }
    var hasher = SHA256Hasher()
    guard try unsafe contents.readObject(digest, { unsafe hasher.update($0) }) != nil else { return false }
    return hasher.finalize() == digest
  }

  private static func missing(_ digest: Digest, _ name: String, _ finder: OfferedObjects) -> Failure {
    Failure(
      .inputMissing, "the object \(digest.short), '\(name)', did not come with it",
      hint: RegularFile.isFolderWithoutFollowing(OfferFile.folder(finder.file))
        ? nil
        : "have the sender make the offer again, or send the folder '\(OfferFile.folder(finder.file))' if there is one")
  }

  private static func items(
    of manifest: Subject, _ finder: OfferedObjects, _ appending: Appending
  ) throws -> [Manifest.Item] {
    guard let bytes = try appending.library.bytes(of: manifest.digest, limit: ObjectLibrary.manifestLimit) else {
      throw missing(manifest.digest, manifest.name, finder)
    }
    var reader = ManifestReader()
    var items: [Manifest.Item] = []
    do {
      try reader.feed(bytes) { items.append($0) }
      try reader.finish()
    } catch let error as Manifest.SyntaxError {
      throw Failure(.malformedInput, "its manifest is not one: \(error)")
    }
    return items
  }

  /// Makes the schedule of an acceptance anew, where the party signed just what the agreement gives it: then the offer
  /// alone is enough.
  private static func bringSchedule(
    _ digest: Digest, of statement: Statement, _ appending: Appending
  ) throws -> Bool {
    guard case .acceptance(let acceptance) = statement.predicate, acceptance.schedule == digest else { return false }
    let resolver = Resolver(try ResolutionInput(appending.state, library: appending.library))
    guard let index = resolver.input.versions.firstIndex(where: { $0.statement == acceptance.engagement }) else {
      return false
    }
    let builder = ScheduleBuilder(resolver, version: index)
    for party in appending.state.membership.parties {
      let bytes = builder.schedule(for: party.id).bytes
      guard SHA256.hash(bytes) == digest else { continue }
      appending.keep(bytes)
      return true
    }
    return false
  }
}
