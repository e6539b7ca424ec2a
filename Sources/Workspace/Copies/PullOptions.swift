public import Statements
public import TreeLog

/// How a copy is pulled.
public struct PullOptions: Sendable {
  /// Whether every object of the copy is read anew, and what went bad is fetched again.
  public var readsAll = false
  /// Whether to find out what would be taken over, and take nothing.
  public var isDryRun = false
  /// How long to wait for another pull to end, in seconds.
  public var patience = 3
  /// Whether the network file system that the copy lies on can be relied on.
  public var allowsNetworkStore = false
  /// Where a pack in one file is unpacked, in a folder that is the user's alone and that goes afterwards.
  public var temporaryFolder = "/tmp"

  /// What is new, onto a disk of this host.
  public init() {}
}

/// What a pull has taken over.
public struct Pulled: Sendable {
  /// The copy's folder, from the root on.
  public let copy: String
  /// Where it was pulled from.
  public let source: String
  /// The copy's newest tree.
  public let checkpoint: Checkpoint
  /// How many entries the copy had before.
  public let before: Int
  /// How many objects were fetched.
  public var objects = 0
  /// How many bytes these have.
  public var bytes = 0
  /// How many of its own files were found bad or missing, and fetched again.
  public var mended = 0
  /// Which these are, as paths in the copy.
  public var mendedPaths: [String] = []
  /// What was looked at.
  public var look = Look.presence
  /// How many objects are redacted by the log, and still lie in the copy.
  public var redacted = 0
  /// Whether the source shows an older tree than the copy has.
  public var isSourceOlder = false

  /// How much of a copy a pull looks at.
  public enum Look: Sendable, Equatable {
    /// Everything was read anew.
    case everything
    /// What is new was verified; the older entries, so many, were taken as they were verified on that day.
    case new(after: Int, on: Day)
    /// The whole log was read anew, and the objects that are new.
    case log
    /// Nothing was read: of each file and object that the copy has to have it was seen that it is there, with its size.
    case presence
  }

  /// The day on which this user verified the copy's tree last, there or at another place of its log; nil where nothing is
  /// remembered of that.
  public var verifiedOn: Day?
  /// How many files of the log, and how many objects, were seen to be there.
  public var present: (files: Int, objects: Int) = (0, 0)

  /// The entries that are new in the copy.
  public var entries: Range<Int> { before..<max(before, checkpoint.size) }
}
