import Foundation

/// OSCAL catalogs for the tests.
enum Samples {
  static func catalog(_ title: String, groups: [(id: String, title: String, controls: [[String: Any]])]) -> [UInt8] {
    let groups = groups.map { group -> [String: Any] in
      ["id": "g-" + group.id, "title": group.title, "props": [label(group.id)], "controls": group.controls]
    }
    let catalog: [String: Any] = [
      "uuid": "5b7c1c2e-0d4f-4e0e-9d59-2b8f4f6b7a10",
      "metadata": [
        "title": title, "last-modified": "2026-01-01T00:00:00Z", "version": "3", "oscal-version": "1.1.3",
      ],
      "groups": groups,
    ]
    let data = try? JSONSerialization.data(withJSONObject: ["catalog": catalog], options: .sortedKeys)
    return [UInt8](data ?? Data())
  }

  static func control(
    _ id: String, _ title: String, domain: String? = nil, retained: String? = nil, sameAs: String? = nil,
    objectives: String = ""
  ) -> [String: Any] {
    var props = [label(id)]
    for (name, value) in [("domain", domain), ("retained", retained), ("same-as", sameAs)] {
      if let value { props.append(["name": name, "ns": "urn:custody:v1", "value": value]) }
    }
    let token = "c-" + String(id.map { $0.isLetter || $0.isNumber ? $0 : "-" })
    let parts = objectives.map { letter -> [String: Any] in
      [
        "id": "\(token)-\(letter)", "name": "assessment-objective", "prose": "objective \(letter) is met",
        "props": [label("\(id)[\(letter)]")],
      ]
    }
    return ["id": token, "title": title, "props": props, "parts": parts]
  }

  private static func label(_ value: String) -> [String: String] { ["name": "label", "value": value] }
}
