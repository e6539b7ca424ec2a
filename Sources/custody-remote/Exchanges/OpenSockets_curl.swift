internal import CCurl
internal import Glibc

/// The connections that are open, so that what arrives on them is acknowledged at once.
///
/// A host that sends head and body in two, as Ceph's gateway does as it is set up at first, sends the second only when the first
/// was acknowledged (RFC 896), and who receives waits 40 ms with that: for a small object nearly all of the time it takes.
@safe final class OpenSockets {
  private var descriptors: Set<Int32> = []

  /// Has libcurl tell of the connections that a transfer opens, and of their end, which may come long after the transfer's.
  func watch(_ handle: UnsafeMutableRawPointer) -> CURLcode {
    unsafe custody_curl_sockets_to(
      handle,
      { context, descriptor, _ in
        if let context = unsafe context {
          unsafe Unmanaged<OpenSockets>.fromOpaque(context).takeUnretainedValue().descriptors.insert(descriptor)
        }
        return CURL_SOCKOPT_OK
      },
      { context, descriptor in
        if let context = unsafe context {
          unsafe Unmanaged<OpenSockets>.fromOpaque(context).takeUnretainedValue().descriptors.remove(descriptor)
        }
        return Glibc.close(descriptor)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Says of all of them that what came arrived. libcurl does not say which of them is whose, and there are few.
  ///
  /// It holds until the next wait alone: tcp(7), TCP_QUICKACK.
  func acknowledge() {
    var yes: Int32 = 1
    for descriptor in descriptors {
      _ = unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_QUICKACK, &yes, socklen_t(MemoryLayout<Int32>.size))
    }
  }
}
