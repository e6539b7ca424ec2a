internal import CArchive

/// Writes an archive as a stream: each member's name and size, then its bytes. Memory is one buffer.
@safe package final class ArchiveWriter {
  /// Where the archive's bytes go; it keeps the error that the library can only tell as a number.
  @safe private final class Output {
    let write: (UnsafeRawBufferPointer) throws -> Void
    var failure: (any Error)?

    init(_ write: @escaping (UnsafeRawBufferPointer) throws -> Void) { unsafe self.write = write }
  }

  private let handle: OpaquePointer
  private let output: Output
  private var isOpen = true

  /// - Parameter write: Takes the archive's bytes, in order.
  package init(_ format: ArchiveFormat, _ write: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
    guard let handle = unsafe archive_write_new() else { throw ArchiveError("out of memory") }
    unsafe self.handle = handle
    output = unsafe Output(write)
    switch format {
    case .zip:
      try check(unsafe archive_write_set_format_zip(handle))
      try check(unsafe archive_write_zip_set_compression_store(handle))
    case .tar: try check(unsafe archive_write_set_format_pax_restricted(handle))
    case .tarGzip:
      try check(unsafe archive_write_set_format_pax_restricted(handle))
      try check(unsafe archive_write_add_filter_gzip(handle))
      // The same members give the same bytes, whenever they are written.
      try check(unsafe archive_write_set_filter_option(handle, "gzip", "timestamp", nil))
      try check(unsafe archive_write_set_filter_option(handle, "gzip", "compression-level", "6"))
    }
    // What is mailed is not written to a tape: no padding to a record's length.
    try check(unsafe archive_write_set_bytes_in_last_block(handle, 1))
    try check(
      unsafe archive_write_open(
        handle, Unmanaged.passUnretained(output).toOpaque(), nil,
        { _, context, bytes, count in
          guard let context = unsafe context else { return -1 }
          let output = unsafe Unmanaged<Output>.fromOpaque(context).takeUnretainedValue()
          do {
            try unsafe output.write(UnsafeRawBufferPointer(start: bytes, count: count))
            return count
          } catch {
            output.failure = error
            return -1
          }
        }, nil))
  }

  deinit {
    // Nothing more is written: whoever did not finish does not want it.
    if isOpen { unsafe archive_write_fail(handle) }
    unsafe archive_write_free(handle)
  }

  /// Begins a member, a regular file that everybody may read.
  ///
  /// - Parameters:
  ///   - name: Its path in the archive, in ASCII, with slashes.
  ///   - size: How many bytes follow, exactly.
  ///   - modified: In seconds since 1970; nil to say none. A zip file tells local time, so that one which is to be the
  ///     same everywhere says none.
  package func begin(_ name: String, size: Int, modified: Int?) throws {
    guard let entry = unsafe archive_entry_new() else { throw ArchiveError("out of memory") }
    defer { unsafe archive_entry_free(entry) }
    unsafe archive_entry_set_pathname(entry, name)
    unsafe archive_entry_set_size(entry, Int64(size))
    unsafe custody_archive_entry_set_regular_file(entry)
    unsafe archive_entry_set_perm(entry, 0o644)
    if let modified { unsafe archive_entry_set_mtime(entry, modified, 0) }
    try check(unsafe archive_write_header(handle, entry))
  }

  /// Adds bytes to the member that was begun.
  package func append(_ bytes: UnsafeRawBufferPointer) throws {
    guard bytes.count > 0 else { return }
    let count = unsafe archive_write_data(handle, bytes.baseAddress, bytes.count)
    if let failure = output.failure { throw failure }
    guard count == bytes.count else { throw unsafe ArchiveError(reading: handle) }
  }

  /// Ends the archive; nothing can be added then.
  package func finish() throws {
    isOpen = false
    try check(unsafe archive_write_close(handle))
  }

  private func check(_ code: Int32) throws {
    if let failure = output.failure { throw failure }
    guard code == ARCHIVE_OK || code == ARCHIVE_WARN else { throw unsafe ArchiveError(reading: handle) }
  }
}

extension ArchiveError {
  /// What the library says went wrong.
  init(reading handle: OpaquePointer) {
    self.init(unsafe archive_error_string(handle).map { unsafe String(cString: $0) } ?? "unknown error")
  }
}
