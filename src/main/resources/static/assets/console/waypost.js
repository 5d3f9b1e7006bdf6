// Progressive enhancement; every page works without it.
(() => {
  const zone = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

  function localTimes(root) {
    for (const time of root.querySelectorAll("time[datetime]:not([data-local])")) {
      const at = new Date(time.dateTime);
      if (Number.isNaN(at.getTime())) continue;
      time.dataset.local = "";
      time.title = time.dateTime.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC");
      time.textContent = zone.format(at);
    }
  }

  function copyButtons(root) {
    for (const button of root.querySelectorAll("button[data-copy]")) {
      button.hidden = false;
      button.onclick = async () => {
        await navigator.clipboard.writeText(button.dataset.copy);
        button.textContent = "Copied";
      };
    }
  }

  // A time without an offset is in the time zone of the browser.
  function zones(root) {
    for (const form of root.querySelectorAll("form[data-local-times]")) {
      const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
      form.elements.zone.value = here;
      for (const name of form.querySelectorAll("[data-zone]")) name.textContent = here;
    }
  }

  function dress(root) {
    zones(root);
    localTimes(root);
    copyButtons(root);
  }

  document.addEventListener("DOMContentLoaded", () => {
    dress(document);
    document.querySelector(".wp-rail nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
    const toggle = document.querySelector("[data-theme-toggle]");
    if (toggle) {
      toggle.hidden = false;
      toggle.onclick = () => {
        const next = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
        document.documentElement.dataset.bsTheme = next;
        localStorage.setItem("waypost-theme", next);
      };
    }
    for (const select of document.querySelectorAll("form[data-auto-submit] select")) {
      select.onchange = () => select.form.requestSubmit();
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => dress(event.target));
})();
