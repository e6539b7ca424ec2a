internal import CCurl
internal import Findings

/// One exchange over HTTP, by libcurl (<https://curl.se/libcurl/c/>).
struct Transfer {
  private let request: RemoteRequest

  /// How long it may take to reach somebody, and until all is there, in seconds.
  private static let patience = (connecting: 10, whole: 30)
  /// How often an address may lead to another.
  private static let redirections = 3

  struct Answer {
    let status: Int
    let type: String?
    let bytes: [UInt8]
  }

  init(_ request: RemoteRequest) {
    self.request = request
  }

  /// Collects what is answered, up to a limit.
  private final class Sink {
    let limit: Int
    var bytes: [UInt8] = []
    var isFull = false

    init(limit: Int) { self.limit = limit }

    /// - Returns: How many bytes were taken; fewer end the transfer.
    func take(_ piece: UnsafeRawBufferPointer) -> Int {
      guard bytes.count + piece.count <= limit else {
        isFull = true
        return 0
      }
      unsafe bytes += piece
      return piece.count
    }
  }

  func run() throws -> Answer {
    guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, let handle = unsafe curl_easy_init() else {
      throw Failure(.bug, "libcurl cannot be started")
    }
    defer { unsafe curl_easy_cleanup(handle) }
    let sink = Sink(limit: request.verb.answerLimit)
    let context = unsafe Unmanaged.passUnretained(sink).toOpaque()
    var headers = unsafe curl_slist_append(nil, "Content-Type: \(request.verb.requestType)")
    unsafe headers = curl_slist_append(headers, "Accept: \(request.verb.answerType)")
    // Without it libcurl asks first whether so much may be sent, which not every service answers.
    unsafe headers = curl_slist_append(headers, "Expect:")
    defer { unsafe curl_slist_free_all(headers) }
    let code = try unsafe request.body.withUnsafeBytes { body in
      try unsafe set(handle, headers, body)
      try unsafe checked(
        custody_curl_write_to(
          handle,
          { start, size, count, context in
            guard let start = unsafe start, let context = unsafe context else { return 0 }
            let sink = unsafe Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
            return unsafe sink.take(UnsafeRawBufferPointer(start: start, count: size * count))
          }, context))
      return withExtendedLifetime(sink) { unsafe curl_easy_perform(handle) }
    }
    if sink.isFull {
      throw Failure(
        .malformedInput, "what '\(request.url.shown)' answered has more than \(sink.limit) bytes",
        hint: "look the address up again")
    }
    guard code == CURLE_OK else { throw failure(code) }
    let type = unsafe custody_curl_content_type(handle).map { unsafe String(cString: $0) }
    return Answer(status: unsafe custody_curl_status(handle), type: type, bytes: sink.bytes)
  }

  private func set(
    _ handle: UnsafeMutableRawPointer, _ headers: UnsafeMutablePointer<curl_slist>?, _ body: UnsafeRawBufferPointer
  ) throws {
    let numbers: [(CURLoption, Int)] = [
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_POST, 1), (CURLOPT_POSTFIELDSIZE, body.count),
      (CURLOPT_CONNECTTIMEOUT, Transfer.patience.connecting), (CURLOPT_TIMEOUT, Transfer.patience.whole),
      (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2), (CURLOPT_FOLLOWLOCATION, 1),
      (CURLOPT_MAXREDIRS, Transfer.redirections),
      // Whoever is led on asks the same again.
      (CURLOPT_POSTREDIR, 7),
    ]
    for (option, value) in numbers { try unsafe checked(custody_curl_number(handle, option, value)) }
    // Nobody is led from a connection that is verified to one that is not, nor to files or other services.
    let texts: [(CURLoption, String)] = [
      (CURLOPT_URL, request.url.text), (CURLOPT_PROTOCOLS_STR, "http,https"),
      (CURLOPT_REDIR_PROTOCOLS_STR, request.url.isSecure ? "https" : "http,https"), (CURLOPT_USERAGENT, "custody"),
    ]
    for (option, value) in texts { try unsafe checked(custody_curl_text(handle, option, value)) }
    if let file = request.certificates { try unsafe checked(custody_curl_text(handle, CURLOPT_CAINFO, file)) }
    try unsafe checked(custody_curl_pointer(handle, CURLOPT_HTTPHEADER, headers))
    let start = unsafe UnsafeMutableRawPointer(mutating: body.baseAddress)
    try unsafe checked(custody_curl_pointer(handle, CURLOPT_POSTFIELDS, start))
  }

  private func checked(_ code: CURLcode) throws {
    guard code == CURLE_OK else {
      throw Failure(.bug, unsafe "libcurl cannot be told what to do: \(String(cString: curl_easy_strerror(code)))")
    }
  }

  /// Why nothing was answered, without the address as it was given, which may hold a password.
  private func failure(_ code: CURLcode) -> Failure {
    let reason = unsafe String(cString: curl_easy_strerror(code)).lowercased()
    let hint: String
    switch code {
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
      hint = "if it is a service of your own, name the certificates to trust: --ca FILE"
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_TOO_MANY_REDIRECTS: hint = "it leads elsewhere: ask for its address of now"
    default: hint = "look the address up again, or try later"
    }
    return Failure(.unavailable, "'\(request.url.shown)' does not answer: \(reason)", hint: hint)
  }
}
