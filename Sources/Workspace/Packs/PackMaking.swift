internal import Archives
internal import Crypto
internal import Findings
internal import FoundationEssentials
internal import Obligations
internal import Ownership
package import Packs
package import Statements
internal import Storage
internal import TreeLog

/// What somebody wants to have packed, in their own words.
package struct PackWish {
  package var frameworks: [String] = []
  package var controls: [String] = []
  package var request: String?
  package var from: Day?
  package var through: Day?
  package var hasEveryStatement = false

  package init() {}
}

/// Packs a store for somebody who need not trust whoever packs it.
package struct PackMaking {
  private let store: OpenedStore
  package let plan: PackPlan

  package init(_ store: OpenedStore, _ wish: PackWish) throws {
    self.store = store
    var selection = try PackMaking.selection(wish, store)
    let contents = store.contents
    func plan() throws -> PackPlan {
      try PackPlan(contents, store.checkpoint, selection) { object, _ in try contents.objectSize(object) }
    }
    let first = try plan()
    selection.missing = try first.absent { try contents.objectSize($0) != nil }
    self.plan = selection.missing.isEmpty ? first : try plan()
  }

  private static func selection(_ wish: PackWish, _ store: OpenedStore) throws -> PackSelection {
    var selection = PackSelection()
    if let from = wish.from, let through = wish.through, from > through {
      throw Failure(.usage, "--from \(from) is after --through \(through)")
    }
    (selection.from, selection.through) = (wish.from, wish.through)
    selection.hasEveryStatement = wish.hasEveryStatement
    let adopted = Set(store.state.adoptions.map(\.framework))
    for framework in wish.frameworks where !adopted.contains(framework) {
      let near = Spelling.nearest(to: framework, among: adopted.sorted())
      throw Failure(
        .usage, "--framework \(framework): no such framework is adopted",
        hint: near.map { "did you mean '\($0)'" } ?? "'custody framework list' names them")
    }
    selection.frameworks = Set(wish.frameworks).sorted(by: ByteOrder.precedes)
    selection.controls = try Set(wish.controls.flatMap { try ControlSelection.ids($0, store) })
      .sorted(by: ByteOrder.precedes)
    guard let request = wish.request else { return selection }
    guard !selection.choosesControls else {
      throw Failure(
        .usage, "--request cannot stand with --framework or --control: it says by itself what answers it",
        hint: "make two packs")
    }
    let shelf = try RequestShelf(store)
    guard let list = try shelf.lists(named: request).first else {
      throw Failure(.inputMissing, "no request list '\(request)' is in this store")
    }
    selection.request = list.name
    selection.entries = Set(try shelf.states(list).flatMap { $0.answers.map(\.record.entry) }).sorted()
    return selection
  }

  /// Where a pack goes, by the name that it is to have.
  package enum Form: String {
    case zip, tarGzip = "tar.gz", folder

    package init(_ path: String) throws {
      if path.hasSuffix("/") {
        self = .folder
      } else if path.lowercased().hasSuffix(".zip") {
        self = .zip
      } else if path.lowercased().hasSuffix(".tar.gz") || path.lowercased().hasSuffix(".tgz") {
        self = .tarGzip
      } else {
        throw Failure(
          .usage, "'\(path)' does not say what the pack is to be",
          hint: "end it in '.zip' or '.tar.gz', or in '/' for a folder")
      }
    }
  }

  /// Writes the pack; what is not whole never has its name.
  ///
  /// - Parameter replaces: Whether an earlier file may go.
  /// - Returns: How many files it has.
  package func write(_ path: String, replaces: Bool) throws -> Int {
    let form = try Form(path)
    let plain = StoreLayout(root: path).root
    try OutputFile.checkPlace(plain, mayBeFolder: form == .folder)
    do {
      return try OutputFile.telling(path) {
        switch form {
        case .folder: try writeFolder(plain)
        case .zip: try writeArchive(path, .zip, ending: ".zip", modified: nil, replaces)
        case .tarGzip:
          try writeArchive(
            path, .tarGzip, ending: path.lowercased().hasSuffix(".tgz") ? ".tgz" : ".tar.gz",
            modified: plan.lastSecond, replaces)
        }
      }
    } catch let fault as PackFault {
      throw Failure(
        .answerNo, "nothing was packed: \(fault.reason)", hint: "'custody verify' says what else is wrong")
    } catch let error as ArchiveError {
      throw Failure(.ioError, "'\(path)' cannot be written: \(error)")
    }
  }

  private func writeFolder(_ path: String) throws -> Int {
    var count = 0
    try NewFolder.create(at: path) { folder in
      let sink = unsafe Sink(store.desk.notices) { file, body in try unsafe folder.add(file.path, body) }
      try plan.write(store.contents, note: store.checkpointNote, to: sink)
      count = sink.finish()
    }
    return count
  }

  private func writeArchive(
    _ path: String, _ format: ArchiveFormat, ending: String, modified: Int?, _ replaces: Bool
  ) throws -> Int {
    let top = PackNames.segment(String(StoreLayout.name(path).dropLast(ending.count)))
    var count = 0
    try ArchiveFile.write(path, format, modified: modified, replaces: replaces) { archive in
      let sink = unsafe Sink(store.desk.notices) { file, body in
        try unsafe archive.add("\(top)/\(file.path)", size: file.size, body)
      }
      try plan.write(store.contents, note: store.checkpointNote, to: sink)
      count = sink.finish()
    }
    return count
  }

  /// Hashes what goes by, and counts.
  @safe private final class Sink: PackSink {
    typealias Body = ((UnsafeRawBufferPointer) throws -> Void) throws -> Void

    let needsObjects = true
    private let add: (PackFile, Body) throws -> Void
    private let progress: any StepProgress
    private var count = 0

    init(_ notices: any Notices, _ add: @escaping (PackFile, Body) throws -> Void) {
      unsafe self.add = add
      progress = notices.begin("packing files", total: nil)
    }

    func take(_ file: PackFile, _ body: Body) throws -> Digest {
      var hasher = SHA256Hasher()
      try unsafe add(file) { write in
        try unsafe withoutActuallyEscaping(write) { write in
          try unsafe body { bytes in
            unsafe hasher.update(bytes)
            try unsafe write(bytes)
          }
        }
      }
      count += 1
      progress.advance(by: 1)
      return hasher.finalize()
    }

    func finish() -> Int {
      progress.finish()
      return count
    }
  }
}
