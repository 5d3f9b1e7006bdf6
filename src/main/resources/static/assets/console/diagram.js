// Draws <div class="wp-diagram" data-diagram="/…xml" data-taken="a,b" data-here="c" data-counts="c:3">.
(() => {
  const list = (text) => (text ? text.split(",").filter(Boolean) : []);

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
    const viewer = new BpmnJS({ container: box });
    await viewer.importXML(await answer.text());
    const canvas = viewer.get("canvas");
    const registry = viewer.get("elementRegistry");
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
    canvas.zoom("fit-viewport", "auto");
    const least = 0.55; // below this nobody can read the names
    if (canvas.zoom() < least) {
      const box = canvas.viewbox();
      canvas.zoom(least, { x: 0, y: box.outer.height / 2 });
      const seen = canvas.viewbox();
      canvas.viewbox({ ...seen, x: seen.inner.x - 30, y: seen.inner.y + seen.inner.height / 2 - seen.height / 2 });
    }
    box.dataset.drawn = "";
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll(".wp-diagram[data-diagram]")) {
      draw(box).catch((problem) => {
        box.textContent = `The process picture could not be drawn: ${problem.message}`;
      });
    }
  });
})();
