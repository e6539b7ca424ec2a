internal import Crypto
internal import Glibc

/// Where objects are staged, and where they lie under their digests: in a store, or nowhere while an offer is made.
enum ObjectPlace: Sendable {
  case store(StoreLayout)
  /// A folder of the user's, in which they are only staged.
  case staging(String)

  /// Where they are staged.
  var staging: String {
    switch self {
    case .store(let layout): layout.inbox
    case .staging(let path): path
    }
  }

  /// The folder of all objects; nil where they get no name of their own.
  var objects: String? {
    switch self {
    case .store(let layout): layout.objects
    case .staging: nil
    }
  }

  /// Of a store's objects nobody may change one; what only passes through is the user's alone.
  var mode: mode_t {
    switch self {
    case .store(let layout): layout.address == nil ? 0o444 : 0o600
    case .staging: 0o600
    }
  }

  /// Of the folder that they are staged in.
  var folderMode: mode_t {
    switch self {
    case .store(let layout): layout.address == nil ? 0o755 : 0o700
    case .staging: 0o755
    }
  }

  func path(_ digest: Digest) -> String {
    switch self {
    case .store(let layout): layout.object(digest)
    case .staging(let path): "\(path)/\(digest.hex)"
    }
  }
}
