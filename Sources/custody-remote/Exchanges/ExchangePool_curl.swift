internal import CCurl
internal import Findings
internal import Glibc

/// Requests that run beside each other in one thread, over connections that stay open between them: libcurl's multi interface
/// (<https://curl.se/libcurl/c/libcurl-multi.html>).
@safe final class ExchangePool {
  private let multi: UnsafeMutableRawPointer
  let sockets = OpenSockets()
  private var running: [UnsafeMutableRawPointer: RunningExchange] = unsafe [:]

  /// At most so many run at once.
  static let limit = 32

  init() throws {
    guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, let multi = unsafe curl_multi_init() else {
      throw Failure(.bug, "libcurl cannot be started")
    }
    unsafe self.multi = multi
    _ = unsafe custody_curl_connections(multi, ExchangePool.limit)
  }

  deinit {
    unsafe running.values.forEach { _ = unsafe curl_multi_remove_handle(multi, $0.handle) }
    unsafe running.removeAll()
    _ = unsafe curl_multi_cleanup(multi)
  }

  var isEmpty: Bool { unsafe running.isEmpty }
  var hasRoom: Bool { unsafe running.count < ExchangePool.limit }

  func start(_ exchange: RunningExchange) throws {
    unsafe running[exchange.handle] = exchange
    try unsafe checked(curl_multi_add_handle(multi, exchange.handle))
  }

  /// Goes on with all of them as far as it gets without waiting.
  ///
  /// - Returns: Those that ended, and how.
  func advance() throws -> [(RunningExchange, CURLcode)] {
    var count: Int32 = 0
    try unsafe checked(curl_multi_perform(multi, &count))
    var ended: [(RunningExchange, CURLcode)] = []
    while let message = unsafe curl_multi_info_read(multi, &count) {
      guard unsafe message.pointee.msg == CURLMSG_DONE, let handle = unsafe message.pointee.easy_handle else {
        continue
      }
      // The message is libcurl's, and gone with the handle.
      let code = unsafe message.pointee.data.result
      try unsafe checked(curl_multi_remove_handle(multi, handle))
      if let exchange = unsafe running.removeValue(forKey: handle) { ended.append((exchange, code)) }
    }
    return ended
  }

  /// Waits until one of them can go on, or there is something to read.
  ///
  /// - Returns: Whether there is something to read, or its end.
  func wait(orFor descriptor: Int32?) throws -> Bool {
    guard let descriptor else {
      try unsafe checked(curl_multi_poll(multi, nil, 0, 1000, nil))
      return false
    }
    var extra = curl_waitfd(fd: descriptor, events: Int16(CURL_WAIT_POLLIN), revents: 0)
    try unsafe checked(curl_multi_poll(multi, &extra, 1, 10_000, nil))
    // libcurl says nothing of a pipe whose other end was closed.
    var own = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&own, 1, 0) > 0
  }

  private func checked(_ code: CURLMcode) throws {
    guard code == CURLM_OK else {
      throw Failure(.bug, unsafe "libcurl cannot go on: \(String(cString: curl_multi_strerror(code)))")
    }
  }
}
