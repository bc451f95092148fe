/// The program of a page: it chooses among the embedded policies as `recommend` does.
package enum PageScript {
  /// What the page's security policy lets run: SHA-256 of `program` as it stands in the page.
  package static let digest = "sha256-1uI+GEsQiy2y9oWZLKtRld3Crn8M0RJ9AiWGHghKsDI="

  package static let program: StaticString = #"""
    "use strict";
    // Every chart's specification with the numbers of its table, as a file to take along.
    (function () {
      function cell(text) { return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text; }
      Array.prototype.forEach.call(document.querySelectorAll("a[data-title]"), function (link) {
        var table = link.closest("details").querySelector("table");
        var lines = Array.prototype.map.call(table.rows, function (row) {
          return Array.prototype.map.call(row.cells, function (td) {
            return td.textContent === "∞" ? "" : cell(td.textContent);
          }).join(",");
        });
        var specification = JSON.parse(link.closest("details").querySelector("script").textContent);
        specification.title = link.dataset.title;
        specification.data = { values: lines.join("\n"), format: { type: "csv" } };
        link.href = "data:application/json;charset=utf-8," + encodeURIComponent(JSON.stringify(specification, null, 1));
        link.removeAttribute("hidden");
      });
    })();
    (function () {
      var source = document.getElementById("explorer-data");
      if (!source) return;
      var data = JSON.parse(source.textContent);
      var fields = ["lambda", "budget", "min-score"];
      var slider = document.getElementById("lambda-slider");
      function byId(id) { return document.getElementById(id); }

      // Points stand in the order in which ties fall; of equal values the cheaper, then the earlier, is taken.
      function best(points, value, second) {
        var held = null;
        points.forEach(function (p) {
          if (held === null || value(p) > value(held) ||
              (value(p) === value(held) && second(p) < second(held))) held = p;
        });
        return held;
      }
      function byLambda(points, lambda) {
        return best(points, function (p) { return p.s - lambda * p.c; }, function (p) { return p.c; });
      }
      function byScore(points, wish) {
        var top = Math.max.apply(null, points.map(function (p) { return p.s; }));
        var target = wish.share === undefined ? wish.score : wish.share * top;
        var near = points.filter(function (p) { return p.s >= target - 1e-12; });
        return best(near, function (p) { return -p.c; }, function (p) { return -p.s; });
      }
      // The upper concave hull, dearest first.
      function hull(points) {
        var sorted = points.map(function (p, i) { return { p: p, i: i }; });
        sorted.sort(function (a, b) { return a.p.c - b.p.c || b.p.s - a.p.s || a.i - b.i; });
        var kept = [];
        sorted.forEach(function (entry) {
          var p = entry.p;
          if (kept.length && p.s <= kept[kept.length - 1].s) return;
          while (kept.length > 1) {
            var middle = kept[kept.length - 1], cheap = kept[kept.length - 2];
            if ((middle.s - cheap.s) * (p.c - cheap.c) <= (p.s - cheap.s) * (middle.c - cheap.c)) kept.pop();
            else break;
          }
          kept.push(p);
        });
        return kept.reverse();
      }
      function byBudget(points, budget) {
        var line = hull(points);
        var place = line.findIndex(function (p) { return p.c <= budget; });
        if (place < 0) return null;
        var dearer = place > 0 ? line[place - 1] : null;
        return {
          point: line[place], dearer: dearer,
          share: dearer ? (budget - line[place].c) / (dearer.c - line[place].c) : 0
        };
      }

      function number(text) {
        text = text.trim();
        var value = text === "" ? NaN : Number(text);
        return isFinite(value) && value >= 0 ? value : NaN;
      }
      function wish(kind, text) {
        if (kind === "min-score" && /%$/.test(text.trim())) {
          var percent = number(text.trim().slice(0, -1));
          return percent > 0 && percent <= 100 ? { kind: kind, share: percent / 100 } : null;
        }
        var value = number(text);
        if (isNaN(value) || (kind === "min-score" && value > 1) || (kind === "budget" && value === 0)) return null;
        return kind === "min-score" ? { kind: kind, score: value } : { kind: kind, value: value };
      }
      function choose(points, wanted) {
        if (wanted.kind === "lambda") return { point: byLambda(points, wanted.value) };
        if (wanted.kind === "min-score") return { point: byScore(points, wanted) };
        return byBudget(points, wanted.value) || { point: null };
      }

      function toSlider(lambda) {
        if (lambda <= data.low) return lambda > 0 ? 1 : 0;
        var share = Math.log(Math.min(lambda, data.high) / data.low) / Math.log(data.high / data.low);
        return Math.round(1 + 999 * share);
      }
      function fromSlider(position) {
        if (position < 1) return "0";
        var value = data.low * Math.pow(data.high / data.low, (position - 1) / 999);
        return String(Number(value.toPrecision(3)));
      }
      function perUnit(lambda) {
        if (lambda === 0) return "λ = 0: only the score counts.";
        var worth = Number((1 / lambda).toPrecision(3));
        return "λ = " + lambda + ": one more right answer is worth " +
          (data.unit === "usd" ? "$" + worth : worth + " " + data.unit) + ".";
      }

      function moveLine(lambda) {
        var line = byId("lambda-line");
        if (!line) return;
        if (lambda === null) { line.setAttribute("hidden", ""); return; }
        var low = Math.log(Number(line.dataset.low)), high = Math.log(Number(line.dataset.high));
        var held = Math.min(Math.max(lambda > 0 ? Math.log(lambda) : low, low), high);
        var start = Number(line.dataset.start), end = Number(line.dataset.end);
        var x = start + (end - start) * (held - low) / (high - low);
        line.setAttribute("x1", x.toFixed(1));
        line.setAttribute("x2", x.toFixed(1));
        line.removeAttribute("hidden");
      }
      function show(kind, text) {
        var wanted = wish(kind, text);
        var state = byId("explorer-state");
        fields.forEach(function (id) {
          byId(id).classList.toggle("in-force", id === kind);
          byId(id).setAttribute("aria-invalid", id === kind && !wanted ? "true" : "false");
          if (id !== kind) byId(id).value = "";
        });
        if (!wanted) {
          state.textContent = "Not understood: expected " + (kind === "min-score" ?
            "a score from 0 to 1, or a share such as 98%." : "a number above 0.");
          return;
        }
        state.textContent = kind === "lambda" ? perUnit(wanted.value) :
          kind === "budget" ? "The best that each workload can have for this mean cost." :
          "The cheapest policy of each workload that reaches this score.";
        moveLine(kind === "lambda" ? wanted.value : null);
        data.workloads.forEach(function (workload) {
          var found = choose(workload.points, wanted);
          var row = byId("choice-" + workload.position), mark = byId("mark-" + workload.position);
          var name = row.querySelector(".policy"), figures = row.querySelector(".figures");
          row.dataset.policy = found.point ? found.point.id : "";
          row.dataset.share = found.dearer ? String(found.share) : "";
          name.textContent = found.point ? found.point.label : "none";
          figures.textContent = found.point ? found.point.figures : "no policy meets this";
          if (found.dearer) {
            figures.textContent += "; " + (100 * found.share).toFixed(1) + " % of the queries could have " + found.dearer.label;
          }
          if (!mark) return;
          if (!found.point) { mark.setAttribute("hidden", ""); return; }
          mark.setAttribute("cx", found.point.x);
          mark.setAttribute("cy", found.point.y);
          mark.removeAttribute("hidden");
        });
      }

      function use(kind, text, isShared) {
        byId(kind).value = text;
        if (kind === "lambda" && wish(kind, text)) slider.value = String(toSlider(number(text)));
        show(kind, text);
        slider.setAttribute("aria-valuetext", kind === "lambda" ? "λ = " + text : "not in force");
        if (isShared) {
          try { history.replaceState(null, "", "#" + kind + "=" + encodeURIComponent(text)); } catch (error) { return; }
        }
      }
      function useFragment() {
        var parts = /^#(lambda|budget|min-score)=(.*)$/.exec(location.hash);
        if (!parts) return false;
        var text = parts[2];
        try { text = decodeURIComponent(text); } catch (error) { return false; }
        use(parts[1], text, false);
        return true;
      }

      byId("explorer").removeAttribute("hidden");
      slider.addEventListener("input", function () { use("lambda", fromSlider(Number(slider.value)), true); });
      fields.forEach(function (id) {
        byId(id).addEventListener("input", function () {
          if (byId(id).value.trim() !== "") use(id, byId(id).value, true);
        });
      });
      window.addEventListener("hashchange", useFragment);
      if (!useFragment()) use(data.field, data.text, false);
    })();

    """#
}
