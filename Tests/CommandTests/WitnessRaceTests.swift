import Foundation
import TestSupport
import Testing

/// Two programs of one witness at one time: what it remembers is compared and replaced in one step.
struct WitnessRaceTests {
  /// Two requests about one log that was told in two ways.
  private func place() throws -> Workplace {
    let place = try SampleHouse.copy()
    try place.prepare(

      ("acme/bo", "cp -r acme other; cp -r ../homes/acme-bo ../homes/other-bo; rm -r ../homes/other-bo/trust"),
      ("acme/bo", "custody submit february.txt --control 1.1"),
      (
        "acme/bo",
        "CUSTODY_HOME=$PWD/../homes/other-bo custody --store other submit updates.txt --control 1.2 --description other"
      ),
      ("acme/bo", "custody cosign --request one.request"),
      ("acme/bo", "CUSTODY_HOME=$PWD/../homes/other-bo custody cosign --store other --request two.request"),
      (
        "watch/one",
        "unset CUSTODY_AS CUSTODY_STORE; custody key new --use witness --key-name witness.example/w --output w.vkey"
      ))
    return place
  }

  @Test func `of two at once exactly one cosigns, and the other is told what was cosigned`() throws {
    let place = try place()
    for _ in 1...5 {
      let ended = try place.shell(
        """
        unset CUSTODY_AS CUSTODY_STORE; rm -rf "$CUSTODY_HOME/witness" *.note *.said
        for which in one two; do
          { custody cosign $which.request --output $which.note --key "$(cat verifier)" > $which.said 2>&1; echo $? >> $which.said; } &
        done; wait
        """, as: "watch/one")
      #expect(ended.status == 0)
      let said = try ["one", "two"].map { which in
        (which, try place.shell("cat \(which).said; test -e \(which).note && echo out").output)
      }
      let won = said.filter { $0.1.hasSuffix("\n0\nout\n") }
      let lost = said.filter { $0.1.hasSuffix("\n1\n") }
      #expect(won.count == 1 && lost.count == 1, "\(said)")
      guard let winner = won.first?.0, let loser = lost.first?.1 else { return }
      #expect(loser.contains("you have cosigned"), "\(loser)")
      #expect(loser.contains("--since"), "what to do is not said: \(loser)")
      // What is remembered is what is out.
      let root = try place.shell("sed -n 3p \(winner).note | base64 -d | od -An -tx1 | tr -d ' \\n'", as: "watch/one")
        .output
      #expect(try place.shell("cat \"$CUSTODY_HOME\"/witness/*.json", as: "watch/one").output.contains(root))
    }
  }

  @Test func `many at once about one tree leave one memory, which can be read`() throws {
    let place = try place()
    let ended = try place.shell(
      """
      unset CUSTODY_AS CUSTODY_STORE
      for n in 1 2 3 4 5 6; do custody cosign one.request --output $n.note --key "$(cat verifier)" > /dev/null 2>&1 & done; wait
      ls *.note | wc -l; ls "$CUSTODY_HOME"/witness | grep -c json; custody cosign two.request --output two.note
      """, as: "watch/one")
    #expect(ended.output.hasPrefix("1\n1\n"), "\(ended.output)\(ended.talk)")
    #expect(ended.status == 1 && ended.talk.contains("begins elsewhere"), "\(ended.talk)")
    #expect(try place.shell("test -e two.note").status == 1)
  }
}
