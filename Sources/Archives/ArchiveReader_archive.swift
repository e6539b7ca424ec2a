internal import CArchive

/// Reads an archive member by member. Memory is one buffer, and what a zip file says about all its members.
///
/// Nothing in it is believed: names are any bytes, sizes are claims, and whoever reads decides where anything goes.
@safe package final class ArchiveReader {
  /// A member's header.
  package struct Member: Sendable {
    /// Its path, where that is ASCII; nil otherwise.
    package let name: String?
    /// In bytes, as the archive claims; nil where it does not say.
    package let size: Int?
    /// Whether it is a file's bytes, and no link, device or folder.
    package let isFile: Bool
    /// Whether it is a folder.
    package let isFolder: Bool
    /// Whether its bytes are there as they are, so that no small archive becomes a huge file.
    package let isStored: Bool
  }

  /// Bytes that can be read from anywhere.
  @safe private final class Input {
    let read: (Int, UnsafeMutableRawBufferPointer) throws -> Int
    let size: Int
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 4096)
    var position = 0
    var failure: (any Error)?

    init(size: Int, _ read: @escaping (Int, UnsafeMutableRawBufferPointer) throws -> Int) {
      self.size = size
      unsafe self.read = read
    }

    func next() -> Int {
      do {
        let count = try unsafe read(position, buffer)
        position += count
        return count
      } catch {
        failure = error
        return -1
      }
    }

    deinit { unsafe buffer.deallocate() }
  }

  private let handle: OpaquePointer
  private let input: Input
  private let format: ArchiveFormat

  /// - Parameters:
  ///   - size: Of the whole archive, in bytes.
  ///   - read: Fills a buffer from a position on, counted from the archive's beginning; gives the count, 0 at the end.
  package init(
    _ format: ArchiveFormat, size: Int, _ read: @escaping (Int, UnsafeMutableRawBufferPointer) throws -> Int
  ) throws {
    guard let handle = unsafe archive_read_new() else { throw ArchiveError("out of memory") }
    unsafe self.handle = handle
    self.format = format
    input = unsafe Input(size: size, read)
    switch format {
    case .zip: try check(unsafe archive_read_support_format_zip_seekable(handle))
    case .tar: try check(unsafe archive_read_support_format_tar(handle))
    case .tarGzip:
      try check(unsafe archive_read_support_filter_gzip(handle))
      try check(unsafe archive_read_support_format_tar(handle))
    }
    let context = unsafe Unmanaged.passUnretained(input).toOpaque()
    unsafe archive_read_set_callback_data(handle, context)
    unsafe archive_read_set_read_callback(handle) { _, context, start in
      guard let context = unsafe context else { return -1 }
      let input = unsafe Unmanaged<Input>.fromOpaque(context).takeUnretainedValue()
      let count = input.next()
      unsafe start?.pointee = UnsafeRawPointer(input.buffer.baseAddress)
      return count
    }
    unsafe archive_read_set_seek_callback(handle) { _, context, offset, whence in
      guard let context = unsafe context else { return -1 }
      let input = unsafe Unmanaged<Input>.fromOpaque(context).takeUnretainedValue()
      // SEEK_SET, SEEK_CUR, SEEK_END
      let base = whence == 0 ? 0 : whence == 1 ? input.position : input.size
      let (target, isTooFar) = base.addingReportingOverflow(Int(offset))
      input.position = isTooFar ? input.size : min(max(0, target), input.size)
      return Int64(input.position)
    }
    unsafe archive_read_set_skip_callback(handle) { _, context, count in
      guard let context = unsafe context else { return 0 }
      let input = unsafe Unmanaged<Input>.fromOpaque(context).takeUnretainedValue()
      let step = min(max(0, Int(count)), input.size - input.position)
      input.position += step
      return Int64(step)
    }
    try check(unsafe archive_read_open1(handle))
  }

  deinit { unsafe archive_read_free(handle) }

  /// The next member; nil at the end.
  package func next() throws -> Member? {
    var entry: OpaquePointer?
    let code = unsafe archive_read_next_header(handle, &entry)
    if code == ARCHIVE_EOF, input.failure == nil { return nil }
    try check(code)
    guard let entry = unsafe entry else { return nil }
    let name = unsafe archive_entry_pathname(entry).map { unsafe String(cString: $0) }
    let isStored =
      switch format {
      case .zip:
        unsafe archive_format_name(handle).map { unsafe String(cString: $0) }?.contains("uncompressed") ?? false
      case .tar, .tarGzip: unsafe archive_entry_sparse_count(entry) == 0
      }
    return Member(
      name: name.flatMap { $0.utf8.allSatisfy { $0 < 0x80 } ? $0 : nil },
      size: unsafe archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil,
      isFile: unsafe custody_archive_entry_is_regular_file(entry) != 0,
      isFolder: unsafe custody_archive_entry_is_folder(entry) != 0, isStored: isStored)
  }

  /// Reads of the member that was found last; 0 at its end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = unsafe archive_read_data(handle, buffer.baseAddress, buffer.count)
    guard count >= 0 else {
      if let failure = input.failure { throw failure }
      throw unsafe ArchiveError(reading: handle)
    }
    return count
  }

  private func check(_ code: Int32) throws {
    if let failure = input.failure { throw failure }
    guard code == ARCHIVE_OK || code == ARCHIVE_WARN else { throw unsafe ArchiveError(reading: handle) }
  }
}
