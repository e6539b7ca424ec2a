/// A box above each long table that shows the rows with what is typed: an enhancement, without which nothing is missing.
package enum PageScript {
  /// Runs once, reads nothing but the page, and calls nobody.
  package static let text = """
    "use strict";
    for (const list of document.querySelectorAll("[data-filter]")) {
      const rows = [...list.querySelectorAll("[data-row]")];
      if (rows.length < 8) continue;
      const box = document.createElement("p");
      box.className = "filter";
      const label = document.createElement("label");
      label.textContent = "Show only rows with ";
      const input = document.createElement("input");
      input.type = "search";
      const count = document.createElement("span");
      count.setAttribute("role", "status");
      label.append(input);
      box.append(label, " ", count);
      list.before(box);
      const words = rows.map(row => row.textContent.toLowerCase());
      input.addEventListener("input", () => {
        const wanted = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
        let shown = 0;
        rows.forEach((row, index) => {
          const isShown = wanted.every(word => words[index].includes(word));
          row.hidden = !isShown;
          if (isShown) shown += 1;
        });
        for (const group of list.querySelectorAll("[data-group]")) {
          let next = group.nextElementSibling, any = false;
          while (next && !next.hasAttribute("data-group")) {
            if (!next.hidden) any = true;
            next = next.nextElementSibling;
          }
          group.hidden = !any && wanted.length > 0;
        }
        count.textContent = wanted.length ? shown + " of " + rows.length : "";
      });
    }
    const opened = [];
    addEventListener("beforeprint", () => {
      for (const item of document.querySelectorAll("details:not([open])")) { item.open = true; opened.push(item); }
    });
    addEventListener("afterprint", () => { for (const item of opened.splice(0)) item.open = false; });
    """

  /// The hash by which the page's policy lets this script run and no other (W3C Content Security Policy Level 3, hash-source).
  package static let digest = "sha256-QSnGdDCca0tax7kgdh29zRxct4sD/Vlj7QhJ+IgHfw4="
}
