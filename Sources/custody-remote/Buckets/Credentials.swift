internal import Findings

/// Who asks: what a signature is made with. It has no text of its own, so that none of it comes into an error by chance.
struct Credentials {
  let accessKey: String
  let secret: String
  /// Of a session that ends by itself (`x-amz-security-token`).
  let token: String?

  /// - Throws: `configuration` where there is something that cannot be one: it would become a header of its own.
  init(accessKey: String, secret: String, token: String?) throws {
    func isPlain(_ text: String, limit: Int) -> Bool {
      (1...limit).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
    }
    guard isPlain(accessKey, limit: 256), !accessKey.contains(where: { "/:,".contains($0) }),
      isPlain(secret, limit: 1024),
      token.map({ isPlain($0, limit: 16384) }) ?? true
    else {
      throw Failure(
        .configuration, "the access key for the bucket has characters that no key has",
        hint: "look the profile or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY up again")
    }
    self.accessKey = accessKey
    self.secret = secret
    self.token = token
  }
}
