internal import CArchive

/// What is packed into some bytes: in archives (tar, zip, 7z), and in single files that were compressed (gzip, bzip2, xz,
/// zstd).
package enum PackedBytes {
  /// Whether a file that begins so is packed, and no office document, which is a zip file by its format only.
  package static func isPacked(_ head: UnsafeRawBufferPointer) -> Bool {
    let zip: [UInt8] = [0x50, 0x4b, 0x03, 0x04]
    if unsafe head.starts(with: zip) {
      // The first member's name stands 30 bytes from the beginning (APPNOTE.TXT, section 4.3.7).
      let name = unsafe head.dropFirst(30)
      return !["[Content_Types].xml", "_rels/", "docProps/", "mimetype"].contains { unsafe name.starts(with: $0.utf8) }
    }
    let others: [[UInt8]] = [
      [0x1f, 0x8b], [0x42, 0x5a, 0x68], [0xfd, 0x37, 0x7a, 0x58, 0x5a], [0x28, 0xb5, 0x2f, 0xfd],
      [0x37, 0x7a, 0xbc, 0xaf],
    ]
    return others.contains { unsafe head.starts(with: $0) }
  }

  /// Gives what is packed, piece by piece, up to a limit; nothing more where it cannot be unpacked.
  package static func unpack(_ bytes: [UInt8], limit: Int, _ consume: (UnsafeRawBufferPointer) -> Void) {
    guard let handle = unsafe archive_read_new() else { return }
    defer { unsafe archive_read_free(handle) }
    // Those that `isPacked` knows: of every further format, each file would be read through to see that it is none.
    unsafe archive_read_support_filter_gzip(handle)
    unsafe archive_read_support_filter_bzip2(handle)
    unsafe archive_read_support_filter_xz(handle)
    unsafe archive_read_support_filter_zstd(handle)
    unsafe archive_read_support_format_tar(handle)
    unsafe archive_read_support_format_zip(handle)
    unsafe archive_read_support_format_7zip(handle)
    unsafe archive_read_support_format_raw(handle)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 4096)
    defer { unsafe buffer.deallocate() }
    unsafe bytes.withUnsafeBytes { bytes in
      guard unsafe archive_read_open_memory(handle, bytes.baseAddress, bytes.count) == ARCHIVE_OK else { return }
      var left = limit
      var entry: OpaquePointer?
      while left > 0 {
        let code = unsafe archive_read_next_header(handle, &entry)
        guard code == ARCHIVE_OK || code == ARCHIVE_WARN else { return }
        while left > 0 {
          let count = unsafe archive_read_data(handle, buffer.baseAddress, buffer.count)
          guard count > 0 else { break }
          left -= count
          unsafe consume(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
      }
    }
  }
}
