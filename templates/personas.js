// One persona at a time; without this script all of them stand one after the other.
(() => {
  const picker = document.getElementById("persona-pick");
  const stories = [...document.querySelectorAll("article.persona")];
  if (!picker || stories.length < 2) return;
  const show = () => {
    for (const story of stories) story.classList.toggle("put-away", story.id !== picker.value);
  };
  picker.addEventListener("change", show);
  document.getElementById("persona-picker").hidden = false;
  show();
})();
