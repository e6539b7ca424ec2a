internal import FoundationEssentials
internal import Storage

/// What lay where a copy is begun, so that one that is refused leaves nothing behind.
struct CopyBeginning {
  private let layout: StoreLayout
  private let wasThere: Bool
  private let isOwn: Bool

  /// Looks before anything is made.
  init(_ layout: StoreLayout) {
    self.layout = layout
    wasThere = FileManager.default.fileExists(atPath: layout.root)
    let names = wasThere ? (try? FileManager.default.contentsOfDirectory(atPath: layout.root)) ?? ["?"] : []
    isOwn = names.isEmpty
  }

  /// Removes what was made, where nothing lay there before and no checkpoint came to lie there since. What a broken-off run
  /// had left is that run's, and stays.
  func undo() {
    let manager = FileManager.default
    guard isOwn, !manager.fileExists(atPath: layout.checkpoint) else { return }
    guard wasThere else {
      try? manager.removeItem(atPath: layout.root)
      return
    }
    for name in (try? manager.contentsOfDirectory(atPath: layout.root)) ?? [] {
      try? manager.removeItem(atPath: "\(layout.root)/\(name)")
    }
  }
}
