// Submits the visit that is open, if it has a tap, and then records as many more, one tap each.
// Comes back on the form of the next one.
async (visits) => {
  const find = (selector) => document.querySelector(selector);
  const until = (what, found) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(`waited in vain for ${what} (${find("#standing")?.dataset.state}, ${document.querySelectorAll("main [aria-pressed=true]").length} chosen, done ${find("#done")?.disabled}, visit ${visits}) on: ${document.body.innerText}`), 20_000);
      const look = () => {
        if (!found()) return false;
        clearTimeout(late);
        watch.disconnect();
        resolve();
        return true;
      };
      const watch = new MutationObserver(look);
      watch.observe(document, { subtree: true, childList: true, attributes: true });
      look();
    });
  const is = (state) => () => find("#standing")?.dataset.state === state;
  const submit = async () => {
    await until("a visit that can be done", () => find("#done:enabled"));
    find("#done").click();
    await until("the review", () => find("#send"));
    find("#send").click();
    await until("the first screen", () => find("#written"));
    find(".start").click();
    await until("an empty form", is("untouched"));
  };
  if (find("#done:enabled")) await submit();
  for (let visit = 0; visit < visits; visit += 1) {
    find("main .choice").click();
    await until("the tap to be kept", is("kept"));
    await submit();
  }
  return "recorded";
}
