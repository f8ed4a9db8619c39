// On a phone the numbers of a card are folded; without this script, and in print, all of them stand open.
(() => {
  const narrow = matchMedia("screen and (max-width:44rem)");
  const all = [...document.querySelectorAll("details")];
  const fold = () => {
    for (const card of all) card.open = !narrow.matches;
  };
  narrow.addEventListener("change", fold);
  addEventListener("beforeprint", () => all.forEach((card) => (card.open = true)));
  addEventListener("afterprint", fold);
  fold();
})();
