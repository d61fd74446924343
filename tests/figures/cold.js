// Notes when the page comes to life, in milliseconds since its navigation began.
(() => {
  const at = (window.at = {});
  const note = (name) => (at[name] ??= performance.now());
  const Plain = window.Worker;
  window.Worker = class Worker extends Plain {
    constructor(...how) {
      super(...how);
      note("worker asked for");
      this.addEventListener("message", ({ data }) => {
        note("worker runs");
        if (data.includes("Opened")) note("store answers");
      });
    }
  };
  const compile = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...what) => {
    note("page's wasm asked for");
    const made = await compile.apply(WebAssembly, what);
    note("page's wasm ready");
    return made;
  };
  new MutationObserver((_, watch) => {
    if (document.querySelector("#main")) note("page parsed");
    if (document.querySelector("button")) note("first button");
    if (!document.querySelector("#done:enabled")) return;
    watch.disconnect();
    note("draft marked");
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => note("draft shown");
    requestAnimationFrame(() => port2.postMessage(null));
  }).observe(document, { subtree: true, childList: true, attributes: true });
  window.noted = () => {
    const entries = performance.getEntries();
    const end = (name, part) => {
      const found = entries.find((entry) => entry.name.endsWith(part));
      if (found) at[name] = found.responseEnd || found.startTime;
    };
    at["index.html received"] = performance.getEntriesByType("navigation")[0].responseEnd;
    end("stylesheet received", ".css");
    end("app.js received", "/app.js");
    end("wasm received", ".wasm");
    end("first paint", "first-paint");
    // How fast the page counts, to see that it is slowed as asked.
    const start = performance.now();
    for (let i = 0, x = 0; i < 2e7; i += 1) x = (x * 31 + i) | 0;
    return { ...at, counting: performance.now() - start };
  };
})();
