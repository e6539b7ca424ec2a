internal import Findings
internal import Storage

extension SyncWay {
  /// How it was made sure that all is on the disk, in a sentence.
  var text: String {
    switch self {
    case .few(let count): "waited for \(Wording.count(count, "file")) one by one until the disk had them"
    case .fileSystem: "waited for the whole file system until the disk had all of it"
    case .each(let count, let reason): "waited for \(Wording.count(count, "file")) one by one: \(reason)"
    }
  }
}
