// A window's page is drawn by another process: what is typed is told a moment later, and comes back to
// be drawn later still. By then more may stand in the field, and the older text would take those
// letters away. It is known by having stood there a moment ago, and is passed over.
(() => {
  const ECHO_MS = 2000;
  const typed = new WeakMap();
  const lately = (field) =>
    (typed.get(field) ?? []).filter(([at]) => performance.now() - at < ECHO_MS);
  addEventListener(
    "input",
    ({ target }) => typed.set(target, [...lately(target), [performance.now(), target.value]]),
    true,
  );
  for (const { prototype } of [HTMLInputElement, HTMLTextAreaElement]) {
    const value = Object.getOwnPropertyDescriptor(prototype, "value");
    Object.defineProperty(prototype, "value", {
      ...value,
      set(text) {
        if (lately(this).some(([, stood]) => stood === text)) return;
        typed.delete(this);
        value.set.call(this, text);
      },
    });
  }
})();
