// Definitions, settings, sources, fills.
const AboutView = (() => {
  'use strict';
  const text = (table) =>
      ({columns: table.columns.map(([key, label, kind]) => ({key, label, kind: kind || 'text'})), rows: table.rows});

  async function show() {
    const [world, about] = await Promise.all([Data.world(), Data.about()]);
    const figure = (id, title, table, lead) => Figure.make(
        {id, title, lead, wide: true, rows: 60, notice: table.rows.length ? '' : 'None.', table: () => text(table)});
    return {
      title: 'Definitions and sources',
      name: 'about',
      nodes: [
        Page.heading(
            'Definitions and sources',
            `Base period ${Page.years(world)}, horizon ${world.horizon_year}, ${world.hs_revision || 'products'}`),
        Dom.make(
            'p', {class: 'notice'},
            'An unofficial replication of the export potential method of the International Trade Centre (ITC). These are not ITC’s figures, and ITC has no part in them.'),
        figure(
            'definitions', 'Definitions',
            {columns: [['term', 'Term'], ['meaning', 'Meaning']], rows: about.definitions},
            'All amounts are USD of the base period; the site carries eight significant digits.'),
        figure(
            'flags', 'Flags', {
              columns: [['flag', 'Flag'], ['meaning', 'When it is set']],
              rows: world.flags.map(({label, meaning}) => [label, meaning])
            },
            'Why an opportunity is to be read with care; no figure is changed because of one.'),
        figure(
            'sources', 'Sources', {
              columns:
                  [['role', 'Read for'], ['file', 'File'], ['sha256', 'SHA-256', 'code'], ['bytes', 'Bytes', 'count']],
              rows: about.sources
            },
            'Their terms of use apply to what is made from them; cite them as their publishers ask.'),
        figure('notices', 'What was filled, dropped or noticed', {
          columns: [
            ['kind', 'Kind'], ['rule', 'Rule', 'code'], ['count', 'How often', 'count'], ['detail', 'What happened']
          ],
          rows: about.notices
        }),
        Dom.make(
            'section', {class: 'figure wide'}, Dom.make('h2', {}, 'Settings'), 
            Dom.make('pre', {tabindex: '0', role: 'region', 'aria-label': 'Settings'}, about.settings)),
        Dom.make(
            'section', {class: 'figure wide'}, Dom.make('h2', {}, 'Made by'),
            Dom.make(
                'p', {},
                `Potentia ${world.program}${about.world_title ? `, from the world “${about.world_title}”` : ''}.`),
            Dom.make(
                'p', {},
                'Content digest of the world: ', Dom.make('code', {class: 'long'}, world.digest || 'none known')),
            Dom.make(
                'p', {},
                'Method: Decreux, Y. and Spies, J. (2016). Export Potential Assessments. International Trade Centre, Geneva.')),
      ],
    };
  }

  return {show};
})();
