/// How pages look: on screens wide and narrow, light and dark, and on paper. Colours stand beside words and numbers, never
/// in their place; text keeps a contrast of 4.5 to 1 at least (WCAG 2.1, 1.4.3).
enum PageStyle {
  static let text = """
    :root{--ink:#1a1c20;--quiet:#4d535c;--paper:#fff;--line:#c9ced6;--wash:#f3f5f8;--link:#0b4fa8;--good:#17603a;\
    --bad:#a11212;--badwash:#fde8e8;--warn:#744a00;--warnwash:#fdf1d7;--heat:11,79,168;--own:#0b4fa8;--mark:#8a3ffc}
    @media (prefers-color-scheme:dark){:root{--ink:#e9ebef;--quiet:#b3bac5;--paper:#15171b;--line:#434a55;--wash:#1f2329;\
    --link:#8fbcff;--good:#7ed9a6;--bad:#ffa3a3;--badwash:#481a1a;--warn:#f4c873;--warnwash:#3d2e0c;--heat:110,170,255;\
    --own:#6eaaff;--mark:#c8a2ff}}
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:76rem;overflow-wrap:anywhere;padding:1rem 1.25rem 3rem;color:var(--ink);background:var(--paper);\
    font:1rem/1.5 system-ui,"Liberation Sans",Arial,sans-serif}
    h1{font-size:1.7rem;line-height:1.2;margin:.6rem 0}h2{font-size:1.25rem;margin:2.2rem 0 .6rem;border-bottom:2px solid\
     var(--line);padding-bottom:.2rem}h3{font-size:1.05rem;margin:1.4rem 0 .4rem}
    a{color:var(--link)}p{max-width:48rem;margin:.5rem 0}
    :focus-visible{outline:3px solid var(--mark);outline-offset:2px}
    .skip{position:absolute;left:-99rem}.skip:focus{position:static}
    .notice{padding:.6rem .8rem;border-left:.4rem solid;max-width:none}.notice.bad{background:var(--badwash);color:var(--bad)}
    .notice.warn{background:var(--warnwash);color:var(--warn)}
    nav ul{list-style:none;padding:0;margin:.5rem 0;display:flex;flex-wrap:wrap;gap:.25rem 1.1rem}
    dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.5rem 0}dt{color:var(--quiet)}\
    dd{margin:0;overflow-wrap:anywhere}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;margin:.5rem 0;font-size:.92rem}caption{text-align:left;color:var(--quiet);padding:.2rem 0}
    th,td{text-align:left;vertical-align:top;padding:.25rem .6rem;border-bottom:1px solid var(--line)}
    thead th{background:var(--wash);position:sticky;top:0}tr.group th{background:var(--wash);padding-top:.6rem}\
    tr[data-row]>th{font-weight:inherit;overflow-wrap:break-word;min-width:3rem}th.number{text-align:right}
    td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}td{overflow-wrap:break-word;min-width:3rem}thead th{overflow-wrap:normal}
    .keep,td.number{white-space:nowrap}.wide{min-width:18rem}
    code,pre,.digest{font:0.88em/1.45 ui-monospace,"Liberation Mono",Menlo,monospace;overflow-wrap:anywhere}
    pre{background:var(--wash);padding:.5rem .7rem;white-space:pre-wrap}
    .good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}.quiet{color:var(--quiet)}
    .verdict{font-weight:600;font-size:1.1rem}
    .figures{display:flex;flex-wrap:wrap;gap:.7rem;margin:.8rem 0;padding:0;list-style:none}
    .figures li{border:1px solid var(--line);border-radius:.4rem;padding:.5rem .9rem;min-width:8.5rem}
    .figures b{display:block;font-size:1.6rem;line-height:1.15;font-variant-numeric:tabular-nums}
    .figures li.bad{border:3px solid var(--bad);background:var(--badwash)}
    table.heat td{text-align:right;font-variant-numeric:tabular-nums}
    td.none{background:var(--bad);color:var(--paper);font-weight:700}
    td.h1{background:rgba(var(--heat),.10)}td.h2{background:rgba(var(--heat),.20)}td.h3{background:rgba(var(--heat),.30)}\
    td.h4{background:rgba(var(--heat),.40)}
    details{border-bottom:1px solid var(--line)}summary{cursor:pointer;padding:.3rem .2rem}
    summary .id{font-weight:600;margin-right:.6rem}summary .tags{float:right}
    details>div{padding:.1rem 1rem .8rem 1.4rem}
    .tag{border:1px solid;border-radius:.3rem;padding:0 .35rem;margin-left:.3rem;font-size:.82rem;white-space:nowrap}
    .filter input{font:inherit;padding:.2rem .4rem;border:1px solid var(--quiet);border-radius:.25rem;background:var(--paper);\
    color:var(--ink);width:min(22rem,100%)}
    figure{margin:.8rem 0}figcaption{color:var(--quiet);font-size:.92rem}svg{max-width:100%;height:auto}
    svg text{fill:var(--ink);font:12px system-ui,"Liberation Sans",Arial,sans-serif}svg .axis{stroke:var(--line)}
    svg .bar{fill:var(--own)}svg .gap{fill:none;stroke:var(--bad)}svg .line{fill:none;stroke:var(--own);stroke-width:2.5}\
    svg .second{fill:none;stroke:var(--mark);stroke-width:2.5;stroke-dasharray:6 4}svg .stale{fill:var(--bad)}
    svg .hollow{fill:none;stroke:var(--own);stroke-width:1.5}svg .target{stroke:var(--quiet);stroke-dasharray:4 3}\
    svg .met{fill:var(--own)}svg .open{fill:var(--paper);stroke:var(--own);stroke-width:2}svg .missed{fill:var(--paper);stroke:var(--bad);stroke-width:2}svg .none{fill:none;stroke:var(--quiet);\
    stroke-width:1.5}svg .band{fill:var(--own);stroke:var(--ink);stroke-width:1}svg .letter{font-weight:700}.spark{vertical-align:middle}
    .paper h2{margin:1rem 0 .25rem;font-size:1.1rem;border-bottom-width:1px}.paper table{margin:.2rem 0}\
    .paper th,.paper td{padding:.1rem .5rem}.paper p{margin:.2rem 0;max-width:none}.paper .answer{font-weight:600}\
    .paper .beside{display:flex;flex-wrap:wrap;gap:.2rem 2rem;align-items:start}.paper figure{margin:0}.paper .box{font-size:1.2rem;\
    line-height:1}
    footer{margin-top:2.5rem;border-top:2px solid var(--line);padding-top:.6rem;color:var(--quiet);font-size:.92rem}
    @media (max-width:34rem){dl{grid-template-columns:1fr}dt{margin-top:.3rem}summary .tags{float:none;display:block}}
    @media print{:root{--ink:#000;--quiet:#333;--paper:#fff;--line:#999;--wash:#eee;--link:#000;--bad:#8a0000;--good:#0b4527;\
    --warn:#5c3a00;--badwash:#fff;--warnwash:#fff}body{max-width:none;padding:0;font-size:10pt}nav,.filter,.skip{display:none}\
    td{overflow-wrap:anywhere}h2,h3{break-after:avoid}tr,figure{break-inside:avoid}thead{display:table-header-group}thead th{position:static}\
    td.none{border:2.5pt solid #8a0000;color:#8a0000;background:#fff}\
    details::details-content{content-visibility:visible!important;block-size:auto!important}.paper{font-size:8pt;line-height:1.25}\
    .paper h2{font-size:9.5pt;margin:.35rem 0 .1rem;padding:0}.paper table{font-size:7.5pt;margin:.1rem 0}\
    .paper th,.paper td{padding:.4pt 4pt}.paper p{margin:.1rem 0}.paper svg text{font-size:10px}.paper figure svg{height:80px;\
    width:auto}.paper figure{max-width:200pt}.paper figcaption{font-size:7.5pt;line-height:1.2}.paper .spark{height:20px;width:auto}.paper .box{font-size:9pt}.paper .beside{gap:0 1.5rem}.paper dl{margin:.1rem 0}\
    body:has(.paper) h1{font-size:13pt;margin:0 0 .2rem}body:has(.paper) footer{font-size:7.5pt;line-height:1.25;margin-top:.5rem;\
    padding-top:.1rem}body:has(.paper) footer p{margin:0;max-width:none}*{print-color-adjust:exact}\
    @page{margin:14mm;@bottom-right{content:counter(page) " / " counter(pages)}}}
    """

  /// What a print of a store that is not sound bears on every sheet.
  static let alarm = """
    @media print{@page{@top-center{content:"NOT SOUND: see the first page";color:#8a0000;font-weight:700}}}
    """
}
