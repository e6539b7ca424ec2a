package import Crypto

extension WitnessPolicy {
  /// What a policy makes of a checkpoint.
  package enum Judgement: Sendable, Equatable {
    /// A log of the policy has signed it, and its quorum has cosigned it; the witnesses are named by their places.
    case met(Checkpoint, witnesses: [Int])
    /// A log of the policy has signed it, and too few have cosigned it.
    case unmet(Checkpoint, witnesses: [Int])
    /// No key that the policy names for its origin has signed it.
    case unknownLog(String)
    /// A line under the name and id of a key of the policy does not hold: it is forged or broken.
    case broken(String)
    /// It is not a checkpoint.
    case malformed(CheckpointSyntaxError)
  }

  /// Which keys of a policy have signed a note.
  package struct Signers: Sendable, Equatable {
    /// Whether a log of the policy has, under that log's origin.
    package var hasLog = false
    /// The places of the witnesses that have.
    package var witnesses: Set<Int> = []
    /// When each of them says that it has first, in seconds since 1970.
    package var times: [Int: Int] = [:]

    package init() {}

    /// Takes in those of a further note with the same text.
    package mutating func add(_ other: Signers) {
      hasLog = hasLog || other.hasLog
      witnesses.formUnion(other.witnesses)
      times.merge(other.times) { min($0, $1) }
    }
  }

  /// Judges a checkpoint by the lines below it alone.
  package func judge(note: SignedNote) -> Judgement {
    let claimed: UnverifiedCheckpoint
    do throws(CheckpointSyntaxError) {
      claimed = try UnverifiedCheckpoint(note: note)
    } catch {
      return .malformed(error)
    }
    let (signers, broken) = signers(of: note, origin: claimed.origin)
    if let broken { return .broken(broken) }
    guard signers.hasLog else { return .unknownLog(claimed.origin) }
    let witnesses = signers.witnesses.sorted()
    return isMet(by: signers.witnesses)
      ? .met(claimed.tree, witnesses: witnesses) : .unmet(claimed.tree, witnesses: witnesses)
  }

  /// Whether a key is one that signs for a log of that origin.
  package func knows(origin: String) -> Bool { logs.contains { $0.name.utf8.elementsEqual(origin.utf8) } }

  /// Which keys of the policy have signed a note.
  ///
  /// Lines of other keys are passed over. Two keys may share a name and an id, which anybody can bring about who has some
  /// hours: a line holds if it is one of theirs.
  ///
  /// - Returns: The name under which a line of a key of the policy stands that does not hold, where there is one.
  package func signers(of note: SignedNote, origin: String) -> (signers: Signers, broken: String?) {
    var signers = Signers()
    for line in note.signatures {
      var isKnown = false
      var holds = false
      for key in logs where key.name.utf8.elementsEqual(origin.utf8) && WitnessPolicy.names(line, key) {
        isKnown = true
        guard key.key.isValid(signature: line.bytes, for: note.text) else { continue }
        signers.hasLog = true
        holds = true
      }
      for (index, witness) in witnesses.enumerated() {
        guard let key = witness.key, WitnessPolicy.names(line, key) else { continue }
        isKnown = true
        guard let time = Cosignature.time(of: line, by: key, text: note.text) else { continue }
        signers.witnesses.insert(index)
        signers.times[index] = min(signers.times[index] ?? .max, time)
        holds = true
      }
      if isKnown, !holds { return (signers, line.name) }
    }
    return (signers, nil)
  }

  private static func names(_ line: SignedNote.Signature, _ key: NoteKey) -> Bool {
    line.keyID == key.id && line.name.utf8.elementsEqual(key.name.utf8)
  }

  /// Whether these witnesses are enough.
  ///
  /// - Parameter witnesses: Their places.
  package func isMet(by witnesses: Set<Int>) -> Bool {
    // A group names none but earlier ones, so that one walk tells of each whether it is met.
    var isGroupMet: [Bool] = []
    func counts(_ member: Member) -> Bool {
      switch member {
      case .witness(let index): witnesses.contains(index)
      case .group(let index): isGroupMet[index]
      }
    }
    for group in groups { isGroupMet.append(group.members.count(where: counts) >= group.threshold) }
    return quorum.map(counts) ?? true
  }
}
