package import Crypto
internal import Findings
internal import Statements
internal import Storage
package import TreeLog

/// A file of proofs as it came, taken apart and held to its form; nothing in it is believed.
package struct ProofFile {
  /// An entry, and the proof that lies beside it.
  package struct Item {
    package let number: Int
    package let folder: ProofNames.Folder
    package let bytes: [UInt8]
    package let bundle: ProofBundle
  }

  /// An artifact as it lies in the file.
  package struct Object {
    package let path: String
    package let entry: Int
    package let digest: Digest
    package let size: Int
  }

  /// The checkpoint that all proofs are to lead to.
  package let checkpoint: UnverifiedCheckpoint
  /// In log order.
  package let items: [Item]
  package let objects: [Object]
  /// Manifests and lists, by what they hash to.
  package let papers: [Digest: [UInt8]]
  /// RFC 3161 tokens that are to be over the checkpoint.
  package let tokens: [(name: String, bytes: [UInt8])]
  /// The earlier trees that some of them are over, by the token's name; nil for one that cannot be read.
  package let earlierTrees: [String: EarlierTree?]
  /// Members that custody knows nothing about, and did not look at.
  package let strangers: [String]

  private enum Place {
    case checkpoint, readme
    case entry(Int, ProofNames.Folder)
    case proof(Int, ProofNames.Folder)
    case paper
    case token
    case earlierTree
    case object(Int)
    case stranger

    static let treeEnding = ".tree"

    init(_ name: String) {
      let parts = name.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
      switch (parts.count, parts[0]) {
      case (1, ProofNames.checkpoint): self = .checkpoint
      case (1, ProofNames.readme): self = .readme
      case (2, "manifests"), (2, "lists"): self = .paper
      case (2, "timestamps"): self = parts[1].hasSuffix(Place.treeEnding) ? .earlierTree : .token
      case (3, "objects"): self = Place.number(parts[1]).map { .object($0) } ?? .stranger
      case (2, _):
        guard let folder = ProofNames.Folder(rawValue: parts[0]),
          let dot = parts[1].firstIndex(of: "."), let number = Place.number(String(parts[1][..<dot]))
        else {
          self = .stranger
          return
        }
        switch parts[1][dot...] {
        case ".json": self = .entry(number, folder)
        case ".tlog-proof": self = .proof(number, folder)
        default: self = .stranger
        }
      default: self = .stranger
      }
    }

    /// A number in its one spelling.
    private static func number(_ text: String) -> Int? {
      guard let number = Int(text), String(number) == text, number >= 0 else { return nil }
      return number
    }
  }

  /// What of it is read at most of each kind, in bytes.
  private static func limit(_ place: Place) -> Int {
    switch place {
    case .checkpoint, .readme: 1 << 20
    case .entry: Entry.sizeLimit
    case .proof: ProofBundle.sizeLimit
    case .paper: 64 << 20
    case .token: TimestampToken.sizeLimit
    case .earlierTree: EarlierTree.sizeLimit
    case .object, .stranger: 0
    }
  }

  /// - Throws: `malformedInput` for what is not such a file.
  package init(_ path: String) throws {
    var note: [UInt8]?
    var entries: [Int: (ProofNames.Folder, [UInt8])] = [:]
    var bundles: [Int: (ProofNames.Folder, ProofBundle)] = [:]
    var objects: [Object] = []
    var papers: [Digest: [UInt8]] = [:]
    var tokens: [(name: String, bytes: [UInt8])] = []
    var earlierTrees: [String: EarlierTree?] = [:]
    var strangers: [String] = []
    do {
      try ProofArchive.read(path) { name in
        let place = Place(name)
        switch place {
        case .checkpoint, .entry, .proof, .paper, .token, .earlierTree: return .keep(limit: ProofFile.limit(place))
        case .object: return .measure
        case .readme: return .ignore
        case .stranger:
          strangers.append(name)
          return .ignore
        }
      } take: { name, found in
        switch (Place(name), found) {
        case (.checkpoint, .kept(let bytes)): note = bytes
        case (.entry(let number, let folder), .kept(let bytes)):
          guard entries.updateValue((folder, bytes), forKey: number) == nil else { throw Wrong.twice(number) }
        case (.proof(let number, let folder), .kept(let bytes)):
          let bundle: ProofBundle
          do throws(ProofSyntaxError) {
            bundle = try ProofBundle(parsing: bytes)
          } catch {
            throw Wrong.form("'\(name)' is not a proof: \(error)")
          }
          guard bundles.updateValue((folder, bundle), forKey: number) == nil else { throw Wrong.twice(number) }
        case (.token, .kept(let bytes)): tokens.append((name, bytes))
        case (.earlierTree, .kept(let bytes)):
          earlierTrees.updateValue(
            EarlierTree(parsing: bytes), forKey: name.dropLast(Place.treeEnding.utf8.count) + ".tsr")
        case (.paper, .kept(let bytes)): papers[SHA256.hash(bytes)] = bytes
        case (.object(let entry), .measured(let digest, let size)):
          objects.append(Object(path: name, entry: entry, digest: digest, size: size))
        default: break
        }
      }
      guard let note else { throw Wrong.form("it has no checkpoint") }
      do throws(CheckpointSyntaxError) {
        checkpoint = try UnverifiedCheckpoint(parsing: note)
      } catch {
        throw Wrong.form("its checkpoint does not parse: \(error)")
      }
      items = try entries.keys.sorted().map { number in
        guard let (folder, bytes) = entries[number], let (other, bundle) = bundles[number], folder == other else {
          throw Wrong.form("entry \(number) has no proof beside it")
        }
        return Item(number: number, folder: folder, bytes: bytes, bundle: bundle)
      }
      guard bundles.count == items.count else { throw Wrong.form("it has a proof without its entry") }
      guard items.contains(where: { $0.folder == .entries }) else { throw Wrong.form("it proves no entry") }
    } catch let error as Wrong {
      throw ProofFile.malformed(path, error.description)
    } catch let error as ArchiveUnreadable {
      throw ProofFile.malformed(path, error.reason)
    }
    self.objects = objects
    self.papers = papers
    self.tokens = tokens
    self.earlierTrees = earlierTrees
    self.strangers = strangers
  }

  private enum Wrong: Error, CustomStringConvertible {
    case form(String)
    case twice(Int)

    var description: String {
      switch self {
      case .form(let text): text
      case .twice(let number): "entry \(number) is in it twice"
      }
    }
  }

  private static func malformed(_ path: String, _ reason: String) -> Failure {
    Failure(
      .malformedInput, "'\(path)' is not a file of proofs: \(reason)",
      hint:
        "if it is a pack, with a page START-HERE.txt: 'custody verify FILE'; else have it sent again as 'custody prove' "
        + "wrote it; nothing was unpacked")
  }
}
