internal import CCurl
internal import Findings
internal import Glibc
internal import RemoteWire

/// One request on its way, by libcurl (<https://curl.se/libcurl/c/>); what it is told stands here, and what came of it.
@safe final class RunningExchange {
  let request: WireRequest
  let handle: UnsafeMutableRawPointer
  private let exchange: Exchange
  private let sink: AnswerSink
  private let source: BodySource?
  private let sockets: OpenSockets
  private var head = AnswerHead()
  private var headers: UnsafeMutablePointer<curl_slist>?

  /// In seconds: until somebody is reached, and for how long less than a byte a second may move. There is no limit to the whole:
  /// a big object over a thin line takes as long as it takes.
  private static let patience = (connecting: 10, silent: 30)
  /// What else than a list goes into a frame of an answer, with room for its head.
  private static let bodyLimit = WireFrame.limit - (1 << 20)
  /// A thousand keys of 1,024 bytes each, every one of them written as an entity, and what stands around them.
  private static let listLimit = 12 << 20
  private static let redirections = 3

  /// - Parameters:
  ///   - body: What came with the request.
  ///   - sockets: Lives longer than any connection.
  /// - Throws: ``Refusal`` where a file that it names cannot be used.
  init(_ exchange: Exchange, for request: WireRequest, body: [UInt8], sockets: OpenSockets) throws(Refusal) {
    self.exchange = exchange
    self.sockets = sockets
    self.request = request
    switch exchange.yield {
    case .nothing: sink = try AnswerSink(limit: 0)
    case .list, .versions: sink = try AnswerSink(limit: RunningExchange.listLimit)
    case .body(let limit):
      let more = max(0, limit) == .max ? .max : max(0, limit) + 1
      sink = try AnswerSink(
        limit: request.file == nil ? min(more, RunningExchange.bodyLimit) : more, file: request.file)
    }
    if exchange.method == .put {
      source = try request.file.map { file throws(Refusal) in try BodySource(file: file) } ?? BodySource(body)
    } else {
      source = nil
    }
    guard let handle = unsafe curl_easy_init() else { throw Refusal(status: 0, fault: "libcurl cannot be started") }
    unsafe self.handle = handle
    guard set() else { throw Refusal(status: 0, fault: "libcurl cannot be told what to do") }
  }

  deinit {
    unsafe curl_easy_cleanup(handle)
    unsafe curl_slist_free_all(headers)
  }

  private func set() -> Bool {
    // Of the head nothing is there but what is meant: libcurl signs all of it.
    for (name, value) in exchange.headers { unsafe headers = curl_slist_append(headers, "\(name): \(value)") }
    var codes = [unsafe custody_curl_pointer(handle, CURLOPT_HTTPHEADER, headers)]
    let isSecure = exchange.url.hasPrefix("https:")
    for (option, value) in numbers { codes.append(unsafe custody_curl_number(handle, option, value)) }
    var texts: [(CURLoption, String)] = [
      (CURLOPT_URL, exchange.url), (CURLOPT_PROTOCOLS_STR, isSecure ? "https" : "http"),
      (CURLOPT_REDIR_PROTOCOLS_STR, "https"), (CURLOPT_USERAGENT, "custody"),
    ]
    // What is not secret on the way goes where it says, and through nobody else.
    if !isSecure { texts.append((CURLOPT_PROXY, "")) }
    if let file = exchange.certificates { texts.append((CURLOPT_CAINFO, file)) }
    if let signer = exchange.signer {
      // The user and its password are only what the signature is made with; they are not sent.
      texts += [
        (CURLOPT_AWS_SIGV4, "aws:amz:\(signer.region):s3"), (CURLOPT_USERNAME, signer.credentials.accessKey),
        (CURLOPT_PASSWORD, signer.credentials.secret),
      ]
    }
    for (option, value) in texts { codes.append(unsafe custody_curl_text(handle, option, value)) }
    if let source {
      codes.append(unsafe custody_curl_large(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(source.count)))
    }
    return codes.allSatisfy { $0 == CURLE_OK } && connect()
  }

  private var numbers: [(CURLoption, Int)] {
    var numbers: [(CURLoption, Int)] = [
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_PATH_AS_IS, 1), (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
      (CURLOPT_CONNECTTIMEOUT, RunningExchange.patience.connecting), (CURLOPT_LOW_SPEED_LIMIT, 1),
      (CURLOPT_LOW_SPEED_TIME, RunningExchange.patience.silent), (CURLOPT_SSL_VERIFYPEER, 1),
      (CURLOPT_SSL_VERIFYHOST, 2),
      (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)), (CURLOPT_FOLLOWLOCATION, exchange.mayBeLedOn ? 1 : 0),
      (CURLOPT_MAXREDIRS, RunningExchange.redirections),
      // Hosts of buckets end a connection that lies idle; one that just did is not worth a try.
      (CURLOPT_MAXAGE_CONN, 15),
    ]
    switch exchange.method {
    case .get, .delete: numbers.append((CURLOPT_HTTPGET, 1))
    case .head: numbers.append((CURLOPT_NOBODY, 1))
    case .put:
      numbers.append((CURLOPT_UPLOAD, 1))
      // On a connection that was used before, libcurl sends a request anew where the host hangs up: a put that was done would be
      // told as one that somebody else was before. What has a body cannot be given twice, and ends instead.
      if source?.count == 0 { numbers.append((CURLOPT_FRESH_CONNECT, 1)) }
    }
    return numbers
  }

  /// Where bytes go, and come from.
  private func connect() -> Bool {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    var codes = [
      unsafe sockets.watch(handle),
      unsafe custody_curl_write_to(
        handle,
        { start, size, count, context in
          guard let start = unsafe start, let context = unsafe context else { return 0 }
          let running = unsafe Unmanaged<RunningExchange>.fromOpaque(context).takeUnretainedValue()
          return unsafe running.sink.take(
            UnsafeRawBufferPointer(start: start, count: size * count), isYes: running.isYes)
        }, context),
      unsafe custody_curl_heads_to(
        handle,
        { start, size, count, context in
          guard let start = unsafe start, let context = unsafe context else { return 0 }
          let running = unsafe Unmanaged<RunningExchange>.fromOpaque(context).takeUnretainedValue()
          let bytes = unsafe UnsafeRawBufferPointer(start: start, count: size * count)
          let line = unsafe String(decoding: bytes, as: UTF8.self)
          running.take(line)
          return size * count
        }, context),
    ]
    if source != nil {
      codes.append(
        unsafe custody_curl_read_from(
          handle,
          { start, size, count, context in
            guard let start = unsafe start, let context = unsafe context else { return Int(CURL_READFUNC_ABORT) }
            let running = unsafe Unmanaged<RunningExchange>.fromOpaque(context).takeUnretainedValue()
            let room = unsafe UnsafeMutableRawBufferPointer(start: start, count: size * count)
            return unsafe running.source?.give(into: room) ?? Int(CURL_READFUNC_ABORT)
          }, context))
    }
    if exchange.method == .delete {
      // As a GET with another word: an error says in its body what it is.
      codes.append(unsafe custody_curl_text(handle, CURLOPT_CUSTOMREQUEST, exchange.method.rawValue))
    }
    return codes.allSatisfy { $0 == CURLE_OK }
  }

  private func take(_ line: String) {
    head.take(line, secondsUntil: RunningExchange.secondsUntil)
    if head.isWhole { sockets.acknowledge() }
  }

  private static func secondsUntil(_ date: String) -> Int? {
    let seconds = unsafe curl_getdate(date, nil)
    return seconds < 0 ? nil : Int(seconds) - Glibc.time(nil)
  }

  /// Whether the body is what was asked for: a part of it, or anything else that some other success means, is not.
  private var isYes: Bool { head.status == 200 }

  /// What came of it.
  ///
  /// - Parameter code: How libcurl ended it.
  func answer(_ code: CURLcode) -> (head: WireAnswer, body: [UInt8]) {
    let answer = outcome(code)
    let isWanted = exchange.method == .get && answer.isDone
    guard sink.close(keeping: isWanted) else {
      return (unanswered("what is answered cannot be written to its file"), [])
    }
    if case .body = exchange.yield, answer.isDone, request.file == nil { return (answer, sink.bytes) }
    return (answer, [])
  }

  private func outcome(_ code: CURLcode) -> WireAnswer {
    if sink.hasFailed { return unanswered("what is answered cannot be written to its file") }
    // A head that says no is an answer, also where what it says of itself is cut off or left. One that leads elsewhere is none
    // where nobody answered there.
    let isStay = [CURLE_OK, CURLE_UNSUPPORTED_PROTOCOL, CURLE_TOO_MANY_REDIRECTS].contains(code)
    let isNo = head.status >= 400 || head.status >= 300 && isStay
    guard code == CURLE_OK || sink.isFull || isNo else { return unanswered(code) }
    guard head.isWhole else { return unanswered("the answer is cut off") }
    var answer = WireAnswer(id: request.id, status: head.status)
    answer.pause = head.pause
    guard !isNo, (200..<300).contains(head.status) else {
      let words = BucketFault.words(status: head.status, body: exchange.signer == nil ? [] : sink.bytes)
      (answer.fault, answer.hint) = words
      return answer
    }
    answer.tag = head.tag
    answer.version = head.version
    switch exchange.yield {
    case .nothing:
      if exchange.method == .head {
        answer.size = head.length
        (answer.retention, answer.isHeld) = (head.lock.retention, head.lock.isHeld)
      }
      return answer
    case .body(let limit): return whole(answer, limit: limit)
    case .list(let prefix): return list(answer, ListAnswer(sink.bytes, prefix: prefix))
    case .versions(let prefix, let name):
      return list(answer, ListAnswer(versions: sink.bytes, of: name, prefix: prefix))
    }
  }

  /// A body as an answer, where it is all there or cut where that was asked for.
  private func whole(_ answer: WireAnswer, limit: Int) -> WireAnswer {
    guard isYes else { return unanswered("the host answers with status \(head.status), which was not asked for") }
    if sink.isFull, sink.count <= max(0, limit) {
      return unanswered("what is answered is too long for the pipe: ask for it in a file")
    }
    guard head.hasEnd else { return unanswered("the answer does not say how long it is, and may be cut off") }
    guard sink.isFull || head.length ?? sink.count == sink.count else { return unanswered("the answer is cut off") }
    var answer = answer
    answer.size = head.length ?? (sink.isFull ? nil : sink.count)
    return answer
  }

  private func list(_ answer: WireAnswer, _ page: ListAnswer?) -> WireAnswer {
    guard isYes, !sink.isFull, let page else {
      return unanswered("what is answered is no list of names in byte order")
    }
    var answer = answer
    answer.entries = page.entries
    answer.hasMore = page.hasMore
    answer.token = page.token
    return answer
  }

  private func unanswered(_ fault: String, hint: String? = nil) -> WireAnswer {
    var answer = WireAnswer(id: request.id, status: 0)
    answer.fault = fault
    answer.hint = hint
    return answer
  }

  /// Why nobody answered, in libcurl's words for it, which hold nothing of the address or the head.
  private func unanswered(_ code: CURLcode) -> WireAnswer {
    let reason = unsafe String(cString: curl_easy_strerror(code)).lowercased()
    var answer: WireAnswer
    switch code {
    case CURLE_PARTIAL_FILE where head.status != 0: answer = unanswered("the answer is cut off")
    case CURLE_READ_ERROR, CURLE_ABORTED_BY_CALLBACK:
      answer = unanswered("the file that is put cannot be read to its end")
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
      answer = unanswered(
        "the host does not prove that it is the one: \(reason)",
        hint: "if it is a service of your own, name the certificates to trust: --ca FILE, or AWS_CA_BUNDLE")
    default: answer = unanswered("the host does not answer: \(reason)")
    }
    // Without a byte of a request out of the door nothing can have come of it.
    if unsafe custody_curl_sent(handle) == 0 { answer.isUnsent = true }
    return answer
  }
}
