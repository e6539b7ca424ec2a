internal import Findings
internal import Glibc
internal import RemoteWire

/// Answers requests for a store over standard input and output, frame by frame, until the input ends: then whoever asked is
/// gone, and nothing that is under way is waited for.
///
/// What is asked is never tried twice here: whoever asks knows what may be.
struct StoreServer {
  private let host: any StoreHost
  private let pool: ExchangePool
  private var input: ArraySlice<UInt8> = []
  private var hasEnded = false

  /// Says that it is ready, or why it is not: the frame with the number 0.
  ///
  /// - Throws: `usage` and `configuration`, which were told by then.
  init(_ words: some Sequence<String>, in surroundings: Surroundings = Surroundings()) throws {
    do {
      host = try StoreCommand(words: words).host(in: surroundings)
      pool = try ExchangePool()
    } catch {
      let failure = Failure(describing: error)
      var answer = WireAnswer(id: 0, status: 0)
      answer.fault = failure.message
      answer.hint = failure.hint
      answer.isUnsent = true
      try StoreServer.write(answer)
      throw error
    }
    var greeting = WireAnswer(id: 0, status: 200)
    greeting.place = host.place
    try StoreServer.write(greeting)
  }

  mutating func run() throws {
    while true {
      while pool.hasRoom, let (request, body) = try next() { try begin(request, body) }
      let ended = try pool.advance()
      for (exchange, code) in ended {
        let (head, body) = exchange.answer(code)
        try StoreServer.write(head, body)
      }
      // There is room for the next at once.
      if !ended.isEmpty { continue }
      if hasEnded { break }
      if try pool.wait(orFor: pool.hasRoom ? STDIN_FILENO : nil) { try read() }
      if !pool.hasRoom, StandardBytes.isInputClosed { return }
    }
    guard input.isEmpty else { throw StoreServer.mangled }
  }

  private mutating func next() throws -> (WireRequest, [UInt8])? {
    do {
      return try WireFrame.take(WireRequest.self, from: &input)
    } catch {
      throw StoreServer.mangled
    }
  }

  private static let mangled = Failure(.bug, "what came over standard input is no request")

  private func begin(_ request: WireRequest, _ body: [UInt8]) throws {
    do {
      try pool.start(RunningExchange(host.exchange(for: request), for: request, body: body, sockets: pool.sockets))
    } catch let refusal as Refusal {
      var answer = WireAnswer(id: request.id, status: refusal.status)
      answer.fault = refusal.fault
      answer.isUnsent = true
      try StoreServer.write(answer)
    }
  }

  private mutating func read() throws {
    let piece = try StandardBytes.readSome()
    hasEnded = piece.isEmpty
    input += piece
  }

  private static func write(_ answer: WireAnswer, _ body: [UInt8] = []) throws {
    try StandardBytes.write(WireFrame.bytes(answer, body: body))
  }
}
