// Draws <div class="wp-diagram" data-diagram="/…xml" data-taken="a,b" data-here="c" data-counts="c:3">.
// An element with data-marks="/…xml" that is loaded later updates the marks.
(() => {
  const list = (text) => (text ? text.split(",").filter(Boolean) : []);
  const viewers = new WeakMap();

  function markFlows(viewer, taken) {
    const canvas = viewer.get("canvas");
    viewer.get("elementRegistry").forEach((element) => {
      if (element.type !== "bpmn:SequenceFlow" || !element.source || !element.target) return;
      if (taken.has(element.id) || (taken.has(element.source.id) && taken.has(element.target.id))) {
        canvas.addMarker(element, "wp-taken-mark");
      }
    });
  }

  async function draw(box) {
    const answer = await fetch(box.dataset.diagram, { headers: { Accept: "application/xml" } });
    if (!answer.ok) throw new Error(`The diagram answered ${answer.status}`);
    box.replaceChildren();
    // Set here and not by a style: names are measured before they are drawn
    const fontFamily = getComputedStyle(box).fontFamily;
    const viewer = new BpmnJS({ container: box, textRenderer: { defaultStyle: { fontFamily } } });
    await viewer.importXML(await answer.text());
    viewers.set(box, viewer);
    mark(box, viewer);
    letThePageScroll(box);
    fit(box, viewer.get("canvas"), list(box.dataset.here).map((id) => viewer.get("elementRegistry").get(id)).find(Boolean));
    box.dataset.drawn = "";
  }

  function mark(box, viewer) {
    const canvas = viewer.get("canvas");
    const registry = viewer.get("elementRegistry");
    registry.forEach((element) => {
      if (element.parent) for (const name of ["wp-taken-mark", "wp-here-mark"]) canvas.removeMarker(element, name);
    });
    viewer.get("overlays").clear();
    const taken = new Set(list(box.dataset.taken));
    const here = new Set(list(box.dataset.here));
    for (const id of taken) if (registry.get(id) && !here.has(id)) canvas.addMarker(id, "wp-taken-mark");
    for (const id of here) if (registry.get(id)) canvas.addMarker(id, "wp-here-mark");
    if (taken.size) markFlows(viewer, new Set([...taken, ...here]));
    for (const pair of list(box.dataset.counts)) {
      const [id, count] = pair.split(":");
      if (!registry.get(id)) continue;
      const badge = document.createElement("div");
      badge.className = "wp-count";
      badge.textContent = count;
      viewer.get("overlays").add(id, { position: { top: -12, right: 12 }, html: badge });
    }
  }

  // Fits the whole diagram, or the readable part around the current position.
  function fit(box, canvas, here) {
    canvas.zoom("fit-viewport", "auto");
    const least = 0.55; // below this the names are not readable
    if (canvas.zoom() >= least) return;
    const needed = canvas.viewbox().inner.height * least + 48;
    if (needed > box.clientHeight) {
      box.style.height = `${Math.min(needed, 0.8 * window.innerHeight)}px`;
      canvas.resized();
    }
    canvas.zoom(least, { x: 0, y: 0 });
    const seen = canvas.viewbox();
    const { inner } = seen;
    const focus = here && inner.height > seen.height ? here.y + (here.height ?? 0) / 2 : inner.y + inner.height / 2;
    const x = here && here.x > inner.x + seen.width * 0.7 ? here.x - seen.width / 2 : inner.x - 30;
    canvas.viewbox({ ...seen, x, y: focus - seen.height / 2 });
  }

  // Scrolling over a diagram scrolls the page, not the diagram.
  function letThePageScroll(box) {
    box.addEventListener("wheel", (event) => event.ctrlKey || event.metaKey || event.stopPropagation(), { capture: true });
  }

  document.addEventListener("htmx:afterSettle", () => {
    for (const marks of document.querySelectorAll("[data-marks]")) {
      for (const box of document.querySelectorAll(".wp-diagram[data-diagram]")) {
        if (box.dataset.diagram !== marks.dataset.marks) continue;
        const { taken = "", here = "", counts = "", description } = marks.dataset;
        const same = (box.dataset.taken ?? "") === taken && (box.dataset.here ?? "") === here && (box.dataset.counts ?? "") === counts;
        Object.assign(box.dataset, { taken, here, counts });
        box.setAttribute("aria-label", description);
        if (!same && viewers.has(box)) mark(box, viewers.get(box));
      }
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll(".wp-diagram[data-diagram]")) {
      draw(box).catch((problem) => {
        box.textContent = `The process diagram cannot be drawn: ${problem.message}`;
      });
    }
  });
})();
