// Builds the page from the report inside it.
(() => {
  'use strict';
  const {make, slug} = Dom;
  const report = JSON.parse(document.getElementById('report').textContent);
  const numbers = {Figure: 0, Table: 0};
  const lazyTables = [];  // a function each that opens a table for print and returns what undoes it
  const FIRST_FINDINGS = ['frictions', 'market_rank', 'new_products'];  // that the first screen does not say by itself
  const MOST_FINDINGS = 3;
  const APPENDIX = 'provenance';  // the part whose tables are folded
  const RULES = 'finding_rules';  // the figure that lists the rules, by name in its first column
  const SCENARIOS = 'scenarios';  // the part whose figures stand in sections
  const OPPORTUNITIES = 'opportunities';  // the figure whose table is open beside its chart, and wide on paper

  function years() {
    const given = report.base_years || [];
    if (!given.length) return '';
    const first = given[0];
    const last = given[given.length - 1];
    const unbroken = given.length === last - first + 1;
    return first === last ? `${first}` : (unbroken ? `${first}\u2013${last}` : given.join(', '));
  }

  function masthead() {
    document.getElementById('masthead').append(
      make('p', {class: 'kicker'}, 'Export potential, drill-down of a pair'),
      make('h1', null, report.exporter.name, make('span', {class: 'arrow', 'aria-hidden': 'true'}, ' \u2192 '),
        report.market.name),
      make('p', {class: 'years'},
        `Trade of ${years()}, potential in ${report.horizon_year}. ${report.world_title || ''}`.trim()),
      make('p', {class: 'badge'}, 'Unofficial replication of ITC\u2019s method'));
  }

  const ruleNames = new Set((report.parts || []).flatMap((part) => part.figures)
    .filter((figure) => figure.id === RULES).flatMap((figure) => figure.table.rows.map((row) => row[0])));

  function ruleLink(name) {
    return ruleNames.has(name) ? make('a', {href: `#rule-${slug(name)}`}, 'rule') : null;
  }

  // A number stays on one line with its unit.
  const unbroken = (sentence) => sentence.replace(/(\d) (%|million|billion|trillion)/g, '$1\u00a0$2').replace(/USD (\d)/g,
      'USD\u00a0$1');

  function findingItem(finding) {
    const link = ruleLink(finding.rule);
    if (link) link.setAttribute('aria-label', `The rule behind this finding: ${finding.rule}`);
    return make('li', null, unbroken(finding.sentence), link ? ' (' : null, link, link ? ')' : null);
  }

  const isOfScenario = (finding) => ['scenario_difference', 'scenario_nothing'].includes(finding.rule);

  function keyFindings() {
    const findings = report.findings || [];
    const named = findings.filter((finding) => FIRST_FINDINGS.includes(finding.rule));
    const first = [...named, ...findings.filter((finding) => !named.includes(finding) && !isOfScenario(finding))].slice(0, MOST_FINDINGS);
    const shown = [...first, ...findings.filter((finding) => !first.includes(finding) && isOfScenario(finding))];
    const section = make('section', {class: 'key-findings', 'aria-labelledby': 'key-findings'},
      make('h2', {id: 'key-findings'}, 'Key findings'));
    if (!findings.length) section.append(make('p', null, 'No rule found anything to say about these data.'));
    else section.append(make('ul', null, ...shown.map(findingItem)));
    const part = (report.parts || []).find((each) => each.id === 'findings');
    if (part && findings.length > shown.length) {
      section.append(make('p', null, make('a', {href: '#part-findings'},
          `All ${findings.length} findings and the rules behind them`)));
    }
    return section;
  }

  function unitLine(figure) {
    const drawn = new Set((figure.charts || []).flatMap((chart) => chart.series.map((series) => series.column)));
    const columns = figure.table.columns.filter((column) => !drawn.size || drawn.has(column.key));
    const units = [...new Set(columns.map((column) => Format.unit(column.kind)).filter(Boolean))];
    return units.length ? make('p', {class: 'unit'}, `Unit: ${units.join('; ')}`) : null;
  }

  // The figure's table: at once where there is no chart, otherwise when it is opened.
  function tableOf(figure, fileName, open) {
    let table = null;
    const rows = figure.table.rows.length;
    const details = make('details', {class: figure.id === OPPORTUNITIES ? 'data landscape' : 'data', open},
      make('summary', null, `Table (${Format.fixed(rows, 0)} ${rows === 1 ? 'row' : 'rows'})`));
    const build = () => {
      if (table) return;
      table = new Tables.DataTable(figure, fileName, {
        rowId: figure.id === RULES ? (row) => `rule-${slug(row[0])}` : null, landscape: figure.id === OPPORTUNITIES,
      });
      details.append(table.element);
    };
    if (open || figure.id === RULES) build();
    if (!open) details.addEventListener('toggle', () => details.open && build());
    lazyTables.push(() => {
      build();
      const was = details.open;
      details.open = true;
      table.show(true);
      return () => {
        details.open = was;
        table.show();
      };
    });
    return details;
  }

  // Sentences of one scenario: a list, each with its rule.
  function sentences(part, figure) {
    const id = `figure-${slug(part.id)}-${slug(figure.id)}`;
    const [finding, rule] = ['finding', 'rule'].map((key) => figure.table.columns.findIndex((each) => each.key === key));
    return make('section', {class: 'sentences', 'aria-labelledby': id}, make('h4', {id}, figure.title),
      make('ul', null, ...figure.table.rows.map((row) => findingItem({sentence: row[finding], rule: row[rule]}))));
  }

  // What scenarios rest on: instrument by instrument, each statement with its source.
  function assumptions(part, figure) {
    const id = `figure-${slug(part.id)}-${slug(figure.id)}`;
    const section = make('section', {class: 'figure assumptions', 'aria-labelledby': id}, make('h3', {id}, figure.title),
      figure.definition ? make('p', {class: 'definition'}, figure.definition) : null,
      figure.notice ? make('p', {class: 'notice'}, figure.notice) : null);
    const keys = figure.table.columns.map((each) => each.key);
    const rows = figure.table.rows.map((row) => Object.fromEntries(keys.map((key, at) => [key, row[at] ?? ''])));
    const several = new Set(rows.map((row) => row.scenario)).size > 1;
    let scenario = null;
    let instrument = null;
    let list = null;
    for (const row of rows) {
      if (several && row.scenario !== scenario) section.append(make('h4', null, row.scenario));
      if (row.scenario !== scenario || row.instrument !== instrument) {
        list = make('ul');
        section.append(make('div', {class: 'instrument'},
          make('p', {class: 'name'}, make('strong', null, row.instrument),
            make('span', {class: 'about'}, ` ${row.kind}, laid under ${/ and /.test(row.side) ? '' : 'the '}${row.side}`),
            row.remark ? make('span', {class: 'mark'}, row.remark) : null),
          row.applies_to ? make('p', {class: 'about'}, row.applies_to) : null, list));
      }
      ({scenario, instrument} = row);
      const assumed = row.basis === 'assumption';
      list.append(make('li', null, make('span', {class: 'says'}, row.says),
        assumed ? make('span', {class: 'mark assumed'}, 'assumption') : null,
        row.source ? make('span', {class: 'source'}, `${assumed ? 'Reason' : 'Source'}: ${row.source}`) : null));
    }
    if (rows.length) section.append(make('p', {class: 'downloads'}, Csv.button(figure.table, `${part.id}_${figure.id}.csv`)));
    return section;
  }

  // A year alone is read as numbers.
  function tiles(figure) {
    const [row] = figure.table.rows;
    return make('dl', {class: 'tiles'}, ...figure.table.columns.map((column, at) => make('div', null, make('dt', null, column.label),
      make('dd', null, column.kind === 'usd' ? Format.dollars(row[at]) : Format.value(row[at], column.kind, 1)))));
  }

  const isSentences = (part, figure) => part.id === SCENARIOS && /^findings_\d+$/.test(figure.id);

  function figureOf(part, figure, level) {
    const charts = figure.notice ? null : Charts.build(figure);
    const isTable = !(figure.charts || []).length && !figure.notice;
    const numbersAlone = isTable && part.id === 'trade' && figure.table.rows.length === 1;
    const folded = part.id === APPENDIX || figure.id === RULES || numbersAlone;
    const word = isTable ? 'Table' : 'Figure';
    const id = `figure-${slug(part.id)}-${slug(figure.id)}`;
    const filled = figure.table.rows.length > 0;
    const head = make('div', {class: 'keep'},
      make(level, {id}, make('span', {class: 'label'}, `${word} ${++numbers[word]}`), figure.title),
      filled && !numbersAlone ? unitLine(figure) : null, numbersAlone ? tiles(figure) : null, figure.notice ? make('p', {class: 'notice'}, figure.notice) : null, charts);
    const section = make('section', {class: folded ? 'figure folded' : 'figure', 'aria-labelledby': id}, head);
    if (figure.definition) section.append(make('p', {class: 'definition'}, figure.definition));
    if (filled) section.append(tableOf(figure, `${part.id}_${figure.id}.csv`, (!charts && !folded) || figure.id === OPPORTUNITIES));
    return section;
  }

  function build() {
    const content = document.getElementById('content');
    const contents = make('ol');
    const answer = Answer.build(report, years());
    content.replaceChildren(...(answer ? [answer, keyFindings()] : [keyFindings()]));
    (report.parts || []).forEach((part, index) => {
      const id = `part-${slug(part.id)}`;
      const entry = make('li', null, make('a', {href: `#${id}`}, `${index + 1}  ${part.title}`));
      contents.append(entry);
      const section = make('section', {class: 'part', 'aria-labelledby': id},
        make('h2', {id}, make('span', {class: 'number'}, `${index + 1}`), part.title));
      let level = 'h3';  // figures of a section stand below its heading
      let sections = 0;
      for (const figure of part.figures) {
        if (figure.section) {
          const place = `${id}-${++sections}`;
          level = 'h4';
          section.append(make('h3', {id: place, class: 'section-title'}, figure.section));
          entry.append(make('a', {href: `#${place}`, class: 'below'}, figure.section));
        }
        if (isSentences(part, figure)) section.append(sentences(part, figure));
        else if (part.id === SCENARIOS && figure.id === 'assumptions') section.append(assumptions(part, figure));
        else section.append(figureOf(part, figure, level));
      }
      content.append(section);
    });
    document.getElementById('contents').append(make('h2', null, 'Contents'), contents);
    const program = report.program || {};
    document.getElementById('colophon').append(
      make('p', null, 'An unofficial replication of the export potential method of the International Trade Centre '
        + '(ITC). These are not ITC\u2019s figures, and ITC has not reviewed them.'),
      make('p', null, `Made by Potentia ${program.version || ''}${program.commit ? ` (${program.commit})` : ''}. `
        + 'Numbers in this page are kept to eight significant digits; '
        + 'report.json and the CSV files beside it have all of them.'));
  }

  // A link into a folded table opens it.
  function unfold() {
    const name = decodeURIComponent(location.hash.slice(1));
    const target = name ? document.getElementById(name) : null;
    const details = target && target.closest('details');
    if (!details || details.open) return;
    details.open = true;
    target.scrollIntoView();
  }

  Names.use(report.short_names);
  masthead();
  build();
  Charts.drawRest();
  window.addEventListener('hashchange', unfold);
  document.addEventListener('click', (event) => event.target.closest('a[href^="#rule-"]') && setTimeout(unfold));
  unfold();

  let undo = [];
  window.addEventListener('beforeprint', () => {
    undo = lazyTables.map((open) => open());
    Charts.startPrint();
  });
  window.addEventListener('afterprint', () => {
    undo.forEach((back) => back());
    undo = [];
    Charts.endPrint();
  });
})();
