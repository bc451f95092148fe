/// How a page looks. Its colours are variables (``Palette``).
package enum PageStyle {
  /// The look of drawings, on a page or alone; goes with `Palette.variables`.
  package static let drawing: StaticString = """
    svg{display:block;width:100%;height:auto;font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
    svg text{fill:var(--ink);unicode-bidi:isolate}svg .axis path{fill:none;stroke:var(--line);stroke-width:1}.axis text{fill:var(--quiet)}
    .axis-title{fill:var(--quiet)}
    .s0{--c:var(--c0)}.s1{--c:var(--c1)}.s2{--c:var(--c2)}.s3{--c:var(--c3)}.s4{--c:var(--c4)}.s5{--c:var(--c5)}.s6{--c:var(--c6)}
    .muted{--c:var(--muted)}.chosen{--c:var(--ink)}
    svg :is(circle,path,rect){fill:var(--c)}svg line,svg polyline{stroke:var(--c);stroke-width:1.8;fill:none}
    svg .muted path{stroke:var(--muted);stroke-width:4.4;stroke-linecap:round}svg .chosen circle{fill:none;stroke:var(--ink);stroke-width:2.2}
    svg path.bars{stroke:var(--c);stroke-width:1.8;fill:none}svg .band path{fill-opacity:.18}svg rect{stroke:var(--card);stroke-width:.8}
    svg rect.paper{fill:var(--paper);stroke:none}
    svg .inside{fill:var(--on-mark)}svg .chosen-row text{font-weight:650}svg .chosen-row .inside{font-weight:400}
    svg .moving{fill:none;stroke:var(--c1);stroke-width:2.4;stroke-dasharray:4 3}svg .moving[hidden]{display:none}
    .labels text{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}

    """

  /// The look of everything else on a page.
  package static let sheet: StaticString = """
    *{box-sizing:border-box}
    html{font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;-webkit-text-size-adjust:100%}
    body{margin:0 auto;padding:0 20px 60px;max-width:1120px;background:var(--paper);color:var(--ink);overflow-wrap:anywhere}
    a{color:var(--accent)}
    .skip{position:absolute;left:-9999px}.skip:focus{left:8px;top:8px;background:var(--paper);padding:4px 8px}
    :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
    header{padding-top:28px}h1{font-size:1.9rem;line-height:1.2;margin:.1em 0}h2{font-size:1.45rem;margin:2.2em 0 .6em;
    padding-top:.5em;border-top:2px solid var(--line)}h3{font-size:1.15rem;margin:1.6em 0 .5em}h4{font-size:1rem;margin:1em 0 .3em}
    p{margin:.5em 0;max-width:72ch}ul{padding-left:1.2em;max-width:80ch}li{margin:.25em 0}
    .kicker,.quiet,dt,figcaption+p{color:var(--quiet)}.kicker{margin:0;font-size:.9rem}
    nav{display:flex;flex-wrap:wrap;gap:4px 18px;padding:10px 0}
    code{font:.86em ui-monospace,SFMono-Regular,Menlo,"DejaVu Sans Mono",monospace;unicode-bidi:isolate;background:var(--card);
    padding:.1em .35em;border-radius:4px}
    .card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 20px;margin:14px 0}
    .card h3,.card h4{margin-top:.1em}.card code{background:var(--paper)}
    .badge{display:inline-block;padding:.05em .6em;border-radius:1em;color:var(--on-badge);font-size:.92em}
    .badge.clear{background:var(--clear)}.badge.close{background:var(--close)}.badge.rough{background:var(--rough)}
    .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:10px 24px;margin:14px 0}
    dt{font-size:.88rem}dd{margin:0}dd.value{font-size:1.55rem;font-weight:650;line-height:1.25}dd.quiet{font-size:.85rem}
    .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:20px 28px;align-items:start}
    .chapter{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 28px}.chapter>*{min-width:0;grid-column:1/-1}
    @media (min-width:900px){.chapter>.half{grid-column:auto}}
    figure{margin:8px 0;max-width:600px;min-width:0}figure.large{max-width:860px}.charts:has(.large){display:block}figcaption{font-weight:600;margin-bottom:4px}
    .scroll{overflow-x:auto;margin:8px 0;max-width:100%}table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
    caption{text-align:left;font-weight:600;padding:4px 0}th,td{padding:4px 10px;text-align:right;border-bottom:1px solid var(--line);
    white-space:nowrap;max-width:36ch;overflow:hidden;text-overflow:ellipsis;unicode-bidi:isolate}th{color:var(--quiet);font-weight:600;
    white-space:normal;vertical-align:bottom;overflow-wrap:normal;min-width:4.2em}.is-chosen td{background:var(--chosen-row)}
    .t1 :is(th,td):nth-child(1),.t2 :is(th,td):nth-child(2),.t3 :is(th,td):nth-child(3),.t4 :is(th,td):nth-child(4),.t5 :is(th,td):nth-child(5),.t6 :is(th,td):nth-child(6),.t7 :is(th,td):nth-child(7),.t8 :is(th,td):nth-child(8),.t9 :is(th,td):nth-child(9),.t10 :is(th,td):nth-child(10),.t11 :is(th,td):nth-child(11),.t12 :is(th,td):nth-child(12){text-align:left}
    details{margin:2px 0 10px}summary{cursor:pointer;color:var(--accent)}details .scroll{max-height:420px;overflow-y:auto}
    .controls{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:10px 20px;margin:12px 0;align-items:end}
    .controls .wide{grid-column:1/-1}label{font-size:.9rem;color:var(--quiet)}
    input{display:block;width:100%;font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--quiet);border-radius:6px;
    padding:5px 8px}input[type=range]{padding:0;border:0;accent-color:var(--accent);height:28px}
    input.in-force{border-color:var(--accent);box-shadow:0 0 0 1px var(--accent)}
    @media (max-width:900px){.scroll{background:linear-gradient(90deg,var(--paper) 40%,transparent) 0/32px 100% no-repeat local,
    linear-gradient(270deg,var(--paper) 40%,transparent) 100%/32px 100% no-repeat local,
    linear-gradient(90deg,rgba(128,128,128,.5),transparent) 0/12px 100% no-repeat,linear-gradient(270deg,rgba(128,128,128,.5),transparent) 100%/12px 100% no-repeat}}
    @media (max-width:600px){body{padding:0 14px 40px}.card{padding:12px 14px}svg.small{font-size:15px}svg.large{width:600px}h1{font-size:1.5rem}}
    @media print{body{max-width:none;font-size:11pt}nav,.skip,.controls,details{display:none}.card,figure{break-inside:avoid}
    h2,h3,h4{break-after:avoid}}

    """
}
