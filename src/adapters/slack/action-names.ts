/** Beginning of the `action_id` of buttons that lead to a form. */
export const OPENS_FORM = 'open-form';
