export { default as addressReasons } from './address-reasons.json' with { type: 'json' };
export { default as menus } from './menus.json' with { type: 'json' };
export { default as messages } from './messages.json' with { type: 'json' };
export { default as problems } from './problems.json' with { type: 'json' };
export { default as reasons } from './reasons.json' with { type: 'json' };
export { default as terms } from './terms.json' with { type: 'json' };
