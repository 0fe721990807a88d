(function () {
  var form = document.querySelector("form"), query = form.querySelector("#q"), klass = form.querySelector("#k");
  var status = document.querySelector("#n"), bodies = Array.from(document.querySelectorAll("tbody"));
  var heads = Array.from(document.querySelectorAll("thead th")), language = new Intl.Collator("id", {numeric: true});
  function fold(text) { return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
  var groups = bodies.map(function (body) {
    return {body: body, rows: Array.from(body.querySelectorAll("tr[id]")).map(function (row) {
      return {row: row, text: fold(row.textContent)};
    })};
  });
  function search() {
    var words = fold(query.value).split(/\s+/).filter(Boolean), shown = 0, all = 0;
    groups.forEach(function (group) {
      var wanted = !klass.value || klass.value === group.body.dataset.k, here = 0;
      group.rows.forEach(function (entry) {
        var fits = wanted && words.every(function (word) { return entry.text.includes(word); });
        entry.row.hidden = !fits;
        here += fits;
      });
      group.body.hidden = !wanted || (words.length > 0 && !here);
      shown += here;
      all += group.rows.length;
    });
    var filtered = words.length || klass.value;
    status.textContent = !filtered ? all + " informasi" : shown ? "Menampilkan " + shown + " dari " + all + " informasi"
      : "Tidak ada informasi yang cocok. Coba kata lain, atau tanyakan kepada PPID.";
  }
  function sort(place) {
    var down = heads[place].getAttribute("aria-sort") === "ascending";
    heads.forEach(function (head) { head.removeAttribute("aria-sort"); });
    heads[place].setAttribute("aria-sort", down ? "descending" : "ascending");
    function key(row) { var cell = row.cells[place]; return cell.dataset.s || cell.textContent; }
    groups.forEach(function (group) {
      group.rows.sort(function (a, b) { return language.compare(key(a.row), key(b.row)) * (down ? -1 : 1); });
      group.rows.forEach(function (entry) { group.body.append(entry.row); });
    });
  }
  function reveal() {
    var row = document.getElementById(location.hash.slice(1));
    if (row && row.hidden) { form.reset(); search(); row.scrollIntoView(); }
  }
  heads.forEach(function (head, place) {
    var button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", function () { sort(place); });
    head.append(button);
  });
  form.hidden = false;
  form.addEventListener("input", search);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(search); });
  addEventListener("hashchange", reveal);
  search();
})();
