// Notes for every tap on a choice, in milliseconds since the finger left the glass by the browser's
// own stamp: when the page felt it, asked the store, heard from it, showed "kept"; when the
// store had committed it, if its worker says so; and the first frame that could show the mark.
(() => {
  const taps = (window.taps = []);
  let tap = null;
  const note = (name) => {
    if (tap) tap[name] ??= performance.now() - tap.at;
  };
  const Plain = window.Worker;
  window.Worker = class Worker extends Plain {
    constructor(...how) {
      super(...how);
      this.addEventListener("message", ({ data }) => {
        const [word, id, at] = data.split(" ");
        if (tap && word === "given" && id === tap.id) {
          tap.committed = at - performance.timeOrigin - tap.at;
        }
        if (tap && data.startsWith(`{"Answer":{"id":${tap.id},`)) note("answered");
      });
    }
    postMessage(text) {
      const id = /^{"id":(\d+),.*?"request":{"Keep"/.exec(text)?.[1];
      if (tap && id) {
        tap.id ??= id;
        note("asked");
      }
      super.postMessage(text);
    }
  };
  const left = (event) => {
    if (!event.target.closest?.("button[aria-pressed]")) return;
    tap = { at: event.timeStamp, kind: event.pointerType };
    taps.push(tap);
    note("felt");
  };
  const framed = (tap) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (tap.painted = performance.now() - tap.at);
    requestAnimationFrame(() => port2.postMessage(null));
  };
  const changed = (changes) => {
    for (const { target, attributeName } of changes) {
      if (tap && attributeName === "aria-pressed" && !tap.marked) {
        note("marked");
        framed(tap);
      }
      if (target.id === "standing" && target.dataset.state === "kept") note("kept");
    }
  };
  addEventListener("pointerup", left, { capture: true });
  addEventListener("click", () => note("clicked"), { capture: true });
  new MutationObserver(changed).observe(document, {
    subtree: true,
    attributes: true,
    attributeFilter: ["aria-pressed", "data-state"],
  });
})();
