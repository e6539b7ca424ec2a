internal import Glibc

/// A file that an object is read into, gone once it was read; after a crash it goes with the folder that it lies in.
struct TemporaryDownload {
  let path: String
  private let syscalls = Syscalls()

  init(in folder: StagingFolder) throws { path = try folder.newPlace().path }

  func remove() { try? syscalls.unlink(path) }

  /// How long it is, in bytes; nil where there is none.
  func size() throws -> Int? { try syscalls.status(path)?.size }

  /// - Returns: The number of bytes.
  func read(_ consume: (UnsafeRawBufferPointer) throws -> Void) throws -> Int {
    let file = try syscalls.open(path)
    let size = try syscalls.status(file, path: path).size
    let capacity = max(1, min(size, 1 << 20))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
    defer { unsafe buffer.deallocate() }
    var total = 0
    while true {
      let count = try unsafe syscalls.read(file, into: buffer, path: path)
      if count == 0 { return total }
      total += count
      try unsafe consume(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}
