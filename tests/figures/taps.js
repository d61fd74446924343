// Notes for every tap on a choice: from the moment at which the finger left the glass, by the
// browser's own stamp, to the first frame that can show it and to "kept" on the screen.
(() => {
  const taps = (window.taps = []);
  let tap = null;
  const left = (event) => {
    if (!event.target.closest?.("button[aria-pressed]")) return;
    tap = { at: event.timeStamp, kind: event.pointerType };
    taps.push(tap);
  };
  const framed = (tap) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (tap.painted = performance.now() - tap.at);
    requestAnimationFrame(() => port2.postMessage(null));
  };
  const changed = (changes) => {
    const now = performance.now();
    if (!tap) return;
    for (const { target, attributeName } of changes) {
      if (attributeName === "aria-pressed" && !tap.marked) {
        tap.marked = now - tap.at;
        framed(tap);
      }
      if (target.id === "standing" && target.dataset.state === "kept") tap.kept ??= now - tap.at;
    }
  };
  addEventListener("pointerup", left, { capture: true });
  new MutationObserver(changed).observe(document, {
    subtree: true,
    attributes: true,
    attributeFilter: ["aria-pressed", "data-state"],
  });
})();
