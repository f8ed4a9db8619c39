// The network, snapshot by snapshot: small and ours, since a graph library would be a hundred times its size
// and this needs no forces: a person's place is the department's region, so that a move is seen as a move.
(() => {
  const data = JSON.parse(document.getElementById("frames").textContent);
  const words = JSON.parse(document.getElementById("frames-words").textContent);
  const svg = document.getElementById("explorer-picture");
  const slider = document.getElementById("explorer-when");
  const picker = document.getElementById("explorer-who");
  const said = document.getElementById("explorer-said");
  const label = document.getElementById("explorer-label");
  const space = "http://www.w3.org/2000/svg";
  const make = (tag, into, attributes) => {
    const made = document.createElementNS(space, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    into.appendChild(made);
    return made;
  };
  const marks = [
    "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0", "M0-7L6.5 5H-6.5Z", "M-5.5-5.5H5.5V5.5H-5.5Z",
    "M0-7.5L7.5 0L0 7.5L-7.5 0Z", "M0 7L6.5-5H-6.5Z",
  ];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  // regions on a ring, each as large as its department at its largest
  const most = data.departments.map(() => 1);
  for (const frame of data.frames) {
    const count = data.departments.map(() => 0);
    for (let i = 0; i < frame.nodes.length; i += 4) count[frame.nodes[i + 1]]++;
    count.forEach((n, d) => { most[d] = Math.max(most[d], n); });
  }
  const radii = most.map((n) => 16 + 10.5 * Math.sqrt(n));
  const round = radii.reduce((sum, r) => sum + 2 * r + 34, 0) / (2 * Math.PI);
  const ring = data.departments.length < 2 ? 0 : Math.max(round, Math.max(...radii) * 1.6);
  const half = ring + Math.max(...radii) + 30;
  svg.setAttribute("viewBox", `${-half * 1.12} ${-half} ${half * 2.24} ${half * 2}`);
  let turn = -Math.PI / 2 - radii[0] / Math.max(round, 1);
  const centres = radii.map((r) => {
    const step = (2 * r + 34) / Math.max(round, 1);
    const angle = turn + step / 2;
    turn += step;
    return [ring * Math.cos(angle), ring * Math.sin(angle)];
  });
  centres.forEach(([x, y], d) => {
    make("circle", svg, { cx: x, cy: y, r: radii[d], class: "region" });
  });
  // above all regions: a neighbour would cover its end
  centres.forEach(([x, y], d) => {
    make("text", svg, { x, y: y - radii[d] - 5, class: "place" }).textContent = data.departments[d];
  });
  const faint = make("path", svg, { class: "ties" });
  const own = make("path", svg, { class: "own" });
  const leaders = make("path", svg, { class: "leaders" });
  // those with names lie above the others
  const order = data.people.map((person, i) => i).sort((a, b) => !!data.people[a].name - !!data.people[b].name || a - b);
  const groups = new Map(order.map((i) => [i, make("g", svg, { class: "dot", "data-person": i })]));
  const names = new Map();
  const drawn = (look) => ({ d: marks[look % marks.length], style: `fill:var(--strategy-${look % 7})` });
  const dots = data.people.map((person, i) => {
    const dot = groups.get(i);
    make("path", dot, drawn(words.looks[person.strategy]));
    if (person.name) {
      names.set(i, make("text", dot, { class: "name" }));
      names.get(i).textContent = person.name;
    }
    return dot;
  });
  data.strategies.forEach((strategy, s) => {
    const y = -half + 24 + 22 * s;
    make("path", svg, { ...drawn(words.looks[s]), transform: `translate(${-half * 1.06} ${y})` });
    make("text", svg, { x: -half * 1.06 + 14, y: y + 5 }).textContent = words.strategies[s];
  });
  const places = new Map();
  const friends = new Map();
  let chosen = -1;
  let now = 0;
  const called = (i) => data.people[i].name ?? fill(words.nameless, { id: data.people[i].id });
  const line = (a, b) => {
    const [p, q] = [places.get(a), places.get(b)];
    return p && q ? `M${p.x.toFixed(1)} ${p.y.toFixed(1)}L${q.x.toFixed(1)} ${q.y.toFixed(1)}` : "";
  };
  const light = (i) => {
    const mine = i < 0 ? undefined : friends.get(i);
    dots.forEach((dot, d) => {
      dot.classList.toggle("dim", i >= 0 && d !== i && !(mine && mine.has(d)));
      dot.classList.toggle("chosen", d === i);
    });
    // a line leads to a name that can be seen
    leaders.setAttribute("d", [...lines].map(([d, line]) => dots[d].classList.contains("dim") ? "" : line).join(""));
    own.setAttribute("d", mine ? [...mine].map((other) => line(i, other)).join("") : "");
    const at = places.get(i);
    if (i < 0) said.textContent = words.nobody;
    else if (!at) said.textContent = fill(words.absent, { name: called(i) });
    else {
      said.textContent = fill(at.advocates < 0 ? words.unknown : words.person, {
        name: called(i), level: data.levels[at.level], department: data.departments[at.department],
        strategy: words.strategies[data.people[i].strategy], ties: mine ? mine.size : 0, advocates: at.advocates,
      });
    }
  };
  // Boxes [left, top, right, bottom]: of names that are not persons', of the regions, and how two of them meet.
  const written = (x, y, text, part) => {
    const width = 8.5 * text.length;
    return [x - part * width, y - 13, x + (1 - part) * width, y + 4];
  };
  const standing = [
    ...centres.map(([x, y], d) => written(x, y - radii[d] - 5, data.departments[d], 0.5)),
    ...data.strategies.map((_, s) => written(-half * 1.06 - 8, -half + 29 + 22 * s, `ww${words.strategies[s]}`, 0)),
  ];
  const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  const touches = (box, [x, y], r) =>
    Math.hypot(Math.max(box[0] - x, 0, x - box[2]), Math.max(box[1] - y, 0, y - box[3])) < r;
  const sides = [[9, 4, 0], [-9, 4, 1], [0, -10, 0.5], [0, 19, 0.5]];
  // A name stands beside its mark where it covers nothing, else at the rim of the region or further out, with a line.
  const lines = new Map();
  const placeNames = () => {
    const taken = [...standing];
    lines.clear();
    for (const [i, name] of names) {
      const at = places.get(i);
      if (!at) continue;
      const [[cx, cy], r] = [centres[at.department], radii[at.department]];
      const beside = sides.map(([dx, dy, part]) => [at.x + dx, at.y + dy, part]);
      const outside = [4, 20, 36, 52].flatMap((off) => Array.from({ length: 48 }, (_, k) => {
        const [c, s] = [Math.cos(k * Math.PI / 24), Math.sin(k * Math.PI / 24)];
        return [cx + (r + off) * c, cy + (r + off) * s + 4 + 6 * s, (1 - c) / 2];
      })).sort((a, b) => Math.hypot(a[0] - at.x, a[1] - at.y) - Math.hypot(b[0] - at.x, b[1] - at.y));
      const boxOf = ([x, y, part]) => written(x, y, name.textContent, part);
      const inside = (box) => box[0] > -half * 1.12 && box[2] < half * 1.12 && box[1] > -half && box[3] < half;
      const near = (box) =>
        [Math.min(Math.max(at.x, box[0]), box[2]), Math.min(Math.max(at.y, box[1]), box[3])];
      // no line through the name of another
      const clear = (box) => [1, 2, 3, 4, 5, 6, 7, 8].every((k) => {
        const [x, y] = near(box);
        const on = [at.x + (x - at.x) * k / 8, at.y + (y - at.y) * k / 8];
        return !taken.some((other) => touches(other, on, 3));
      });
      const free = (spot) => {
        const box = boxOf(spot);
        return inside(box) && clear(box) && !taken.some((other) => meets(box, other))
          && ![...places.values()].some((other) => other !== at && touches(box, [other.x, other.y], 8));
      };
      const spot = beside.find(free) ?? outside.find(free) ?? beside[0];
      const box = boxOf(spot);
      taken.push(box);
      if (!beside.includes(spot)) {
        const [x, y] = near(box);
        lines.set(i, `M${at.x.toFixed(1)} ${at.y.toFixed(1)}L${x.toFixed(1)} ${y.toFixed(1)}`);
      }
      name.setAttribute("x", spot[0] - at.x);
      name.setAttribute("y", spot[1] - at.y);
      name.setAttribute("text-anchor", spot[2] === 0 ? "start" : spot[2] === 1 ? "end" : "middle");
      if (spot[2] !== 0 && spot[2] !== 1) name.setAttribute("x", (box[0] + box[2]) / 2 - at.x);
    }
  };
  const show = (f) => {
    now = f;
    const frame = data.frames[f];
    places.clear();
    friends.clear();
    const rooms = data.departments.map(() => []);
    for (let i = 0; i < frame.nodes.length; i += 4) {
      const [person, department, level, advocates] = frame.nodes.slice(i, i + 4);
      rooms[department].push({ person, department, level, advocates });
    }
    rooms.forEach((room, d) => {
      room.sort((a, b) => b.level - a.level || a.person - b.person);
      room.forEach((one, n) => {
        const far = 10.2 * Math.sqrt(n + 0.3);
        const angle = n * 2.399963;
        places.set(one.person, { ...one, x: centres[d][0] + far * Math.cos(angle), y: centres[d][1] + far * Math.sin(angle) });
      });
    });
    let all = "";
    for (let i = 0; i < frame.ties.length; i += 2) {
      const [a, b] = [frame.ties[i], frame.ties[i + 1]];
      all += line(a, b);
      for (const [one, other] of [[a, b], [b, a]]) {
        if (!friends.has(one)) friends.set(one, new Set());
        friends.get(one).add(other);
      }
    }
    faint.setAttribute("d", all);
    dots.forEach((dot, i) => {
      const at = places.get(i);
      dot.style.display = at ? "" : "none";
      if (at) dot.style.transform = `translate(${at.x}px,${at.y}px)`;
    });
    placeNames();
    label.textContent = words.frames[f];
    slider.setAttribute("aria-valuetext", words.frames[f]);
    light(chosen);
  };
  const add = (value, text) => {
    const option = document.createElement("option");
    option.value = value;
    option.textContent = text;
    picker.appendChild(option);
  };
  add(-1, words.everybody);
  data.people.forEach((person, i) => { if (person.name) add(i, person.name); });
  data.people.forEach((person, i) => { if (!person.name) add(i, called(i)); });
  slider.max = data.frames.length - 1;
  slider.addEventListener("input", () => show(Number(slider.value)));
  picker.addEventListener("change", () => { chosen = Number(picker.value); light(chosen); });
  const over = (event) => {
    const dot = event.target.closest("[data-person]");
    return dot ? Number(dot.getAttribute("data-person")) : -1;
  };
  svg.addEventListener("pointerover", (event) => { const i = over(event); light(i < 0 ? chosen : i); });
  svg.addEventListener("pointerleave", () => light(chosen));
  svg.addEventListener("click", (event) => {
    chosen = over(event);
    picker.value = chosen;
    light(chosen);
  });
  document.getElementById("explorer").hidden = false;
  const link = document.getElementById("explorer-link");
  if (link) link.hidden = false;
  show(now);
})();
