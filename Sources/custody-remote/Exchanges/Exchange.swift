/// What is sent, as HTTP has it, before anything of it is.
struct Exchange {
  enum Method: String {
    case get = "GET"
    case head = "HEAD"
    case put = "PUT"
    case delete = "DELETE"
  }

  /// What is made of an answer that says yes.
  enum Yield: Equatable {
    /// Its head says everything.
    case nothing
    /// Its body, up to so many bytes and one.
    case body(limit: Int)
    /// A page of a list of keys, of which this prefix is left out.
    case list(prefix: String)
    /// The versions of the key that is this name below the prefix.
    case versions(prefix: String, name: String)
  }

  var method: Method
  var url: String
  var headers: [(name: String, value: String)] = []
  var yield = Yield.nothing
  /// Who signs it; nil for a plain request.
  var signer: Signer?
  /// A file of certificates that are trusted instead of the system's.
  var certificates: String?
  /// Where else it may be led.
  var mayBeLedOn = false

  /// Who signs, and for where: Signature Version 4 of the S3 API.
  struct Signer {
    let credentials: Credentials
    let region: String
  }
}

/// Why a request is answered without anybody being asked.
struct Refusal: Error {
  /// As HTTP would have it; 0 for what is no request at all.
  let status: Int
  let fault: String
}
