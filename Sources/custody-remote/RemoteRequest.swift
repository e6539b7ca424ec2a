internal import Findings

/// One request, as the command line and the standard input say it.
struct RemoteRequest {
  let verb: Verb
  let url: RemoteURL
  /// A file of certificates that are trusted instead of the system's.
  let certificates: String?
  let body: [UInt8]

  static let help = """
    custody-remote: the program through which custody reaches a service elsewhere.

    Usage:
      custody-remote timestamp URL [--ca FILE] < REQUEST > ANSWER
      custody-remote store ADDRESS [--ca FILE] [--plain-http] < REQUESTS > ANSWERS

    'custody timestamp --from URL' runs the first. The request's bytes come on standard input,
    and the answer's go to standard output. URL is one of http or https; --ca names certificates
    in PEM that are trusted instead of the system's. It knows neither stores nor keys.

    Whatever opens a store that lies elsewhere runs the second: it answers requests until they
    end. ADDRESS is one of

      s3://BUCKET/PREFIX[?head=BUCKET2&endpoint=URL&region=R&style=path|host&profile=NAME]
      https://HOST/PATH     which can only be read

    Access keys come from where S3 clients have them: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY
    and AWS_SESSION_TOKEN, or a profile in ~/.aws/credentials and ~/.aws/config. A host that is
    not this machine is asked over https alone, unless --plain-http is said.

    """

  /// - Returns: nil where help is asked for.
  init?(words: [String], body: () throws -> [UInt8]) throws {
    if words.contains("--help") || words.contains("-h") { return nil }
    var places: [String] = []
    var certificates: String?
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--ca" {
        guard let file = rest.popFirst(), !file.isEmpty else { throw RemoteRequest.usage("--ca needs a file") }
        certificates = file
      } else if word.hasPrefix("-") {
        throw RemoteRequest.usage("there is no option '\(word)'")
      } else {
        places.append(word)
      }
    }
    guard let name = places.first, let verb = Verb(rawValue: name) else {
      throw RemoteRequest.usage(places.first.map { "there is no verb '\($0)'" } ?? "no verb is given")
    }
    guard places.count == 2 else { throw RemoteRequest.usage("'\(name)' takes one URL") }
    self.verb = verb
    url = try RemoteURL(places[1])
    self.certificates = certificates
    self.body = try body()
  }

  private static func usage(_ message: String) -> Failure {
    Failure(.usage, message, hint: "'custody-remote --help' says how it is run")
  }

  /// Sends it.
  ///
  /// - Throws: `unavailable` where nobody answers, or with anything but yes; `malformedInput` for an answer that is none.
  func answer() throws -> [UInt8] {
    let answer = try Transfer(self).run()
    guard (200..<300).contains(answer.status) else {
      throw Failure(
        .unavailable, "'\(url.shown)' answered with status \(answer.status)",
        hint: "look the address up again, or try later")
    }
    if let fault = verb.fault(answer.bytes, type: answer.type) {
      throw Failure(
        .malformedInput, "what '\(url.shown)' answered is not a \(verb.rawValue): \(fault)",
        hint: "look the address up again")
    }
    return answer.bytes
  }
}
