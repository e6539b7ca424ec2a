import Foundation
import TestSupport
import Testing

/// A store of two parties as it stands on a working day, made once: an agreement waits for the provider's word, whose
/// offer lies on the desk; there is evidence, and a colleague who may submit and decide nothing.
enum SampleHouse {
  /// Nobody changes it: take a copy to write.
  static func shared() throws -> Workplace { try made.get() }

  /// A copy to work in.
  static func copy() throws -> Workplace { try Workplace(copyOf: shared()) }

  private static let made = Result { try make() }

  /// A token over the newest tree, by an authority made for the purpose; nobody remembers that it was asked for.
  private static let token = """
    openssl req -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -days 365 -subj /CN=Clock \\
      -addext extendedKeyUsage=critical,timeStamping 2> /dev/null
    printf '%s\\n' '[tsa]' 'serial = tsa.serial' 'signer_digest = sha256' 'default_policy = 1.2.3.4.1' \\
      'digests = sha256' > tsa.cnf
    echo 01 > tsa.serial
    head -n 3 acme/checkpoint > three-lines
    openssl ts -query -data three-lines -sha256 -cert -out query.tsq
    openssl ts -reply -config tsa.cnf -section tsa -queryfile query.tsq -signer tsa.pem -inkey tsa.key -out log.tsr
    rm -f tsa.key tsa.serial* tsa.cnf three-lines query.tsq
    test -s log.tsr
    """

  private static func make() throws -> Workplace {
    let place = try Workplace()
    // What is made once is never given back.
    atexit {
      if let place = try? SampleHouse.shared() { try? FileManager.default.removeItem(atPath: place.folder.path) }
    }
    try FileManager.default.copyItem(
      atPath: Fixtures.path("catalogs/three-controls.json"), toPath: "\(place.desk)/three-controls.json")
    let agreement = """
      id: acme-onsite
      model: managed
      client: acme
      providers: [onsite]
      term: { from: 2026-01-01, through: 2099-12-31 }
      frameworks: [house]
      duties:
        - { id: minutes, title: Minutes of the meeting, party: acme, every: quarter }
      service-levels:
        - { id: uptime, party: acme, domains: [governance], target: ">= 99.9", unit: "%", every: month }

      """
    try place.folder.write(Array(agreement.utf8), to: "desk/agreement.yaml")
    try place.folder.write(Array("updates of January\n".utf8), to: "desk/updates.txt")
    try place.folder.write(Array("updates of February\n".utf8), to: "desk/february.txt")
    try place.folder.write(
      Array("Control,Responsibility\n1.1,Client\n1.2,Provider\n".utf8), to: "desk/matrix.csv")
    try place.folder.write(Array("No,Request,Control,Due\n1,Doors,2.1,2099-12-31\n".utf8), to: "desk/asked.csv")
    try place.folder.write(Fixtures.bytes("plans/acme-2026.yaml"), to: "desk/plan.yaml")
    try place.folder.write(
      Array("\(String(repeating: "0", count: 64))  doors.pdf\n".utf8), to: "desk/artifacts.sha256")
    try place.write("badges\tkey\tonsite\t2099-01-01\tgive back 3 door badges\t-\n", to: "badges.tsv")
    let steps = [
      ("acme/bo", "custody init acme --organization 'Acme Manufacturing' --effective 2026-01-01"),
      ("acme/bo", "custody framework import three-controls.json --id house --effective 2026-01-01"),
      ("acme/kim", "custody key new --name Kim --output kim.card"),
      ("acme/bo", "custody member add kim.card"),
      ("onsite/jane", "custody key new --name Jane --output jane.card"),
      ("acme/bo", "custody party add onsite --name 'Onsite Services' --card jane.card"),
      ("acme/sam", "custody key new --name Sam --output sam.card"),
      ("acme/bo", "custody engagement apply agreement.yaml --yes"),
      ("acme/bo", "cp agreement.yaml again.yaml; echo '# Again.' >> again.yaml"),
      ("acme/bo", "custody hold begin audit --control house/2.1 --reason 'an audit'"),
      ("acme/bo", "custody engagement show acme-onsite --request onsite.request"),
      ("onsite/jane", "custody accept --request onsite.request --offer accept.offer --yes"),
      ("acme/bo", "custody submit updates.txt --control 1.1 --description 'Updates of January'"),
      ("spare/ann", "custody init spare --organization Spare --recovery spare.txt; rm -r spare"),
      ("acme/bo", "custody prove 3 --output entry.proof"), ("acme/bo", token),
      ("acme/bo", "custody key show acme/bo | sed -n 's/.*verifier key //p' > verifier"),
      ("acme/bo", "(unset CUSTODY_AS; custody key new --use witness --key-name witness.example/one --output one.vkey)"),
      ("acme/bo", "custody verify --fail-on never"), ("acme/kim", "custody verify --fail-on never"),
      ("onsite/jane", "custody verify --fail-on never"),
    ]
    for (person, line) in steps {
      let ended = try place.shell(line, as: person)
      try #require(ended.status == 0, "\(line): \(ended.talk)")
    }
    return place
  }
}

/// A line for each command that there is, which works in the sample house.
struct EveryCommand: Sendable, CustomTestStringConvertible {
  enum Effect: Sendable {
    /// Nothing at all.
    case reads
    /// The store, by a statement that it signs.
    case signs
    /// The store, by others' statements.
    case appends
    /// A file on the desk or something in the home.
    case keeps
  }

  let line: String
  var person = "acme/bo"
  var effect = Effect.reads
  var needsStore = true
  /// What it ends with.
  var status: Int32 = 0
  /// Of one that signs, the line without the store: it says what otherwise the store would. `$KIM` is the id of a key,
  /// `$NEWEST` the newest version's statement.
  var afar: String?
  /// Whether it prints bytes as they are, whatever the format.
  var isRaw: Bool { line.hasPrefix("custody cat") || line.hasPrefix("custody completion") }

  var testDescription: String { line }

  /// The line with further options, which stand before the name.
  func with(_ options: String) -> String { "custody \(options) \(line.dropFirst("custody ".count))" }

  /// The line with results, and errors, for a machine.
  var forMachine: String { isRaw ? line : with("--format json") }

  static let all = [
    EveryCommand(line: "custody init other --organization Other", effect: .keeps, needsStore: false),
    EveryCommand(line: "custody key new --as acme/new --output new.card", effect: .keeps),
    EveryCommand(line: "custody key import spare.txt", effect: .keeps, needsStore: false),
    EveryCommand(line: "custody key passphrase --remove", effect: .keeps, needsStore: false),
    EveryCommand(line: "custody key list"),
    EveryCommand(line: "custody key show acme/bo"),
    EveryCommand(
      line: "custody key revoke acme/kim --reason lost", effect: .signs,
      afar: "custody key revoke $KIM --reason lost"),
    EveryCommand(line: "custody party add hostco --name 'Hostco Cloud'", effect: .signs),
    EveryCommand(line: "custody party list"),
    EveryCommand(line: "custody party confirm onsite $(keyid onsite/jane)", effect: .keeps),
    EveryCommand(
      line: "custody party notice onsite", effect: .signs,
      afar: "custody party notice onsite --name 'Onsite Services'"),
    EveryCommand(
      line: "custody party remove onsite --yes", person: "onsite/jane", effect: .signs,
      afar: "custody party remove onsite --yes --kind provider --name 'Onsite Services'"),
    EveryCommand(line: "custody member add sam.card", effect: .signs),
    EveryCommand(line: "custody member change acme/kim --role administrator", effect: .signs),
    EveryCommand(line: "custody member remove acme/kim", effect: .signs),
    EveryCommand(line: "custody member list"),
    EveryCommand(line: "custody framework list"),
    EveryCommand(line: "custody framework show house"),
    EveryCommand(
      line: "custody framework adopt house --not-applicable 2.1 --reason 'no doors'", effect: .signs,
      afar: "custody framework adopt hipaa-security"),
    EveryCommand(line: "custody framework import three-controls.json --id annexe", effect: .signs),
    EveryCommand(line: "custody plan new new-plan.yaml", effect: .keeps, needsStore: false),
    EveryCommand(line: "custody plan check plan.yaml", needsStore: false),
    EveryCommand(line: "custody plan report plan.yaml", needsStore: false),
    EveryCommand(line: "custody plan record plan.yaml", effect: .signs),
    EveryCommand(line: "custody engagement new new.yaml", effect: .keeps),
    EveryCommand(line: "custody engagement import matrix.csv"),
    EveryCommand(line: "custody engagement check agreement.yaml"),
    EveryCommand(
      line: "custody engagement apply again.yaml --yes", effect: .signs,
      afar: "custody engagement apply again.yaml --yes --replaces $NEWEST"),
    EveryCommand(line: "custody engagement show"),
    EveryCommand(line: "custody engagement history"),
    EveryCommand(line: "custody engagement diff 2026-01-01 agreement.yaml"),
    EveryCommand(
      line: "custody engagement end acme-onsite --yes", effect: .signs,
      afar: "custody engagement end acme-onsite --yes --replaces $NEWEST"),
    EveryCommand(
      line: "custody engagement handover acme-onsite", effect: .signs,
      afar: "custody engagement handover acme-onsite --on 2099-01-01 --list badges.tsv"),
    EveryCommand(
      line: "custody accept --yes", person: "onsite/jane", effect: .signs,
      afar: "custody accept --yes --request onsite.request --unproven"),
    EveryCommand(line: "custody append accept.offer", effect: .appends),
    EveryCommand(line: "custody cosign --output cosigned.note", effect: .keeps),
    EveryCommand(line: "custody submit february.txt --control house/1.1", effect: .signs),
    EveryCommand(line: "custody suggest february.txt"),
    EveryCommand(line: "custody requests import asked.csv", effect: .signs),
    EveryCommand(line: "custody requests list"),
    EveryCommand(line: "custody requests match"),
    // No auditor has sent that list: it says so.
    EveryCommand(line: "custody requests export answers.csv --list other.csv", effect: .keeps, status: 66),
    EveryCommand(line: "custody exec --control house/1.2 -- echo hello", effect: .signs),
    EveryCommand(line: "custody assess house/1.1 --status met", effect: .signs),
    EveryCommand(
      line: "custody staff acme-onsite house/1.1 --responsible acme/kim", effect: .signs),
    EveryCommand(line: "custody hold begin dispute --control house/1.2 --reason dispute", effect: .signs),
    EveryCommand(line: "custody hold end audit --reason settled", effect: .signs),
    EveryCommand(line: "custody hold list"),
    EveryCommand(
      line: "custody redact $(sha256sum < updates.txt | cut -c 1-64) --reason names --authority me --yes",
      effect: .signs),
    EveryCommand(line: "custody retention"),
    EveryCommand(line: "custody measure acme-onsite/uptime --period 2026-01 --value 99.95", effect: .signs),
    EveryCommand(
      line: "custody usage acme-onsite --domains patch-management --from 2026-01-05 --hours 2.5", effect: .signs),
    EveryCommand(line: "custody log"),
    EveryCommand(line: "custody show 3"),
    EveryCommand(line: "custody cat $(sha256sum < three-controls.json | cut -c 1-64)"),
    EveryCommand(line: "custody search january"),
    EveryCommand(line: "custody verify", status: 3),
    EveryCommand(line: "custody pull acme copy", effect: .keeps, needsStore: false),
    EveryCommand(line: "custody whom house/1.1"),
    EveryCommand(line: "custody report steering"),
    EveryCommand(line: "custody report ownership"),
    EveryCommand(line: "custody report gaps"),
    EveryCommand(line: "custody report levels"),
    EveryCommand(line: "custody report assessment"),
    EveryCommand(line: "custody poam"),
    EveryCommand(line: "custody report hours"),
    EveryCommand(line: "custody report papers"),
    EveryCommand(line: "custody report duties"),
    EveryCommand(line: "custody report changes --from 3"),
    EveryCommand(line: "custody report trend --last 2"),
    EveryCommand(line: "custody report evidence"),
    EveryCommand(line: "custody report timeline house/1.1"),
    EveryCommand(line: "custody report matrix"),
    EveryCommand(line: "custody report acceptances"),
    EveryCommand(line: "custody report people"),
    EveryCommand(line: "custody report responsibility acme"),
    EveryCommand(line: "custody report responsibility-matrix"),
    // Nothing that SPRS takes a score of is adopted: it says so.
    EveryCommand(line: "custody report sprs --output sprs.csv", effect: .keeps, status: 64),
    EveryCommand(line: "custody report fedramp-crm --party onsite"),
    EveryCommand(line: "custody report user-entity-controls"),
    // The rule is not adopted: it says so.
    EveryCommand(line: "custody report hipaa-index --output index.csv", effect: .keeps, status: 64),
    EveryCommand(line: "custody hash-list write --framework house", effect: .keeps),
    // What it lists is not in the store.
    EveryCommand(line: "custody hash-list check artifacts.sha256", status: 1),
    EveryCommand(line: "custody agenda steering"),
    EveryCommand(line: "custody oscal ssp --framework house"),
    EveryCommand(line: "custody status"),
    EveryCommand(line: "custody fleet report acme --peek", needsStore: false),
    EveryCommand(line: "custody fleet notify acme", effect: .keeps, needsStore: false),
    EveryCommand(line: "custody notify", effect: .keeps),
    EveryCommand(line: "custody pack --framework house --output house.zip", effect: .keeps),
    EveryCommand(line: "custody checkpoint show"),
    EveryCommand(line: "custody checkpoint compare acme/checkpoint acme/checkpoint", needsStore: false),
    EveryCommand(line: "custody prove 4"),
    // Nothing was lost here: it says so, and changes nothing.
    EveryCommand(line: "custody trust reset --because restored", effect: .keeps, status: 64),
    EveryCommand(line: "custody copy acme elsewhere", effect: .keeps, needsStore: false, status: 64),
    EveryCommand(line: "custody timestamp request --output log.tsq", effect: .keeps),
    EveryCommand(line: "custody timestamp attach log.tsr", effect: .signs),
    // Nobody is named to ask: it says so.
    EveryCommand(line: "custody timestamp fetch", effect: .keeps, status: 64),
    EveryCommand(line: "custody check-proof entry.proof --key \"$(cat verifier)\"", needsStore: false),
    EveryCommand(line: "custody completion bash", needsStore: false),
    EveryCommand(line: "custody help", needsStore: false),
    EveryCommand(line: "custody version", needsStore: false),
  ]
}
