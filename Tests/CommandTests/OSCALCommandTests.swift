import Foundation
import TestSupport
import Testing

/// OSCAL out of a store, as people ask for it.
struct OSCALCommandTests {
  @Test func `reports in OSCAL are what the command writes`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "custody assess house/1.1 --status not-met --note 'two are left'"))
    for (report, kind) in [
      ("report ownership", "ssp"), ("report assessment", "assessment-results"), ("poam", "poam"),
    ] {
      let asked = try place.shell("custody \(report) --framework house --format oscal")
      #expect(asked.status == 0, "\(asked.talk)")
      let written = try place.shell("custody oscal \(kind) --framework house")
      #expect(written.status == 0 && asked.output == written.output)
      #expect(written.object["system-security-plan"] != nil || kind != "ssp")
    }
  }

  @Test func `a catalog comes back byte for byte, under a name that says what it holds`() throws {
    let place = try SampleHouse.copy()
    let ended = try place.shell(
      "custody oscal catalog --framework house --output back.json && cmp back.json three-controls.json")
    #expect(ended.status == 0, "\(ended.talk)")
    let refused = try place.shell("custody oscal ssp --framework house --output plan.xml")
    #expect(refused.status == 64 && refused.talk.contains("plan.json"), "\(refused.talk)")
    #expect(try place.shell("test -e plan.xml").status == 1)
    #expect(try place.shell("custody report ownership --only unowned --format oscal").status == 64)
    #expect(try place.shell("custody oscal sermon").status == 64)
  }

  @Test func `nothing that is open is no plan of action`() throws {
    let ended = try SampleHouse.shared().shell("custody oscal poam")
    #expect(ended.status == 66 && ended.output.isEmpty, "\(ended.talk)")
  }

  @Test func `a store that was found unsound is written of only where that is asked for`() throws {
    let place = try SampleHouse.copy()
    // Whoever has seen no other place takes this one for the store's.
    try place.prepare(("acme/bo", "rm -r \"$CUSTODY_HOME/trust\" && custody verify --fail-on never"))
    try place.prepare(
      (
        "acme/bo",
        "chmod -R u+w acme && object=$(sha256sum < updates.txt | cut -c 1-64) && echo x >> acme/object/${object:0:2}/${object:2}"
      ))
    #expect(try place.shell("custody verify").status == 1)
    for line in ["custody oscal ssp --framework house", "custody report ownership --format oscal --framework house"] {
      let refused = try place.shell(line)
      #expect(refused.status == 1 && refused.output.isEmpty && refused.talk.contains("--unsound"), "\(refused.talk)")
    }
    let written = try place.shell("custody oscal ssp --framework house --unsound")
    #expect(written.status == 0, "\(written.talk)")
    let metadata = (written.object["system-security-plan"] as? [String: Any])?["metadata"] as? [String: Any]
    #expect((metadata?["remarks"] as? String)?.contains("NOT SOUND") == true)
  }

  @Test func `an id that OSCAL would not take is spelled anew in the plan, and told`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "sed -e 's/\"c-1.1\"/\"1 1\"/' three-controls.json > odd.json"),
      ("acme/bo", "custody framework import odd.json --id odd --effective 2026-01-01"))
    let plan = try place.shell("custody oscal ssp --framework odd").object["system-security-plan"] as? [String: Any]
    let metadata = plan?["metadata"] as? [String: Any]
    let told = (metadata?["props"] as? [[String: Any]])?.first { $0["name"] as? String == "control-id-respelled" }
    #expect(told?["value"] as? String == "_1_1")
    let profile = try place.shell("custody oscal profile --framework odd").output
    #expect(profile.contains("\"pattern\": \"1 1\""))
  }
}
