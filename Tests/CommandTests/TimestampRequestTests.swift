import Foundation
import TestSupport
import Testing

/// What was asked of an authority waits for an answer that is worth something.
struct TimestampRequestTests {
  /// An authority that answers as of now, by a certificate that was valid between two times.
  private func authority(_ name: String, from: String, to: String) -> String {
    """
    mkdir \(name) && cd \(name) && : > index && echo 01 > serial &&
    printf '%s\\n' '[ca]' 'default_ca = d' '[d]' 'database = index' 'serial = serial' 'new_certs_dir = .' 'policy = p' \
      'default_md = sha256' 'x509_extensions = e' '[p]' 'commonName = supplied' '[e]' \
      'extendedKeyUsage = critical,timeStamping' '[tsa]' 'serial = tsa.serial' 'signer_digest = sha256' \
      'default_policy = 1.2.3.4.1' 'digests = sha256' > cnf && echo 01 > tsa.serial &&
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key -out csr -subj /CN=\(name) &&
    openssl ca -batch -notext -selfsign -config cnf -keyfile key -in csr -out pem -startdate \(from) -enddate \(to)
    """
  }

  private func answer(_ name: String, _ request: String, to file: String) -> String {
    "cd \(name) && openssl ts -reply -config cnf -section tsa -queryfile ../\(request) -signer pem -inkey key -out ../\(file)"
  }

  @Test func `an answer that nobody will believe does not use up the request`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", authority("Old", from: "20200101000000Z", to: "20210101000000Z")),
      ("acme/bo", authority("Good", from: "20200101000000Z", to: "20991231000000Z")),
      ("acme/bo", "custody timestamp request --output log.tsq"), ("acme/bo", answer("Old", "log.tsq", to: "old.tsr")),
      ("acme/bo", answer("Good", "log.tsq", to: "good.tsr")),
      // The same tree, and another nonce.
      ("acme/bo", "openssl ts -query -data <(head -n 3 acme/checkpoint) -sha256 -cert -out other.tsq"),
      ("acme/bo", answer("Good", "other.tsq", to: "other.tsr")))
    let old = try place.shell("custody timestamp attach old.tsr --yes")
    #expect(old.status == 0 && old.talk.contains("nobody will believe it"), "\(old.talk)")
    #expect(old.talk.contains("stays remembered"), "\(old.talk)")
    let other = try place.shell("custody timestamp attach other.tsr --yes")
    #expect(other.status == 1 && other.talk.contains("answers another request"), "\(other.talk)")
    let good = try place.shell("custody timestamp attach good.tsr --yes")
    #expect(good.status == 0 && !good.talk.contains("not remembered"), "\(good.talk)")
    // The good one has used it up.
    let later = try place.shell("custody timestamp attach other.tsr --yes")
    #expect(later.status == 0 && later.talk.contains("is not remembered here"), "\(later.talk)")
  }
}
